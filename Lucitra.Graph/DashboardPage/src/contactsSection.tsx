import { BarTable } from './barTable.tsx';
import { Chart } from './chart.tsx';
import type { Bucket, ContactFigures, Group } from './figures.ts';
import * as format from './format.ts';
import { CountTile } from './tile.tsx';

/** The figures of contacts. */
export function ContactsSection({ contacts, bucket, timeZone }: { contacts: ContactFigures; bucket: Bucket; timeZone: string }) {
  return (
    <section aria-labelledby="contacts">
      <h2 id="contacts">Contacts</h2>
      <dl class="tiles">
        <CountTile label="Contacts" figure={contacts.total} hint="at the end of the range" />
        <CountTile label="New" figure={contacts.new} />
      </dl>
      <div class="columns">
        <Chart
          title={`New contacts by ${format.spanNames[bucket]}`}
          spanName={format.words(bucket)}
          labels={contacts.buckets.map(({ start }) => format.span(start, bucket, timeZone))}
          written={format.count}
          series={[
            { label: 'This range', values: contacts.buckets.map(bucket => bucket.new.current), colour: 1 },
            { label: 'Previous range', values: contacts.buckets.map(bucket => bucket.new.previous), colour: 4, isDashed: true },
          ]}
        />
        <BarTable
          title="Conversion of new contacts"
          columns={['Stage', 'Reached', 'Went on', 'Rate']}
          rows={contacts.conversion.filter(({ reached }) => reached.current + reached.previous > 0).map(({ fromStage, toStage, reached, converted, rate }) => ({
            key: fromStage,
            label: <>{format.words(fromStage)} <small>to {format.words(toStage).toLowerCase()}</small></>,
            size: reached.current,
            cells: [format.count(reached.current), format.count(converted.current), <>{format.percent(rate.current)} <small>was {format.percent(rate.previous)}</small></>],
          }))}
        />
        <Groups title="Contacts by lifecycle stage" column="Stage" groups={contacts.byLifecycleStage} />
        <Groups title="Contacts by source" column="Source" groups={contacts.bySource} />
      </div>
    </section>
  );
}

function Groups({ title, column, groups }: { title: string; column: string; groups: Group[] }) {
  return (
    <BarTable
      title={title}
      columns={[column, 'Total', 'New', 'New before']}
      rows={groups.map(group => ({
        key: group.value ?? '',
        label: format.words(group.value),
        size: group.total.current,
        cells: [format.count(group.total.current), format.count(group.new.current), format.count(group.new.previous)],
      }))}
    />
  );
}
