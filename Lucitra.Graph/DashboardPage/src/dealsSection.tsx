import { BarTable } from './barTable.tsx';
import { Chart } from './chart.tsx';
import { CurrencyCards } from './currencyCards.tsx';
import type { Bucket, CloseMonthFigures, DealFigures, Forecast } from './figures.ts';
import * as format from './format.ts';
import { CountTile, MeasureTile, NowTile, RateTile } from './tile.tsx';

interface Props {
  deals: DealFigures;
  bucket: Bucket;
  timeZone: string;
  /** The currency that was chosen; empty for none, undefined where nobody chose. */
  currency?: string;
  choose: (currency: string) => void;
}

/** The figures of deals. */
export function DealsSection({ deals, bucket, timeZone, currency: chosen, choose }: Props) {
  const labels = deals.buckets.map(({ start }) => format.span(start, bucket, timeZone));
  const currencies = currenciesOf(deals);
  const currency = currencies.find(code => (code ?? '') === chosen) ?? currencies[0] ?? null;
  const valueWon = (which: 'current' | 'previous') => deals.buckets.map(({ wonValue }) => wonValue.find(figure => figure.currency === currency)?.[which] ?? 0);
  const hasPipelines = new Set(deals.byStage.map(({ pipelineId }) => pipelineId)).size > 1;
  const inCurrency = currencies.length > 1 ? `, ${currency ?? 'no currency'}` : '';
  const measures = [currencies.length > 1 ? 'All deals' : 'Deals', `Value${inCurrency}`, `Weighted${inCurrency}`];
  return (
    <section aria-labelledby="deals">
      <h2 id="deals">Deals</h2>
      <dl class="tiles">
        <CountTile label="Won" figure={deals.won} />
        <CountTile label="Lost" figure={deals.lost} better="less" />
        <RateTile label="Win rate" figure={deals.winRate} hint="of all closed" />
        <CountTile label="Created" figure={deals.created} />
        <MeasureTile label="Median time to close" figure={deals.medianDaysToClose} written={format.days} better="less" hint="of deals won" />
        <MeasureTile label="90% closed within" figure={deals.p90DaysToClose} written={format.days} better="less" hint="of deals won" />
        <CountTile label="Open" figure={deals.open} better="neither" hint="at the end" />
        <NowTile label="Overdue" value={deals.atRisk.overdue} hint="close date passed" tone="bad" />
        <NowTile label="Idle" value={deals.atRisk.idle} hint={`unchanged for ${deals.atRisk.idleDays} days`} tone="bad" />
      </dl>
      <CurrencyCards deals={deals} currencies={currencies} />
      {currencies.length > 1 && (
        <label class="inline">Money below in
          <select name="currency" value={currency ?? ''} onChange={event => choose(event.currentTarget.value)}>
            {currencies.map(code => <option key={code} value={code ?? ''}>{format.currencyName(code)}</option>)}
          </select>
        </label>
      )}
      <div class="columns">
        <Chart
          title={`Deals by ${format.spanNames[bucket]}`}
          spanName={format.words(bucket)}
          labels={labels}
          written={format.count}
          series={[
            { label: 'Created', values: deals.buckets.map(({ created }) => created.current), colour: 1 },
            { label: 'Won', values: deals.buckets.map(({ won }) => won.current), colour: 2 },
            { label: 'Lost', values: deals.buckets.map(({ lost }) => lost.current), colour: 3, isDashed: true },
          ]}
        />
        <Chart
          title={`Value won by ${format.spanNames[bucket]}${inCurrency}`}
          spanName={format.words(bucket)}
          labels={labels}
          written={value => format.money(value, currency)}
          series={[
            { label: 'This range', values: valueWon('current'), colour: 2 },
            { label: 'Previous range', values: valueWon('previous'), colour: 4, isDashed: true },
          ]}
        />
        <BarTable
          title="Open pipeline by stage, now"
          columns={['Stage', ...measures]}
          empty="No deal is open."
          rows={deals.byStage.map(({ pipelineId, pipelineLabel, stageId, stageLabel, probability, deals: count, forecast }) => ({
            key: `${pipelineId}:${stageId}`,
            label: <>{stageLabel ?? stageId ?? 'No stage'} <small>{[hasPipelines && (pipelineLabel ?? pipelineId), probability !== null && format.percent(probability)].filter(Boolean).join(' · ')}</small></>,
            size: count,
            cells: cells(count, forecast, currency),
          }))}
        />
        <BarTable
          title="Forecast by close month"
          columns={['Expected', ...measures]}
          empty="No deal is open."
          rows={deals.byCloseMonth.map(row => ({ key: `${row.period}${row.month}`, label: closeMonth(row), size: row.deals, cells: cells(row.deals, row.forecast, currency) }))}
        />
      </div>
    </section>
  );
}

/** All currencies of the deals, those without one last. */
function currenciesOf({ wonValue, openValue, byStage }: DealFigures): (string | null)[] {
  const codes = new Set([...wonValue, ...openValue, ...byStage.flatMap(({ forecast }) => forecast)].map(({ currency }) => currency));
  return [...codes].sort((a, b) => a === null ? 1 : b === null ? -1 : a.localeCompare(b));
}

function cells(deals: number, forecast: Forecast[], currency: string | null) {
  const { value, weighted } = forecast.find(figure => figure.currency === currency) ?? { value: 0, weighted: 0 };
  return [format.count(deals), format.money(value, currency), format.money(weighted, currency)];
}

function closeMonth({ period, month }: CloseMonthFigures): string {
  switch (period) {
    case 'EARLIER': return 'Earlier';
    case 'LATER': return 'Later';
    case 'UNDATED': return 'No close date';
    case 'MONTH': return format.month(month!);
  }
}
