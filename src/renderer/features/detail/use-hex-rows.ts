import { useEffect, useLayoutEffect, useState } from 'react';
import { topShowing } from '../../kit/virtual/row-window.ts';
import { type RowWindow, useRowWindow } from '../../kit/virtual/use-row-window.ts';

export const ROW_HEIGHT = 19;
const PADDING = 8;

/** How many bytes a row has if there are at least `px`; the widest first, and one for any width last. */
type RowWidths = readonly { readonly px: number; readonly bytes: number }[];

interface HexRows extends Omit<RowWindow, 'scrollTo'> {
  readonly perRow: number;
}

/** Rows of bytes: as many per row as there is room for, the rows in view, and the cursor's among them. */
export function useHexRows(size: number, cursor: number, widths: RowWidths): HexRows {
  const [perRow, setPerRow] = useState(16);
  const { scrollTo, ...rows } = useRowWindow({
    count: Math.ceil(size / perRow),
    rowHeight: ROW_HEIGHT,
    header: 2 * PADDING,
  });
  const { scroller, geometry, height, top } = rows;

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const choose = () => setPerRow(widths.find(({ px }) => element.clientWidth >= px)?.bytes ?? 8);
    const observer = new ResizeObserver(choose);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, widths]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the cursor moves; scrolling leaves it behind
  useEffect(() => {
    if (geometry.view > 0) scrollTo(topShowing(geometry, top, Math.floor(cursor / perRow)));
  }, [cursor, perRow, geometry.view > 0]);
  return { ...rows, height: height + 2 * PADDING, perRow };
}
