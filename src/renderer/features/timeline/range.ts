/** A span of a session in µs since it began; `to` is not included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The narrowest span worth looking at: times are exact to the microsecond. */
const NARROWEST = 100;

export const widthOf = ({ from, to }: Span): number => to - from;

/** `span` made `factor` times as wide around `at`, within `whole`; null if it covers all of it. */
export function zoomed(span: Span, whole: Span, at: number, factor: number): Span | null {
  const width = Math.max(NARROWEST, widthOf(span) * factor);
  if (width >= widthOf(whole)) return null;
  const left = (at - span.from) / widthOf(span);
  return within({ from: at - left * width, to: at + (1 - left) * width }, whole);
}

/** `span` moved by `share` of its width, within `whole`. */
export function moved(span: Span, whole: Span, share: number): Span {
  const by = widthOf(span) * share;
  return within({ from: span.from + by, to: span.to + by }, whole);
}

/** `span` pushed into `whole`, keeping its width if possible; whole µs. */
export function within(span: Span, whole: Span): Span {
  const width = Math.round(Math.min(widthOf(span), widthOf(whole)));
  const start = Math.round(Math.min(Math.max(span.from, whole.from), whole.to - width));
  return { from: start, to: start + width };
}

/** The two in order; at least a microsecond apart. */
export function between(a: number, b: number): Span {
  const from = Math.round(Math.min(a, b));
  return { from, to: Math.max(from + 1, Math.round(Math.max(a, b))) };
}
