import type { Timeline } from '../../../../shared/timeline.ts';
import type { Span } from '../range.ts';

type Buckets = Pick<Timeline, 'fromMono' | 'width'>;

/** The bucket that contains `mono`; may be out of range. */
export const bucketAt = ({ fromMono, width }: Buckets, mono: number): number => Math.floor((mono - fromMono) / width);

/** The buckets that a span touches, [first, end). */
export function bucketsOf(timeline: Timeline, { from, to }: Span): readonly [first: number, end: number] {
  const count = timeline.timeouts.length;
  const within = (n: number) => Math.min(count, Math.max(0, n));
  return [within(bucketAt(timeline, from)), within(Math.ceil((to - timeline.fromMono) / timeline.width))];
}

/** A row of the buckets that a span touches. */
export const partOf = <T>(timeline: Timeline, row: readonly T[], span: Span): readonly T[] =>
  row.slice(...bucketsOf(timeline, span));

export const total = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
