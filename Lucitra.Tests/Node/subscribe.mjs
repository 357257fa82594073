// graphql-ws' own client, driven line by line: one JSON command per line on stdin, one JSON event per line on stdout.
// node subscribe.mjs WS_URL
//   {op:"connect", connectionParams, headers}   {op:"subscribe", id, query, variables}   {op:"complete", id}   {op:"close"}
//   {event:"connected"|"next"|"error"|"complete"|"closed", id, payload, code, reason}
import { createInterface } from 'node:readline';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

const url = process.argv[2];
const running = new Map();
let client;

const emit = event => console.log(JSON.stringify(event));

const operations = {
  connect({ connectionParams, headers }) {
    client = createClient({
      url,
      connectionParams,
      lazy: false,
      // A lost connection is for the test to see, not for the client to mend.
      retryAttempts: 0,
      onNonLazyError: () => {},
      webSocketImpl: class extends WebSocket {
        constructor(address, protocols) {
          super(address, protocols, { headers });
        }
      },
      on: {
        connected: (_, payload) => emit({ event: 'connected', payload }),
        closed: ({ code, reason }) => emit({ event: 'closed', code, reason }),
        error: error => emit({ event: 'error', reason: error.message }),
      },
    });
  },
  subscribe({ id, query, variables }) {
    const finish = event => {
      running.delete(id);
      emit(event);
    };
    running.set(id, client.subscribe({ query, variables }, {
      next: payload => emit({ event: 'next', id, payload }),
      // An array holds GraphQL errors; otherwise it is the close event or failure that ended the connection.
      error: error => finish(Array.isArray(error)
        ? { event: 'error', id, payload: error }
        : { event: 'error', id, code: error.code, reason: error.reason ?? error.message }),
      complete: () => finish({ event: 'complete', id }),
    }));
  },
  complete({ id }) {
    running.get(id)?.();
  },
  async close() {
    await client?.dispose();
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  if (!line.trim()) continue;
  const command = JSON.parse(line);
  await operations[command.op](command);
}
await client?.dispose();
