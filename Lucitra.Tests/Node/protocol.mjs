// What graphql-transport-ws demands of a server, checked below any client library.
// node protocol.mjs WS_URL [HEADERS_JSON] [OPTIONS_JSON]: prints [{name, ok, expected, actual, milliseconds}].
// Options: connectionParams, initTimeoutMilliseconds (the server's setting), query (answers at once), subscription (stays open),
// deniedConnectionParams (adds the 4403 check).
import { WebSocket } from 'ws';

const [url, headersJson = '{}', optionsJson = '{}'] = process.argv.slice(2);
const headers = JSON.parse(headersJson);
const options = { initTimeoutMilliseconds: 3_000, query: '{ __typename }', ...JSON.parse(optionsJson) };
const patience = 5_000;
const protocol = 'graphql-transport-ws';

const init = { type: 'connection_init', payload: options.connectionParams };
const subscribe = (id, query) => ({ id, type: 'subscribe', payload: { query } });
const ping = { type: 'ping', payload: { sent: 'by the check' } };

/** Opens a connection, sends each step after the answers to the step before, and says how it ended. */
function converse(steps, { protocols = [protocol], limit = patience } = {}) {
  return new Promise(resolve => {
    const socket = new WebSocket(url, protocols, { headers });
    const seen = [];
    const end = outcome => {
      clearTimeout(timer);
      resolve({ seen, ...outcome });
      socket.terminate();
    };
    const timer = setTimeout(() => end({ open: socket.readyState === WebSocket.OPEN }), limit);
    const step = () => {
      const { send = [], until } = steps.shift() ?? {};
      for (const message of send) socket.send(typeof message === 'string' ? message : JSON.stringify(message));
      waiting = until;
    };
    let waiting;
    socket.on('open', step);
    socket.on('unexpected-response', (_, response) => end({ status: response.statusCode }));
    socket.on('error', error => end({ failure: error.message }));
    socket.on('close', (code, reason) => end({ code, reason: reason.toString() }));
    socket.on('message', data => {
      const message = JSON.parse(data);
      seen.push(message);
      if (!waiting?.(message)) return;
      if (steps.length === 0) end({ open: true });
      else step();
    });
  });
}

const type = (name, id) => message => message.type === name && (id === undefined || message.id === id);
const acknowledge = { send: [init], until: type('connection_ack') };
const closes = code => ({ expected: `close ${code}`, holds: outcome => outcome.code === code });
const answers = (expected, holds) => ({ expected, holds: outcome => outcome.open === true && holds(outcome.seen) });

const checks = {
  'connection_init is acknowledged': {
    steps: [acknowledge],
    ...answers('connection_ack', seen => seen.some(type('connection_ack'))),
  },
  'a query answers next and complete': {
    steps: [acknowledge, { send: [subscribe('q', options.query)], until: type('complete', 'q') }],
    ...answers('next, complete', seen => seen.some(message => type('next', 'q')(message) && message.payload.data)),
  },
  'an invalid operation answers error with its id': {
    steps: [acknowledge, { send: [subscribe('bad', '{ thereIsNoSuchField }')], until: type('error', 'bad') }],
    ...answers('error', seen => Array.isArray(seen.at(-1)?.payload) && seen.at(-1).payload.length > 0),
  },
  'ping answers pong before connection_init': {
    steps: [{ send: [ping], until: type('pong') }],
    ...answers('pong', seen => seen.some(type('pong'))),
  },
  'ping answers pong': {
    steps: [acknowledge, { send: [ping], until: type('pong') }],
    ...answers('pong', seen => seen.some(type('pong'))),
  },
  'an unasked pong and a late complete are ignored': {
    steps: [acknowledge, { send: [{ type: 'pong' }, { id: 'gone', type: 'complete' }, ping], until: type('pong') }],
    ...answers('pong', seen => seen.some(type('pong'))),
  },
  'text that is not JSON closes with 4400': { steps: [acknowledge, { send: ['{ not json'] }], ...closes(4400) },
  'an unknown message type closes with 4400': { steps: [acknowledge, { send: [{ type: 'unheard_of' }] }], ...closes(4400) },
  'subscribe without a query closes with 4400': {
    steps: [acknowledge, { send: [{ id: 'empty', type: 'subscribe', payload: {} }] }],
    ...closes(4400),
  },
  'subscribe before connection_ack closes with 4401': { steps: [{ send: [subscribe('early', options.query)] }], ...closes(4401) },
  'silence closes with 4408': {
    steps: [{}],
    limit: options.initTimeoutMilliseconds + patience,
    ...closes(4408),
  },
  'a second connection_init closes with 4429': { steps: [acknowledge, { send: [init] }], ...closes(4429) },
  'no subprotocol is refused': {
    steps: [{ send: [init], until: type('connection_ack') }],
    protocols: [],
    // The protocol leaves the code free: graphql-ws closes with its own, others with RFC 6455's protocol error.
    expected: 'close 4406 or 1002, or HTTP 400',
    holds: outcome => [4406, 1002].includes(outcome.code) || outcome.status === 400,
  },
};

if (options.subscription)
  checks['a subscription id in use closes with 4409'] = {
    steps: [acknowledge, { send: [subscribe('twin', options.subscription), subscribe('twin', options.subscription)] }],
    ...closes(4409),
  };
if (options.deniedConnectionParams)
  checks['denied connection parameters close with 4403'] = {
    steps: [{ send: [{ type: 'connection_init', payload: options.deniedConnectionParams }] }],
    ...closes(4403),
  };

const results = await Promise.all(Object.entries(checks).map(async ([name, { steps, protocols, limit, expected, holds }]) => {
  const start = performance.now();
  const actual = await converse([...steps], { protocols, limit });
  return { name, ok: holds(actual) === true, expected, actual, milliseconds: Math.round(performance.now() - start) };
}));
console.log(JSON.stringify(results));
