import { useEffect, useRef } from 'preact/hooks';
import { ContactsSection } from './contactsSection.tsx';
import { DealsSection } from './dealsSection.tsx';
import { FilterBar } from './filterBar.tsx';
import * as format from './format.ts';
import type { Connection } from './live.ts';
import type { Person } from './server.ts';
import { useDashboard } from './useDashboard.ts';
import { useFilters } from './useFilters.ts';
import { WebhooksSection } from './webhooksSection.tsx';

interface Props {
  person: Person;
  leave: () => void;
  ended: () => void;
}

const connections: Record<Connection, { label: string; title: string }> = {
  connecting: { label: 'Connecting…', title: 'The figures are about to be sent as they change.' },
  live: { label: 'Live', title: 'The figures change here as they change.' },
  offline: { label: 'Reconnecting…', title: 'Meanwhile the figures are read every half a minute.' },
};

/** The page of somebody who is signed in. */
export function DashboardView({ person, leave, ended }: Props) {
  const [filters, change] = useFilters();
  const { figures, isLoading, problem, connection, reload } = useDashboard(filters, ended);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);

  return (
    <>
      <a class="skip" href="#figures">Skip to the figures</a>
      <header>
        <span class="wordmark">Lucitra</span>
        <span class={`connection ${connection}`} title={connections[connection].title}>{connections[connection].label}</span>
        <span class="person">{person.name}</span>
        <button type="button" onClick={leave}>Sign out</button>
      </header>
      <main>
        <div class="title">
          <h1 ref={heading} tabIndex={-1}>Dashboard</h1>
          {figures && (
            <p class="muted">
              {format.dateRange(figures.from, figures.to)}, beside {format.dateRange(figures.previousFrom, figures.previousTo)} · as of <time dateTime={figures.at}>{format.time(figures.at, figures.timeZone)}</time>
            </p>
          )}
        </div>
        <FilterBar filters={filters} change={change} />
        {problem && <p role="alert" class="notice bad">{problem} <button type="button" onClick={reload}>Try again</button></p>}
        <div id="figures" tabIndex={-1} class={isLoading && figures ? 'figures stale' : 'figures'} aria-busy={isLoading}>
          {!figures && isLoading && <Skeleton />}
          {figures && (
            <>
              {figures.contacts.total.current === 0 && figures.deals.open.current + figures.deals.created.current === 0 && filters.ownerId === undefined && filters.pipelineId === undefined && (
                <p class="notice">There are no contacts and deals yet. They appear here as soon as HubSpot sends its first webhook.</p>
              )}
              <DealsSection deals={figures.deals} bucket={figures.bucket} timeZone={figures.timeZone} currency={filters.currency} choose={currency => change({ currency })} />
              <ContactsSection contacts={figures.contacts} bucket={figures.bucket} timeZone={figures.timeZone} />
              <WebhooksSection webhooks={figures.webhooks} timeZone={figures.timeZone} isAdmin={person.scopes.includes('webhooks:admin')} changed={reload} />
            </>
          )}
        </div>
      </main>
    </>
  );
}

function Skeleton() {
  return (
    <>
      <p class="visually-hidden" role="status">Loading the figures…</p>
      <div class="tiles" aria-hidden="true">{Array.from({ length: 12 }, (_, index) => <div key={index} class="tile skeleton" />)}</div>
    </>
  );
}
