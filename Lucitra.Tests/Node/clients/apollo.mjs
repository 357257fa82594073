// Apollo Client, headless, as an application uses it: pages with fetchMore, a mutation that the cache passes on, a subscription.
// node clients/apollo.mjs URL KEY: prints {pages, requests}, {shown, requests}, and for the first change {change, cached}.
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { relayStylePagination } from '@apollo/client/utilities';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

const [url, key] = process.argv.slice(2);
const emit = event => console.log(JSON.stringify(event));

let requests = 0;
const http = new HttpLink({
  uri: url,
  headers: { 'X-Api-Key': key },
  fetch: (...request) => {
    requests++;
    return fetch(...request);
  },
});
const socket = createClient({ url: url.replace('http', 'ws'), connectionParams: { apiKey: key }, webSocketImpl: WebSocket });
const client = new ApolloClient({
  link: ApolloLink.split(({ operationType }) => operationType === 'subscription', new GraphQLWsLink(socket), http),
  cache: new InMemoryCache({ typePolicies: { Query: { fields: { contacts: relayStylePagination(['where', 'order']) } } } }),
});

const contacts = gql`query Contacts($first: Int!, $after: String) {
  contacts(first: $first, after: $after, order: [{ company: ASC }]) {
    edges { cursor node { id email firstName } }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`;
const update = gql`mutation Rename($input: UpdateContactInput!) {
  updateContact(input: $input) { contact { id firstName } errors { __typename ... on Error { message } } }
}`;
const changed = gql`subscription { onContactChanged { id email firstName } }`;

const watched = client.watchQuery({ query: contacts, variables: { first: 3 } });
let shown = [];
const waiting = [];
watched.subscribe(({ data, dataState }) => {
  if (dataState !== 'complete') return;
  shown = data.contacts.edges.map(edge => edge.node);
  for (const look of waiting) look();
});
// Resolves once the watched query shows what is expected.
const until = condition => new Promise(resolve => {
  const look = () => condition() && resolve();
  waiting.push(look);
  look();
});

await until(() => shown.length > 0);
let page = watched.getCurrentResult().data.contacts;
const pages = [page.edges.map(edge => edge.node.email)];
while (page.pageInfo.hasNextPage) {
  page = (await watched.fetchMore({ variables: { after: page.pageInfo.endCursor } })).data.contacts;
  pages.push(page.edges.map(edge => edge.node.email));
}
await until(() => shown.length === page.totalCount);
emit({ pages, cached: shown.map(contact => contact.email), requests });

requests = 0;
// Not contact 501: that one is changed from elsewhere afterwards, and has any place in the list.
const mine = shown.findLast(contact => contact.email !== 'contact501@northwharf.example').id;
const renamed = () => shown.find(contact => contact.id === mine);
await client.mutate({ mutation: update, variables: { input: { id: mine, firstName: 'Renamed' } } });
await until(() => renamed().firstName === 'Renamed');
emit({ shown: renamed(), requests });

requests = 0;
const subscription = client.subscribe({ query: changed }).subscribe({
  async next({ data, error }) {
    if (error) throw error;
    const { id, firstName } = data.onContactChanged;
    // The feed may pass on the client's own write after the answer to it.
    if (id === mine) return;
    subscription.unsubscribe();
    await until(() => shown.find(contact => contact.id === id)?.firstName === firstName);
    emit({ change: data.onContactChanged, requests });
    client.stop();
    await socket.dispose();
  },
});
