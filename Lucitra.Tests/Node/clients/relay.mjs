// Relay: its compiler over a small project and schema.graphql, then its runtime with what the compiler wrote.
// node clients/relay.mjs URL KEY SCHEMA: prints {artifacts}, {pages, cached}, {appended, removed}, and for the first change
// {change, cached}.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { cp, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient } from 'graphql-ws';
import relay from 'relay-runtime';
import { WebSocket } from 'ws';

const { ConnectionHandler, Environment, Network, Observable, RecordSource, ROOT_ID, Store } = relay;
const [url, key, schema] = process.argv.slice(2);
const emit = event => console.log(JSON.stringify(event));
const here = path => fileURLToPath(new URL(path, import.meta.url));

const folder = await mkdtemp(join(tmpdir(), 'lucitra-relay-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
await cp(schema, join(folder, 'schema.graphql'));
await cp(here('relay'), join(folder, 'src'), { recursive: true });
await writeFile(join(folder, 'relay.config.json'), JSON.stringify({
  src: './src',
  schema: './schema.graphql',
  language: 'javascript',
  eagerEsModules: false,
  customScalarTypes: { DateTime: 'string', Decimal: 'string' },
}));
const compiler = here('../node_modules/relay-compiler/cli.js');
const compiled = spawnSync(process.execPath, [compiler, 'relay.config.json'], { cwd: folder, encoding: 'utf8' });
if (compiled.status !== 0) throw new Error(compiled.stdout + compiled.stderr);
const artifacts = (await readdir(join(folder, 'src/__generated__'))).sort();
emit({ artifacts: artifacts.map(name => name.replace('.graphql.js', '')) });
const load = name => createRequire(import.meta.url)(join(folder, 'src/__generated__', `${name}.graphql.js`));

const socket = createClient({ url: url.replace('http', 'ws'), connectionParams: { apiKey: key }, webSocketImpl: WebSocket });
const environment = new Environment({
  store: new Store(new RecordSource()),
  network: Network.create(
    async ({ text: query }, variables) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'X-Api-Key': key },
        body: JSON.stringify({ query, variables }),
      });
      return response.json();
    },
    ({ text: query, name: operationName }, variables) => Observable.create(sink => socket.subscribe({ query, operationName, variables }, sink)),
  ),
});

const first = load('contactsQuery');
const root = relay.createOperationDescriptor(first, {});
environment.retain(root);
const list = () => {
  const { data } = environment.lookup(root.fragment);
  return environment.lookup(relay.getSingularSelector(load('contacts_list'), data)).data.contacts;
};
const emails = () => list().edges.map(edge => edge.node.email);
const run = (artifact, variables) => relay.fetchQuery(environment, artifact, variables).toPromise();

await run(first, {});
const pages = [emails()];
while (list().pageInfo.hasNextPage) {
  await run(load('contactsNextPageQuery'), { count: 3, cursor: list().pageInfo.endCursor });
  pages.push(emails().slice(pages.flat().length));
}
emit({ pages, cached: emails() });

const connections = [ConnectionHandler.getConnectionID(ROOT_ID, 'contacts_contacts')];
const mutate = (name, input) => new Promise((resolve, reject) => relay.commitMutation(environment, {
  mutation: load(name),
  variables: { input, connections },
  onCompleted: (data, errors) => errors ? reject(new Error(JSON.stringify(errors))) : resolve(data),
  onError: reject,
}));
const { createContact } = await mutate('contactsCreateMutation', { email: 'new@northwharf.example' });
const appended = emails().at(-1);
const { node } = await run(load('contactsNodeQuery'), { id: createContact.contact.id });
await mutate('contactsArchiveMutation', { id: createContact.contact.id });
emit({ appended, fetched: node.email, removed: !emails().includes(appended) });

const subscription = relay.requestSubscription(environment, {
  subscription: load('contactsChangedSubscription'),
  variables: {},
  async onNext({ onContactChanged: change }) {
    // The feed may pass on the client's own writes after the answers to them.
    if (change.id === createContact.contact.id) return;
    emit({ change, cached: list().edges.find(edge => edge.node.id === change.id)?.node.firstName });
    subscription.dispose();
    await socket.dispose();
  },
  onError: error => { throw error; },
});
