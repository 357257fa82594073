// A program as a user of the REST API writes it: every path, parameter and member is checked by the compiler.
import createClient from 'openapi-fetch';
import type { paths } from './api.js';

export async function run(address: string, key: string) {
  const client = createClient<paths>({ baseUrl: address.replace(/\/$/, ''), headers: { 'X-Api-Key': key } });

  const created = await client.POST('/api/v1/contacts', { body: { email: 'ada@northwharf.example', firstName: 'Ada' } });
  if (!created.data) throw new Error(created.error.detail);
  const id: string = created.data.id;
  const etag = created.response.headers.get('etag')!;

  await client.PATCH('/api/v1/contacts/{id}', { params: { path: { id }, header: { 'If-Match': etag } }, body: { lastName: 'Lovelace' } });
  const late = await client.PUT('/api/v1/contacts/{id}', { params: { path: { id }, header: { 'If-Match': etag } }, body: { lastName: 'King' } });

  for (const [name, amount] of [['alpha', 100], ['beta', 200], ['gamma', 5]] as const)
    await client.POST('/api/v1/deals', { params: { header: { 'Idempotency-Key': name } }, body: { name, amount } });
  const deals = await client.GET('/api/v1/deals', {
    params: { query: { amount: { gte: 50 }, name: ['alpha', 'beta', 'gamma'], currency: { exists: false }, sort: ['-amount'], first: 5 } },
  });
  if (!deals.data) throw new Error(deals.error.detail);

  const found = await client.GET('/api/v1/contacts', { params: { query: { email: 'ada@northwharf.example', lastName: { startsWith: 'Love' } } } });
  const deleted = await client.DELETE('/api/v1/contacts/{id}', { params: { path: { id } } });
  return {
    created: created.response.status,
    email: found.data?.items?.[0]?.email,
    late: late.response.status,
    code: late.error?.code,
    deals: deals.data.items?.map((deal) => deal.name),
    deleted: deleted.response.status,
  };
}
