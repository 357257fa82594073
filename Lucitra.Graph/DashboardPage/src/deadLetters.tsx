import { useEffect, useState } from 'preact/hooks';
import { announce } from './announcer.tsx';
import { Confirmation } from './confirmation.tsx';
import * as documents from './documents.ts';
import type { DeadLetter } from './figures.ts';
import * as format from './format.ts';
import { change, run } from './server.ts';

interface Props {
  /** How many there are, as far as the figures know. */
  count: number;
  timeZone: string;
  changed: () => void;
}

interface Letters {
  letters: DeadLetter[];
  hasMore: boolean;
}

type Asked = { what: 'replay' | 'discard'; letter?: DeadLetter };

const pageSize = 20;

/** The events that could not be applied, with the means to try them again or to give them up. */
export function DeadLetters({ count, timeZone, changed }: Props) {
  const [first, setFirst] = useState(pageSize);
  const [attempt, setAttempt] = useState(0);
  const [list, setList] = useState<Letters>();
  const [problem, setProblem] = useState<string>();
  const [asked, setAsked] = useState<Asked>();

  useEffect(() => {
    let isCurrent = true;
    run<{ webhookEvents: { nodes: DeadLetter[]; pageInfo: { hasNextPage: boolean } } }>(documents.deadLetters, { first }).then(
      ({ webhookEvents }) => {
        if (!isCurrent) return;
        setList({ letters: webhookEvents.nodes, hasMore: webhookEvents.pageInfo.hasNextPage });
        setProblem(undefined);
      },
      error => isCurrent && setProblem((error as Error).message));
    return () => { isCurrent = false; };
  }, [count, first, attempt]);

  const confirmed = async (reason: string) => {
    const { what, letter } = asked!;
    const where = { status: { eq: 'DEAD' }, ...(letter && { id: { eq: letter.id } }) };
    const { count: done, hasMore } = await change(documents[what], what === 'discard' ? { where, reason } : { where });
    const events = done === 1 ? '1 event' : `${format.count(done ?? 0)} events`;
    announce(`${events} ${what === 'replay' ? 'put back into the queue' : 'discarded'}.${hasMore ? ' There are more: do it again.' : ''}`, true);
    setAttempt(old => old + 1);
    changed();
  };

  if (problem) return <p role="alert" class="notice bad">Dead letters cannot be read: {problem} <button type="button" onClick={() => setAttempt(old => old + 1)}>Try again</button></p>;
  if (!list) return <p class="muted">Loading dead letters…</p>;
  if (list.letters.length === 0) return <p class="card empty">No dead letters: everything that arrived was dealt with.</p>;
  return (
    <div class="card">
      <div class="heading">
        <h3>Dead letters</h3>
        <button type="button" onClick={() => setAsked({ what: 'replay' })}>Replay all</button>
        <button type="button" onClick={() => setAsked({ what: 'discard' })}>Discard all…</button>
      </div>
      <ul class="letters">
        {list.letters.map(letter => (
          <li key={letter.id}>
            <div>
              <h4>{nameOf(letter)}</h4>
              <p class="reason">{letter.reason ?? 'No reason was recorded.'}</p>
              <p class="muted">
                received {format.moment(letter.receivedAt, timeZone)}
                {letter.occurredAt && <> · happened {format.moment(letter.occurredAt, timeZone)}</>} · {letter.attempts === 1 ? '1 attempt' : `${letter.attempts} attempts`}
              </p>
            </div>
            <div class="actions">
              <button type="button" aria-label={`Replay ${nameOf(letter)}`} onClick={() => setAsked({ what: 'replay', letter })}>Replay</button>
              <button type="button" aria-label={`Discard ${nameOf(letter)}`} onClick={() => setAsked({ what: 'discard', letter })}>Discard…</button>
            </div>
          </li>
        ))}
      </ul>
      {list.hasMore && (first < 100
        ? <button type="button" onClick={() => setFirst(old => Math.min(100, old + pageSize))}>Show more</button>
        : <p class="muted">These are the newest 100.</p>)}
      {asked && <Confirmation {...questionOf(asked, count)} asksReason={asked.what === 'discard'} landmark="webhooks" confirmed={confirmed} closed={() => setAsked(undefined)} />}
    </div>
  );
}

const nameOf = ({ subscriptionType, objectId, propertyName }: DeadLetter) =>
  [subscriptionType ?? 'malformed event', objectId, propertyName].filter(part => part !== null).join(' · ');

function questionOf({ what, letter }: Asked, count: number) {
  const which = letter ? nameOf(letter) : count > 1 ? `all ${format.count(count)} dead letters` : 'all dead letters';
  return what === 'replay'
    ? { title: 'Replay', text: `Put ${which} back into the queue, to be tried again?`, action: 'Replay' }
    : { title: 'Discard', text: `Give up ${which}? What happened at HubSpot then stays unknown here.`, action: 'Discard' };
}
