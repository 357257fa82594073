import type { DealFigures, Money, MoneyFigure } from './figures.ts';
import * as format from './format.ts';
import { MoneyTile, NowTile } from './tile.tsx';

/** The money of each currency; currencies are never added up. */
export function CurrencyCards({ deals, currencies }: { deals: DealFigures; currencies: (string | null)[] }) {
  const { wonValue, averageSize, openValue, atRisk } = deals;
  return (
    <>
      {currencies.map(currency => (
        <div key={currency} class="card currency">
          <h3>{format.currencyName(currency)}</h3>
          <dl>
            <MoneyTile label="Value won" figure={figureOf(wonValue, currency)} />
            <MoneyTile label="Average size" figure={figureOf(averageSize, currency)} hint="of deals won" />
            <MoneyTile label="Open value" figure={figureOf(openValue, currency)} better="neither" hint="at the end" />
            <NowTile label="Overdue" value={amountOf(atRisk.overdueValue, currency)} written={amount => format.money(amount, currency)} />
            <NowTile label="Idle" value={amountOf(atRisk.idleValue, currency)} written={amount => format.money(amount, currency)} />
          </dl>
        </div>
      ))}
    </>
  );
}

const figureOf = (figures: MoneyFigure[], currency: string | null) => figures.find(figure => figure.currency === currency) ?? { currency, current: 0, previous: 0 };

const amountOf = (amounts: Money[], currency: string | null) => amounts.find(money => money.currency === currency)?.amount ?? 0;
