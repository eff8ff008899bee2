/**
 * The tallest content given to the browser, in px: Chromium limits an element to 33,554,428. Beyond it, scrolling is
 * scaled.
 */
export const MAX_CONTENT = 16_000_000;

/** The geometry of a list of `count` equal rows seen through a view of `view` px. */
export interface Geometry {
  readonly count: number;
  readonly rowHeight: number;
  readonly view: number;
}

/** Which rows are at least partly visible: `from` inclusive, `to` exclusive. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

const fullHeight = (g: Geometry): number => g.count * g.rowHeight;

/** `px` rounded up to whole rows. */
const wholeRows = (g: Geometry, px: number): number => Math.ceil(px / g.rowHeight) * g.rowHeight;

/**
 * Largest offset of the view into the list, in px of the list: at the end the first row is fully visible, and what
 * isn't a whole row stays empty below the last.
 */
export const maxTop = (g: Geometry): number => wholeRows(g, Math.max(0, fullHeight(g) - g.view));

export const clampTop = (g: Geometry, top: number): number => Math.min(Math.max(0, top), maxTop(g));

/** Height in px of the scrolled element. */
export const contentHeight = (g: Geometry): number => Math.min(maxTop(g) + g.view, Math.max(g.view, MAX_CONTENT));

/** px of the list per px of the scrollbar; 1 as long as the content fits into an element. */
export function scaleOf(g: Geometry): number {
  const scrollable = contentHeight(g) - g.view;
  return scrollable <= 0 ? 1 : maxTop(g) / scrollable;
}

export const topOfScroll = (g: Geometry, scrollTop: number): number => clampTop(g, scrollTop * scaleOf(g));

export const scrollOfTop = (g: Geometry, top: number): number => clampTop(g, top) / scaleOf(g);

export function visibleRange(g: Geometry, top: number): Range {
  const from = Math.floor(top / g.rowHeight);
  return { from, to: Math.min(g.count, Math.ceil((top + g.view) / g.rowHeight)) };
}

/** The offset nearest to `top` at which row `index` is fully visible. */
export function topShowing(g: Geometry, top: number, index: number): number {
  const start = index * g.rowHeight;
  if (start < top) return clampTop(g, start);
  const end = start + g.rowHeight - g.view;
  return clampTop(g, end > top ? wholeRows(g, end) : top);
}

/** Whole rows in the view, at least one: what a page key moves by. */
export const pageRows = (g: Geometry): number => Math.max(1, Math.floor(g.view / g.rowHeight) - 1);
