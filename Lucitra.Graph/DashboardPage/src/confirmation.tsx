import { useEffect, useRef, useState } from 'preact/hooks';

interface Props {
  title: string;
  text: string;
  action: string;
  /** Whether a reason must be given. */
  asksReason: boolean;
  confirmed: (reason: string) => Promise<void>;
  closed: () => void;
  /** The id of what has the focus once it is done. */
  landmark: string;
}

/** Asks before something is done. Escape leaves it undone. */
export function Confirmation({ title, text, action, asksReason, confirmed, closed, landmark }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const reason = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const isDone = useRef(false);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    dialog.current?.showModal();
    // What was done takes the button that asked for it away.
    return () => (isDone.current ? document.getElementById(landmark) : before)?.focus({ preventScroll: true });
  }, []);

  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      await confirmed(reason.current?.value.trim() ?? '');
      isDone.current = true;
      closed();
    } catch (error) {
      setProblem((error as Error).message);
      setBusy(false);
    }
  };

  return (
    <dialog ref={dialog} onClose={closed} aria-labelledby="confirmation-title" aria-describedby="confirmation-text">
      <form onSubmit={submit}>
        <h2 id="confirmation-title">{title}</h2>
        <p id="confirmation-text">{text}</p>
        {problem && <p role="alert" class="notice bad">{problem}</p>}
        {asksReason && <label>Reason<input ref={reason} name="reason" required maxLength={500} pattern=".*\S.*" title="Say why, for those who look later." /></label>}
        <div class="actions">
          <button type="button" onClick={() => dialog.current?.close()}>Cancel</button>
          <button type="submit" class="primary" disabled={busy}>{busy ? 'Working…' : action}</button>
        </div>
      </form>
    </dialog>
  );
}
