import { type FilterError, highlightFilter, type Span } from '../../../shared/filter/filter.ts';

/** The pieces of a text to colour: {@link highlightFilter}, or the same for another language. */
export type Highlighter = typeof highlightFilter;

interface Piece extends Span {
  readonly kind: string;
  readonly wrong: boolean;
}

/** The text in coloured pieces, none of which is partly wrong. Together they are the whole text. */
export function paintedPieces(text: string, error: Span | null, highlight: Highlighter = highlightFilter): Piece[] {
  const wrong = error && { from: Math.min(error.from, text.length), to: Math.min(Math.max(error.to, 0), text.length) };
  const parts = highlight(text);
  const kindAt = (at: number) => parts.find(({ span }) => span.from <= at && at < span.to)?.kind ?? 'space';
  const cuts = new Set([0, text.length]);
  for (const { span } of parts) cuts.add(span.from).add(span.to);
  if (wrong) cuts.add(wrong.from).add(wrong.to);
  const at = [...cuts].sort((a, b) => a - b);
  return at.slice(1).map((to, i) => {
    const from = at[i] as number;
    return { from, to, kind: kindAt(from), wrong: wrong !== null && wrong.from <= from && to <= wrong.to };
  });
}

/** What lies behind the transparent letters of the input: the same letters, coloured. */
export function FilterPaint({
  text,
  error,
  left,
  highlight,
}: {
  text: string;
  error: FilterError | null;
  left: number;
  highlight: Highlighter;
}) {
  const isAtEnd = error !== null && error.span.from >= text.length;
  return (
    <div className="filter-paint" aria-hidden="true">
      <span style={{ transform: `translateX(${-left}px)` }}>
        {paintedPieces(text, error?.span ?? null, highlight).map(({ from, to, kind, wrong }) => (
          <span key={from} className={wrong ? `f-${kind} f-wrong` : `f-${kind}`}>
            {text.slice(from, to)}
          </span>
        ))}
        {isAtEnd && <span className="f-wrong"> </span>}
      </span>
    </div>
  );
}
