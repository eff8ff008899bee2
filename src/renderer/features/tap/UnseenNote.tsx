import { useTap } from '../../host/host-store.ts';
import { missedWords, sampledWords } from './words.ts';

/** Says what is missing from a tap's log, and what may be. */
export function UnseenNote({ id }: { id: number }) {
  const seen = useTap(id, ({ counts, sampled }) => ({ missed: counts.missed, s2c: sampled.s2c, c2s: sampled.c2s }));
  if (!seen) return null;
  const [missed, sampled] = [missedWords(seen.missed), sampledWords(seen)];
  return (
    <>
      {missed && <p className="warn number">{missed}</p>}
      {sampled && <p className="calm">{sampled}</p>}
    </>
  );
}
