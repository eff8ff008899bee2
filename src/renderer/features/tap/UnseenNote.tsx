import { useTap } from '../../host/host-store.ts';
import { unseenWords } from './words.ts';

/** Says what may be missing from a tap's log. */
export function UnseenNote({ id }: { id: number }) {
  const seen = useTap(id, ({ missed, sampled }) => ({ missed, s2c: sampled.s2c, c2s: sampled.c2s }));
  const words = seen && unseenWords({ missed: seen.missed, sampled: seen });
  return words ? <p className="warn number">{words}</p> : null;
}
