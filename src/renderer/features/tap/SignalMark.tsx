import { signalWords } from './words.ts';
import './tap.css';

/** Whether a lane's event is signalled. */
export function SignalMark({ signalled }: { signalled: boolean | null }) {
  const words = signalWords(signalled);
  return (
    <span className={`signal signal-${signalled === null ? 'unknown' : signalled ? 'set' : 'clear'}`}>
      <span className="signal-lamp" aria-hidden="true" />
      {words}
    </span>
  );
}
