/** A span of a session in µs since it began; `to` is not included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The narrowest span worth looking at: one bucket of the capture's finest aggregate a few times over. µs. */
const NARROWEST = 1_000_000;

/** `span` made `factor` times as wide around `at`, within `whole`; null when it reaches all of it. */
export function zoomed(span: Span, whole: Span, at: number, factor: number): Span | null {
  const width = Math.max(NARROWEST, (span.to - span.from) * factor);
  if (width >= whole.to - whole.from) return null;
  const left = (at - span.from) / (span.to - span.from);
  return within({ from: at - left * width, to: at + (1 - left) * width }, whole);
}

/** `span` moved by `share` of its width, within `whole`. */
export function moved(span: Span, whole: Span, share: number): Span {
  const by = (span.to - span.from) * share;
  return within({ from: span.from + by, to: span.to + by }, whole);
}

/** `span` pushed into `whole`, as wide as before where that is possible; whole µs. */
export function within({ from, to }: Span, whole: Span): Span {
  const width = Math.min(to - from, whole.to - whole.from);
  const start = Math.round(Math.min(Math.max(from, whole.from), whole.to - width));
  return { from: start, to: start + Math.round(width) };
}
