import { useEffect, useState } from 'react';
import { hostNow } from '../../host/host-clock.ts';
import { ageWords } from './slot.ts';

const AGE_EVERY_MS = 100;

/** `since`: µs on the host's clock. Counts up by itself, so that nothing else is rendered while a message is unread. */
export function Unread({ text, since }: { text: string; since: number }) {
  const [now, setNow] = useState(() => hostNow().mono);
  useEffect(() => {
    const timer = setInterval(() => setNow(hostNow().mono), AGE_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  const age = ageWords((now - since) / 1000);
  return age === '' ? <span className="calm">{text}</span> : `${text} ${age}`;
}
