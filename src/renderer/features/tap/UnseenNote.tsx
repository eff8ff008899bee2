import { Link } from '@fluentui/react-components';
import { useTap } from '../../host/host-store.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { showLens } from '../lens/lens-store.ts';
import { missedWords, sampledWords } from './words.ts';

/** Says what is missing from a tap's log and why, and what may be. */
export function UnseenNote({ id }: { id: number }) {
  const seen = useTap(id, ({ state, problem, counts, sampled }) => ({
    problem: state === 'open' ? problem : null,
    missed: counts.missed,
    s2c: sampled.s2c,
    c2s: sampled.c2s,
  }));
  if (!seen) return null;
  const [missed, sampled] = [missedWords(seen.missed), sampledWords(seen)];
  return (
    <>
      {seen.problem !== null && (
        <p className="warn foreign">
          {visibleText(seen.problem)}{' '}
          <Link onClick={() => showLens({ of: 'session', id })}>Show the bytes in the layout lens</Link>
        </p>
      )}
      {missed && <p className="warn number">{missed}</p>}
      {sampled && <p className="calm">{sampled}</p>}
    </>
  );
}
