import { createInterface } from 'node:readline';
import type { ReplayProgress } from '../../../shared/replay/replay.ts';
import type { Session } from '../../session/session.ts';

/** Each line of stdin releases one message; its end stops the replay. */
export function stepsFrom(session: Session): { look: (progress: ReplayProgress) => void; close: () => void } {
  const lines = createInterface({ input: process.stdin });
  let asked = -1;
  // The session may have ended meanwhile.
  const call = (command: Parameters<Session['call']>[0]) => void session.call(command).catch(() => {});
  lines.on('line', () => call({ type: 'stepReplay' }));
  lines.on('close', () => call({ type: 'stopReplay', failure: null }));
  return {
    look: ({ next, sent, total }) => {
      if (!next || sent === asked) return;
      asked = sent;
      const n = (count: number) => count.toLocaleString('en-US');
      process.stderr.write(`${n(sent + 1)} of ${n(total)}: #${n(next.seq)}, ${n(next.size)} bytes. Enter sends it.\n`);
    },
    close: () => {
      lines.removeAllListeners('close').close();
      process.stdin.unref?.();
    },
  };
}
