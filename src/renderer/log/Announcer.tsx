import { useEffect, useRef, useState } from 'react';
import { plural } from '../format/bytes.ts';
import { shortName } from '../sessions/session-text.ts';
import { useSession } from '../shell/host-store.ts';

/** Between two announcements at least this many ms pass: a flood of anomalies is one sentence, not a thousand. */
const EVERY_MS = 3000;

/** Tells a screen reader of new anomalies and errors, and of nothing else in the log. */
export function Announcer({ session }: { session: number }) {
  const wrong = useSession(session, ({ counts }) => counts.anomalies + counts.errors) ?? 0;
  const name = useSession(session, ({ section }) => shortName(section)) ?? '';
  const told = useRef(wrong);
  const [text, setText] = useState('');

  useEffect(() => {
    if (wrong <= told.current) return;
    const timer = setTimeout(() => {
      setText(`${plural(wrong - told.current, 'new anomaly or error', 'new anomalies and errors')} in ${name}`);
      told.current = wrong;
    }, EVERY_MS);
    return () => clearTimeout(timer);
  }, [wrong, name]);

  return (
    <div className="visually-hidden" aria-live="polite">
      {text}
    </div>
  );
}
