import { useEffect, useState } from 'react';
import { useHost } from '../../host/host-store.ts';
import { NewProblems } from './new-problems.ts';

/** ms between two announcements, at least: a flood of anomalies is one sentence, not a thousand. */
const EVERY_MS = 3000;

/**
 * Tells a screen reader about new anomalies, errors and alarms in any session, and about nothing else in their logs.
 */
export function Announcer() {
  const [text, setText] = useState('');

  useEffect(() => {
    let problems: NewProblems | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      timer = undefined;
      const { sessions, capture } = useHost.getState();
      // Until the host has answered, nothing is known that could be new.
      if (capture === null) return;
      problems ??= new NewProblems(sessions);
      const words = problems.take(sessions);
      if (words === null) return;
      setText(words);
      timer = setTimeout(tell, EVERY_MS);
    };
    tell();
    const undo = useHost.subscribe((state, before) => {
      if (state.sessions !== before.sessions && timer === undefined) tell();
    });
    return () => {
      undo();
      clearTimeout(timer);
    };
  }, []);

  return (
    <div className="visually-hidden" aria-live="polite">
      {text}
    </div>
  );
}
