import { useCallback, useEffect, useState } from 'preact/hooks';
import { announce } from './announcer.tsx';
import * as documents from './documents.ts';
import type { Figures, WebhookFigures } from './figures.ts';
import { rangeOf, type Filters, type Range } from './filters.ts';
import { listen, type Connection } from './live.ts';
import { run, SignedOutError } from './server.ts';

export interface Dashboard {
  figures?: Figures;
  /** The range that was asked for is not the one of the figures yet. */
  isLoading: boolean;
  problem?: string;
  connection: Connection;
  reload: () => void;
}

const pollWebhooks = 10_000;
const pollFigures = 30_000;
const announceEvery = 20_000;

/** Calls while the page is looked at. */
function every(milliseconds: number, call: () => void): () => void {
  const timer = setInterval(() => document.visibilityState === 'visible' && call(), milliseconds);
  return () => clearInterval(timer);
}

/** The range of the pickers; it moves on at midnight. */
function useRange(filters: Filters): [Range, string] {
  const [, setTick] = useState(0);
  useEffect(() => every(pollFigures, () => setTick(tick => tick + 1)), []);
  const range = rangeOf(filters);
  return [range, JSON.stringify(range)];
}

/**
 * The figures of what the pickers say: read at once, then sent by the server whenever they change. While nothing can be sent they
 * are read every half a minute. The state of the webhooks, which changes without a record, is read every ten seconds.
 */
export function useDashboard(filters: Filters, ended: () => void): Dashboard {
  const [range, key] = useRange(filters);
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<Omit<Dashboard, 'reload'> & { key?: string }>({ isLoading: true, connection: 'connecting' });
  const { connection } = state;

  const load = useCallback(async (isCurrent: () => boolean) => {
    try {
      const { analytics } = await run<{ analytics: { dashboard: Figures } }>(documents.dashboard, range);
      if (isCurrent()) setState(old => taken(old, key, analytics.dashboard));
    } catch (error) {
      if (!isCurrent()) return;
      if (error instanceof SignedOutError) ended();
      else setState(old => ({ ...old, isLoading: false, problem: (error as Error).message }));
    }
  }, [key, attempt]);

  useEffect(() => {
    let isCurrent = true;
    let announced = Date.now();
    setState(old => ({ ...old, isLoading: old.key !== key, problem: undefined }));
    void load(() => isCurrent);
    const stop = listen(range, {
      figures: figures => {
        setState(old => taken(old, key, figures));
        if (Date.now() - announced < announceEvery) return;
        announced = Date.now();
        announce('The figures have changed.');
      },
      connection: connection => setState(old => ({ ...old, connection })),
      signedOut: ended,
    });
    return () => { isCurrent = false; stop(); };
  }, [key, attempt]);

  useEffect(() => {
    if (connection === 'live') return;
    let isCurrent = true;
    const stop = every(pollFigures, () => load(() => isCurrent));
    return () => { isCurrent = false; stop(); };
  }, [connection, load]);

  useEffect(() => {
    let isCurrent = true;
    const stop = every(pollWebhooks, async () => {
      try {
        const webhooks = await readWebhooks(range);
        if (isCurrent) setState(old => old.figures && old.key === key ? { ...old, figures: { ...old.figures, webhooks } } : old);
      } catch (error) {
        // Other faults may pass until the next time; of those that last the figures tell.
        if (isCurrent && error instanceof SignedOutError) ended();
      }
    });
    return () => { isCurrent = false; stop(); };
  }, [key]);

  return { ...state, reload: useCallback(() => setAttempt(old => old + 1), []) };
}

function taken<T extends { key?: string; figures?: Figures }>(old: T, key: string, figures: Figures) {
  const isOlder = old.key === key && old.figures !== undefined && old.figures.at > figures.at;
  return isOlder ? old : { ...old, key, figures, isLoading: false, problem: undefined };
}

async function readWebhooks({ from, to, timeZone }: Range): Promise<WebhookFigures> {
  const { analytics } = await run<{ analytics: { dashboard: { webhooks: WebhookFigures } } }>(documents.webhookState, { from, to, timeZone });
  return analytics.dashboard.webhooks;
}
