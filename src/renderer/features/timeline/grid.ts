import { MAX_BUCKETS } from '../../../shared/timeline.ts';
import { type Span, widthOf } from './range.ts';

/** Widths of the view that are fetched on each side of it, for moving. */
const BESIDE = 1;

/** What was requested from the host. */
export interface Asked {
  readonly fromMono: number;
  readonly toMono: number;
  readonly buckets: number;
}

interface Shown {
  readonly span: Span;
  readonly whole: Span;
}

/**
 * What to request from the host so that `span` is drawn in `buckets` buckets, on the time of a session that began
 * `offset` µs later. Bucket boundaries are the same each time, so that bars move and don't change as time goes on.
 */
export function askedFor({ span, whole }: Shown, offset: number, buckets: number): Asked {
  const width = bucketFor(span, buckets);
  const beside = BESIDE * widthOf(span);
  const from = Math.max(whole.from, span.from - beside) - offset;
  const to = Math.min(whole.to, span.to + beside) - offset;
  const first = Math.max(0, Math.floor(from / width));
  const count = Math.min(MAX_BUCKETS, Math.max(2, Math.ceil(to / width) - first));
  return { fromMono: first * width, toMono: (first + count) * width, buckets: count };
}

/** Widths of the view that must be left on each side, so that the next step has something to show. */
const LEFT_OVER = 0.3;

/** Whether what was requested serves this view too: the same buckets, and enough of them on each side. */
export function serves(asked: Asked, { span, whole }: Shown, offset: number, buckets: number): boolean {
  const beside = LEFT_OVER * widthOf(span);
  return (
    asked.toMono - asked.fromMono === asked.buckets * bucketFor(span, buckets) &&
    asked.fromMono <= Math.max(0, Math.max(whole.from, span.from - beside) - offset) &&
    asked.toMono >= Math.min(whole.to, span.to + beside) - offset
  );
}

const bucketFor = (span: Span, buckets: number): number => Math.max(1, Math.ceil(widthOf(span) / buckets));
