// The reference implementations' own server, to hold the other scripts against: what fails here is a fault of the script.
// node reference.mjs [IDE_FOLDER]: prints {"port":...} and serves until stdin closes. With a folder it serves that at /graphql/.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { buildSchema } from 'graphql';
import { createHandler } from 'graphql-http/lib/use/http';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json' };
const settings = JSON.stringify({ useBrowserUrlAsEndpoint: true, disableTelemetry: true });

const schema = buildSchema('type Query { greeting(name: String): String! } type Subscription { ticks: Int! never: Int! }');
schema.getQueryType().getFields().greeting.resolve = (_, { name }) => `Hello, ${name ?? 'reader'}`;
schema.getSubscriptionType().getFields().ticks.subscribe = async function* () {
  for (const ticks of [1, 2, 3]) yield { ticks };
};
schema.getSubscriptionType().getFields().never.subscribe = async function* () {
  await new Promise(resolve => setTimeout(resolve, 60_000).unref());
};

const graphql = createHandler({ schema });
const server = createServer(async (request, response) => {
  const path = new URL(request.url, 'http://localhost').pathname;
  if (path === '/graphql' || !process.argv[2] || request.method === 'POST') return graphql(request, response);
  if (path === '/graphql/bcp-config.json') return response.setHeader('content-type', 'application/json').end(settings);
  const file = normalize(path.replace(/^\/graphql\//, '') || 'index.html');
  try {
    const body = await readFile(join(process.argv[2], file));
    response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream').end(body);
  } catch {
    response.writeHead(404).end();
  }
});

const webSockets = new WebSocketServer({ server, path: '/graphql' });
useServer({ schema, connectionInitWaitTimeout: 1_000, onConnect: ({ connectionParams }) => connectionParams?.deny !== true }, webSockets);
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port })));
process.stdin.on('close', () => process.exit(0)).resume();
