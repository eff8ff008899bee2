import { type Span, widthOf } from '../range.ts';

/** The spans whose figures can be shown. */
export const SPANS = {
  between: 'Between the cursors',
  shown: 'Shown time',
  whole: 'Entire session',
  before: 'As much time before it',
  after: 'As much time after it',
} as const;
export type SpanName = keyof typeof SPANS;

/** Those that a span can be compared with, unless they are empty. */
export type Spans = Readonly<Partial<Record<SpanName, Span>>>;

/** Session times that exist: none before it began. */
export function ownSpans(between: Span | null, shown: Span, whole: Span): Spans {
  const spans = { ...(between && { between }), shown, whole };
  return within(spans);
}

/** The same, without `span`. */
export function otherSpans(own: Spans, span: Span): Spans {
  const width = widthOf(span);
  const before = { from: span.from - width, to: span.from };
  const after = { from: span.to, to: span.to + width };
  return within({ ...own, before, after });
}

const within = (spans: Spans): Spans =>
  Object.fromEntries(
    Object.entries(spans).flatMap(([name, { from, to }]) => (to > 0 ? [[name, { from: Math.max(0, from), to }]] : [])),
  );
