// graphql-sse's client in its distinct connections mode. node clients/sse.mjs URL KEY: prints the first change as {change}.
import { createClient } from 'graphql-sse';

const [url, key] = process.argv.slice(2);
const client = createClient({ url, headers: { 'X-Api-Key': key }, retryAttempts: 0 });
for await (const { data, errors } of client.iterate({ query: 'subscription { onContactChanged { id email firstName } }' })) {
  if (errors) throw new Error(JSON.stringify(errors));
  console.log(JSON.stringify({ change: data.onContactChanged }));
  break;
}
client.dispose();
