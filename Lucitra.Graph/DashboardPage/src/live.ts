import { createClient, type Client } from 'graphql-ws';
import * as documents from './documents.ts';
import type { Figures } from './figures.ts';
import type { Range } from './filters.ts';
import { SignedOutError, whoAmI } from './server.ts';

export type Connection = 'connecting' | 'live' | 'offline';

export interface LiveListener {
  figures(figures: Figures): void;
  connection(state: Connection): void;
  signedOut(): void;
}

const longestPause = 30_000;

/** Listens for the figures of a range over one WebSocket, which comes back by itself for as long as it is listened to. */
export function listen(range: Range, listener: LiveListener): () => void {
  const address = new URL('graphql', document.baseURI);
  address.protocol = address.protocol.replace('http', 'ws');
  let stopped = false;
  const client: Client = createClient({
    // The handshake carries the session's cookie, so its access token must not have ended. What is wrong with the server shows
    // in the handshake itself.
    url: async () => {
      await whoAmI().catch(error => error instanceof SignedOutError && !stopped && listener.signedOut());
      return address.href;
    },
    lazy: true,
    keepAlive: 20_000,
    retryAttempts: Infinity,
    shouldRetry: () => !stopped,
    retryWait: attempt => new Promise(resolve => setTimeout(resolve, Math.min(500 * 2 ** attempt, longestPause) * (0.75 + Math.random() / 2))),
    on: {
      connected: () => listener.connection('live'),
      closed: () => !stopped && listener.connection('offline'),
      error: () => !stopped && listener.connection('offline'),
    },
  });

  listener.connection('connecting');
  let unsubscribe = () => {};
  const begin = () => {
    unsubscribe = client.subscribe<{ onDashboardChanged: Figures }>({ query: documents.dashboardChanges, variables: { ...range } }, {
      next: ({ data }) => data && !stopped && listener.figures(data.onDashboardChanged),
      error: () => !stopped && listener.connection('offline'),
      // The server ends a subscription whose reader fell behind: begin anew.
      complete: () => { if (!stopped) setTimeout(() => !stopped && begin(), 1_000); },
    });
  };
  begin();
  return () => {
    stopped = true;

    // The last subscription that ends closes the connection. To dispose of the client would close one on which it is about to subscribe.
    unsubscribe();
  };
}
