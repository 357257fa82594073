// The GraphQL-over-HTTP audits of graphql-http against a running server.
// node audit.mjs URL [HEADERS_JSON]: prints [{id, name, status: "ok"|"notice"|"warn"|"error", reason}].
import { serverAudits } from 'graphql-http';

const [url, headersJson = '{}'] = process.argv.slice(2);
const extra = Object.entries(JSON.parse(headersJson));

async function fetchFn(input, init = {}) {
  const headers = new Headers(init.headers);
  for (const [name, value] of extra) headers.set(name, value);
  return fetch(input, { ...init, headers });
}

const results = [];
for (const audit of serverAudits({ url, fetchFn })) {
  const { status, reason } = await audit.fn();
  results.push({ id: audit.id, name: audit.name, status, reason });
}
console.log(JSON.stringify(results));
