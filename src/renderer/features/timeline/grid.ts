import { MAX_BUCKETS } from '../../../shared/timeline.ts';
import { type Span, widthOf } from './range.ts';

/** Widths of the view that are fetched on each side of it, so that there is something to move to. */
const BESIDE = 1;

interface Shown {
  readonly span: Span;
  readonly whole: Span;
}

/**
 * What to ask the host for so that `span` is drawn in `buckets` buckets, on the time of a session that began `offset`
 * µs later. Its buckets begin at the same moments each time, so that bars move and don't change as time goes on.
 */
export function askedFor({ span, whole }: Shown, offset: number, buckets: number) {
  const width = Math.max(1, Math.ceil(widthOf(span) / buckets));
  const beside = BESIDE * widthOf(span);
  const from = Math.max(whole.from, span.from - beside) - offset;
  const to = Math.min(whole.to, span.to + beside) - offset;
  const first = Math.max(0, Math.floor(from / width));
  const count = Math.min(MAX_BUCKETS, Math.max(2, Math.ceil(to / width) - first));
  return { fromMono: first * width, toMono: (first + count) * width, buckets: count };
}
