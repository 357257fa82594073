import { useEffect, useState } from 'preact/hooks';

let show: ((message: { text: string; isVisible: boolean }) => void) | undefined;

/** Tells those who listen to the page; with `isVisible` also those who see it, for some seconds. */
export const announce = (text: string, isVisible = false) => show?.({ text, isVisible });

const visibleFor = 8_000;

/** Where announcements are told. */
export function Announcer() {
  const [message, setMessage] = useState({ text: '', isVisible: false });
  useEffect(() => {
    show = setMessage;
    return () => { show = undefined; };
  }, []);
  useEffect(() => {
    if (!message.isVisible) return;
    const timer = setTimeout(() => setMessage({ text: '', isVisible: false }), visibleFor);
    return () => clearTimeout(timer);
  }, [message]);
  return <div role="status" class={message.isVisible ? 'toast' : 'visually-hidden'}>{message.text}</div>;
}
