import { LANES } from '../../../../shared/domain.ts';
import { LANE_VIEW_WORDS } from '../../../../shared/session-kind.ts';
import { MAX_SWEEPS, type Sweeps } from '../../../../shared/sweeps.ts';
import { formatInteger, plural } from '../../../kit/format/bytes.ts';
import { formatSpan } from '../../../kit/format/time.ts';

/** "412 sweeps · S→C 412, after 1.0 ms to 4.0 ms, mean 1.4 ms": without the record that starts a sweep. */
export function sweepWords({ sweeps, found, points, isCut, progress }: Sweeps): string {
  const lanes = LANES.flatMap((lane) => {
    const times = points.filter((point) => point.lane === lane && point.at > 0).map(({ at }) => at);
    if (times.length === 0) return [];
    const mean = times.reduce((sum, at) => sum + at, 0) / times.length;
    const [first, last] = [Math.min(...times), Math.max(...times)].map(formatSpan);
    const spread = first === last ? first : `${first} to ${last}, mean ${formatSpan(mean)}`;
    return [`${LANE_VIEW_WORDS[lane]} ${formatInteger(times.length)}, after ${spread}`];
  });
  return [
    found > sweeps ? `the newest ${MAX_SWEEPS} of ${plural(found, 'sweep')}` : plural(sweeps, 'sweep'),
    ...lanes,
    ...(isCut ? ['not all messages are drawn'] : []),
    ...(progress.complete ? [] : ['still looking']),
  ].join(' · ');
}

/** How many sweeps have a message of each lane near a moment, `within` µs of it. */
export function momentWords({ sweeps, points }: Sweeps, at: number, within: number): string {
  const lanes = LANES.map((lane) => {
    const near = points.filter((point) => point.lane === lane && Math.abs(point.at - at) <= within);
    return `${LANE_VIEW_WORDS[lane]} in ${formatInteger(new Set(near.map(({ sweep }) => sweep)).size)}`;
  });
  return `${formatSpan(at)} ± ${formatSpan(within)}: ${lanes.join(', ')} of ${plural(sweeps, 'sweep')}`;
}
