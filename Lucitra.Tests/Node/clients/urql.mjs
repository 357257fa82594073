// urql with its normalized cache, headless: pages that relayPagination joins, a mutation that the cache passes on, a subscription.
// node clients/urql.mjs URL KEY: prints {pages, requests}, {shown, requests}, and for the first change {change, requests}.
import { Client, fetchExchange, gql, subscriptionExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

const [url, key] = process.argv.slice(2);
const emit = event => console.log(JSON.stringify(event));
const settled = result => {
  if (result.error) throw result.error;
  return result.data;
};

let requests = 0;
const socket = createClient({ url: url.replace('http', 'ws'), connectionParams: { apiKey: key }, webSocketImpl: WebSocket });
const client = new Client({
  url,
  preferGetMethod: false,
  fetchOptions: { headers: { 'X-Api-Key': key } },
  fetch: (...request) => {
    requests++;
    return fetch(...request);
  },
  exchanges: [
    cacheExchange({ keys: { PageInfo: () => null }, resolvers: { Query: { contacts: relayPagination() } } }),
    fetchExchange,
    subscriptionExchange({
      forwardSubscription: ({ query, variables }) => ({ subscribe: sink => ({ unsubscribe: socket.subscribe({ query, variables }, sink) }) }),
    }),
  ],
});

const contacts = gql`query Contacts($first: Int!, $after: String) {
  contacts(first: $first, after: $after, order: [{ company: ASC }]) {
    edges { cursor node { id email firstName } }
    nodes { id }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    totalCount
  }
}`;
const update = gql`mutation Rename($input: UpdateContactInput!) {
  updateContact(input: $input) { contact { id firstName } errors { __typename ... on Error { message } } }
}`;
const changed = gql`subscription { onContactChanged { id email firstName } }`;

// The cache answers each page joined to those before it.
const pages = [];
let after = null;
let page;
do {
  page = settled(await client.query(contacts, { first: 3, after }).toPromise()).contacts;
  const before = pages.flat().length;
  pages.push(page.edges.map(edge => edge.node.email).slice(before));
  after = page.pageInfo.endCursor;
} while (page.pageInfo.hasNextPage);
emit({ pages, cached: page.edges.map(edge => edge.node.email), requests });

requests = 0;
let shown = page.edges.map(edge => edge.node);
const waiting = [];
const watch = client.query(contacts, { first: 3, after: null }, { requestPolicy: 'cache-only' }).subscribe(result => {
  shown = settled(result).contacts.edges.map(edge => edge.node);
  for (const look of waiting) look();
});
// Resolves once the watched query shows what is expected.
const until = condition => new Promise(resolve => {
  const look = () => condition() && resolve();
  waiting.push(look);
  look();
});

// Not contact 501: that one is changed from elsewhere afterwards, and has any place in the list.
const mine = shown.findLast(contact => contact.email !== 'contact501@northwharf.example').id;
const renamed = () => shown.find(contact => contact.id === mine);
settled(await client.mutation(update, { input: { id: mine, firstName: 'Renamed' } }).toPromise());
await until(() => renamed().firstName === 'Renamed');
emit({ shown: renamed(), requests });

requests = 0;
const subscription = client.subscription(changed, {}).subscribe(async result => {
  const { id, firstName } = settled(result).onContactChanged;
  // The feed may pass on the client's own write after the answer to it.
  if (id === mine) return;
  await until(() => shown.find(contact => contact.id === id)?.firstName === firstName);
  emit({ change: result.data.onContactChanged, requests });
  subscription.unsubscribe();
  watch.unsubscribe();
  await socket.dispose();
});
