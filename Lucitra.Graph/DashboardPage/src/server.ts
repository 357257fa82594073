import * as documents from './documents.ts';

/** What the server answered in place of data. */
export class ServerError extends Error {
  constructor(message: string, readonly code?: string) {
    super(message);
  }
}

/** Nobody is signed in, or no longer. */
export class SignedOutError extends ServerError {
  constructor() {
    super('You are signed out.', 'AUTH_NOT_AUTHENTICATED');
  }
}

interface Answer<T> {
  data?: T | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

interface Outcome {
  errors: { __typename: string; message: string; retryAfterSeconds?: number }[] | null;
}

export interface Person {
  name: string;
  email: string | null;
  scopes: string[];
}

const address = new URL('graphql', document.baseURI);
const patience = 30_000;

async function post<T>(query: string, variables: object): Promise<Answer<T>> {
  let response: Response;
  try {
    response = await fetch(address, {
      method: 'POST',
      credentials: 'same-origin',
      // The cookies of the session count only beside a header that pages of other sites cannot send.
      headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json', 'GraphQL-Preflight': '1' },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(patience),
    });
  } catch {
    throw new ServerError('The server cannot be reached. Check the connection.');
  }

  if (response.status === 401) return { errors: [{ message: '', extensions: { code: 'AUTH_NOT_AUTHENTICATED' } }] };
  try {
    return await response.json() as Answer<T>;
  } catch {
    throw new ServerError(`The server answered ${response.status} without saying why.`);
  }
}

/** The data of an answer that must be there. */
export function dataOf<T>(answer: Answer<T>): T {
  const [error] = answer.errors ?? [];
  if (error?.extensions?.code === 'AUTH_NOT_AUTHENTICATED') throw new SignedOutError();
  if (error || !answer.data) throw new ServerError(error?.message ?? 'The server answered without data.', error?.extensions?.code);
  return answer.data;
}

let renewal: Promise<void> | undefined;

/** Gets the next access token by the refresh token, once however many ask, in however many tabs. */
export function renew(): Promise<void> {
  const once = async () => {
    const { refreshToken } = dataOf(await post<{ refreshToken: Outcome }>(documents.refresh, {}));
    if (refreshToken.errors) throw new SignedOutError();
  };
  renewal ??= (navigator.locks ? navigator.locks.request('lucitra-session', once) : once()).finally(() => { renewal = undefined; });
  return renewal;
}

/** Runs an operation as whoever is signed in; renews the session where its access token has ended. */
export async function run<T>(query: string, variables: object = {}): Promise<T> {
  try {
    return dataOf(await post<T>(query, variables));
  } catch (error) {
    if (!(error instanceof SignedOutError)) throw error;
    await renew();
    return dataOf(await post<T>(query, variables));
  }
}

export const whoAmI = async () => (await run<{ me: Person }>(documents.me)).me;

/** Signs in; the tokens come as cookies that no script can read. */
export async function signIn(email: string, password: string): Promise<void> {
  const { login } = dataOf(await post<{ login: Outcome }>(documents.login, { input: { email, password, cookies: true } }));
  const [error] = login.errors ?? [];
  if (error?.retryAfterSeconds) throw new ServerError(`Too many attempts have failed. Try again in ${error.retryAfterSeconds} seconds.`);
  if (error?.__typename === 'InvalidCredentialsError') throw new ServerError('No account has this e-mail address and password.');
  if (error) throw new ServerError(error.message);
}

export const signOut = () => post(documents.logout, {});

export interface Change {
  count: number | null;
  hasMore: boolean | null;
}

/** Runs a mutation on webhook events; throws what the server found wrong. */
export async function change(query: string, variables: object): Promise<Change> {
  const [payload] = Object.values(await run<Record<string, Change & Outcome>>(query, variables));
  if (payload?.errors?.[0]) throw new ServerError(payload.errors[0].message);
  return payload!;
}

interface Page<T> {
  nodes: T[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** Reads a list to its end, or to `most` items. */
export async function all<T>(query: string, most = 1_000): Promise<T[]> {
  const found: T[] = [];
  for (let after: string | null = null; ;) {
    const page: Page<T> = Object.values(await run<Record<string, Page<T>>>(query, { after }))[0]!;
    found.push(...page.nodes);
    after = page.pageInfo.endCursor;
    if (!page.pageInfo.hasNextPage || found.length >= most) return found;
  }
}
