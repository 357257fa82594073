import { useCallback, useEffect, useState } from 'preact/hooks';
import { Announcer, announce } from './announcer.tsx';
import { DashboardView } from './dashboardView.tsx';
import { SignedOutError, signOut, whoAmI, type Person } from './server.ts';
import { SignIn } from './signIn.tsx';

type Session =
  | { state: 'unknown' }
  | { state: 'unreachable'; message: string }
  | { state: 'signed-out'; notice?: string }
  | { state: 'signed-in'; person: Person };

/** The whole page: who is signed in decides what it shows. */
export function App() {
  const [session, setSession] = useState<Session>({ state: 'unknown' });

  const look = useCallback(async () => {
    try {
      setSession({ state: 'signed-in', person: await whoAmI() });
    } catch (error) {
      setSession(error instanceof SignedOutError ? { state: 'signed-out' } : { state: 'unreachable', message: (error as Error).message });
    }
  }, []);
  useEffect(() => void look(), [look]);

  const leave = useCallback(async () => {
    try {
      await signOut();
      setSession({ state: 'signed-out', notice: 'You are signed out.' });
    } catch (error) {
      announce(`You are still signed in. ${(error as Error).message}`, true);
    }
  }, []);
  const ended = useCallback(() => setSession({ state: 'signed-out', notice: 'Your session has ended. Sign in again.' }), []);

  return (
    <>
      {session.state === 'unknown' && <main class="centred" aria-busy="true"><h1 class="wordmark">Lucitra</h1><p class="muted">Loading…</p></main>}
      {session.state === 'unreachable' && (
        <main class="centred">
          <h1 class="wordmark">Lucitra</h1>
          <p role="alert" class="notice bad">{session.message}</p>
          <button type="button" onClick={look}>Try again</button>
        </main>
      )}
      {session.state === 'signed-out' && <SignIn notice={session.notice} signedIn={look} />}
      {session.state === 'signed-in' && <DashboardView person={session.person} leave={leave} ended={ended} />}
      <Announcer />
    </>
  );
}
