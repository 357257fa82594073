import { DeadLetters } from './deadLetters.tsx';
import type { WebhookFigures } from './figures.ts';
import * as format from './format.ts';
import { CountTile, MeasureTile, NowTile } from './tile.tsx';

interface Props {
  webhooks: WebhookFigures;
  timeZone: string;
  /** Whether the reader may see events and replay them. */
  isAdmin: boolean;
  changed: () => void;
}

/** How HubSpot's webhooks fare. */
export function WebhooksSection({ webhooks, timeZone, isAdmin, changed }: Props) {
  return (
    <section aria-labelledby="webhooks">
      <h2 id="webhooks" tabIndex={-1}>Webhooks</h2>
      <dl class="tiles">
        <NowTile label="Waiting" value={webhooks.waiting} hint="depth of the queue" />
        <NowTile label="Dead letters" value={webhooks.deadNow} hint="not applied, for good" tone="bad" />
        <CountTile label="Received" figure={webhooks.received} better="neither" />
        <CountTile label="Applied" figure={webhooks.applied} better="neither" />
        <MeasureTile label="Median lag" figure={webhooks.medianLagSeconds} written={format.seconds} better="less" hint="received to applied" />
        <MeasureTile label="95% applied within" figure={webhooks.p95LagSeconds} written={format.seconds} better="less" />
        <CountTile label="Superseded" figure={webhooks.superseded} better="neither" hint="newer was there" />
        <CountTile label="Ignored" figure={webhooks.ignored} better="neither" hint="of no use here" />
        <CountTile label="Became dead" figure={webhooks.dead} better="less" />
      </dl>
      {isAdmin && <DeadLetters count={webhooks.deadNow} timeZone={timeZone} changed={changed} />}
    </section>
  );
}
