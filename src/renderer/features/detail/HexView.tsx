import { type KeyboardEvent, useEffect, useLayoutEffect, useState } from 'react';
import { isPress } from '../../kit/commands/keys.ts';
import { formatByteCount } from '../../kit/format/bytes.ts';
import { pageRows, topShowing } from '../../kit/virtual/row-window.ts';
import { useRowWindow } from '../../kit/virtual/use-row-window.ts';
import type { PayloadSource } from '../../view/payload-source.ts';
import { type ByteSelection, rangeOf, selectionAfter } from './byte-selection.ts';
import { HexRow, offsetDigits } from './HexRow.tsx';
import { useDrag } from './use-drag.ts';
import { useBytes } from './use-payload.ts';

/** Bytes in a row, in a view of that width and in a narrow one. */
const [WIDE, NARROW] = [16, 8];
/** px that a wide row needs. */
const WIDE_PX = 580;
export const ROW_HEIGHT = 19;
const PADDING = 8;

interface Props {
  readonly source: PayloadSource;
  readonly selection: ByteSelection;
  readonly select: (selection: ByteSelection) => void;
  readonly copy: () => void;
}

/** Offset, sixteen bytes, ASCII: rows in view only. What is selected is so on both sides. */
export function HexView({ source, selection, select, copy }: Props) {
  const [perRow, setPerRow] = useState(WIDE);
  const count = Math.ceil(source.size / perRow);
  const { scroller, geometry, height, top, range, scrollTo } = useRowWindow({
    count,
    rowHeight: ROW_HEIGHT,
    header: 2 * PADDING,
  });
  const bytes = useBytes(source, range.from * perRow, range.to * perRow);
  const digits = offsetDigits(source.size);
  const { cursor } = selection;

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setPerRow(element.clientWidth < WIDE_PX ? NARROW : WIDE));
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the cursor moves; scrolling leaves it behind
  useEffect(() => {
    if (geometry.view > 0) scrollTo(topShowing(geometry, top, Math.floor(cursor / perRow)));
  }, [cursor, perRow, geometry.view > 0]);

  const onKeyDown = (event: KeyboardEvent) => {
    const next = isPress('Ctrl+A', event)
      ? { anchor: 0, cursor: source.size - 1 }
      : selectionAfter(selection, event, { size: source.size, width: perRow, page: pageRows(geometry) });
    if (isPress('Ctrl+C', event)) copy();
    else if (next && !event.altKey && !event.metaKey) select(next);
    else return;
    event.preventDefault();
  };
  const drag = useDrag({
    rowHeight: ROW_HEIGHT,
    reach: (x, y, extend) => {
      const at = offsetAt(x, y);
      if (at === undefined || (extend && at === cursor)) return;
      select({ anchor: extend ? selection.anchor : at, cursor: at });
    },
    step: (rows) => {
      const key = { key: rows < 0 ? 'PageUp' : 'PageDown', shiftKey: true, ctrlKey: false };
      const next = selectionAfter(selection, key, { size: source.size, width: perRow, page: Math.abs(rows) });
      if (next) select(next);
    },
  });

  const { from, to } = rangeOf(selection);
  const classOf = (offset: number) =>
    offset === cursor ? 'cursor' : offset >= from && offset < to ? 'selected' : undefined;
  const rows = [];
  for (let row = range.from; row < range.to; row += 1) {
    const at = row * perRow;
    const part = bytes?.subarray(at - range.from * perRow, at - range.from * perRow + perRow);
    rows.push(<HexRow key={row - range.from} {...{ part, at, perRow, digits, classOf }} />);
  }

  return (
    <section
      ref={scroller}
      className="hex-view"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={`Bytes in hex, ${formatByteCount(source.size)}`}
      aria-describedby="inspector-place"
      onKeyDown={onKeyDown}
      {...drag}
    >
      <div style={{ height: height + 2 * PADDING }}>
        <div className="hex-window" style={{ height: geometry.view }}>
          <div style={{ transform: `translateY(${range.from * ROW_HEIGHT - top}px)` }}>{rows}</div>
        </div>
      </div>
    </section>
  );
}

function offsetAt(x: number, y: number): number | undefined {
  const at = document.elementFromPoint(x, y)?.closest<HTMLElement>('.hex-view [data-at]')?.dataset.at;
  return at === undefined ? undefined : Number(at);
}
