import { useEffect, useRef, useState } from 'preact/hooks';
import { signIn } from './server.ts';

/** Asks for an e-mail address and a password. */
export function SignIn({ notice, signedIn }: { notice?: string; signedIn: () => Promise<void> }) {
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  useEffect(() => email.current?.focus(), []);

  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      await signIn(email.current!.value, password.current!.value);
      await signedIn();
    } catch (error) {
      setProblem((error as Error).message);
      setBusy(false);
      password.current?.select();
    }
  };

  return (
    <main class="centred">
      <h1 class="wordmark">Lucitra</h1>
      <form class="card sign-in" onSubmit={submit} aria-describedby={problem ? 'sign-in-problem' : undefined}>
        <h2>Sign in to the dashboard</h2>
        {notice && !problem && <p class="muted">{notice}</p>}
        {problem && <p id="sign-in-problem" role="alert" class="notice bad">{problem}</p>}
        <label>E-mail address<input ref={email} type="email" name="email" autocomplete="username" required maxLength={320} /></label>
        <label>Password<input ref={password} type="password" name="password" autocomplete="current-password" required maxLength={128} /></label>
        <button type="submit" class="primary" disabled={busy}>{busy ? 'Signing in…' : 'Sign in'}</button>
      </form>
    </main>
  );
}
