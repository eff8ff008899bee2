import type { KeyboardEvent } from 'react';
import { isPress } from '../../kit/commands/keys.ts';
import { formatByteCount } from '../../kit/format/bytes.ts';
import { pageRows } from '../../kit/virtual/row-window.ts';
import type { PayloadSource } from '../../view/payload-source.ts';
import { type ByteSelection, rangeOf, selectionAfter } from './byte-selection.ts';
import { HexRow, offsetDigits } from './HexRow.tsx';
import { useDrag } from './use-drag.ts';
import { ROW_HEIGHT, useHexRows } from './use-hex-rows.ts';
import { useBytes } from './use-payload.ts';

/** Bytes in a row, by the available width. */
const WIDTHS = [
  { px: 580, bytes: 16 },
  { px: 0, bytes: 8 },
] as const;

interface Props {
  readonly source: PayloadSource;
  readonly selection: ByteSelection;
  readonly select: (selection: ByteSelection) => void;
  readonly copy: () => void;
}

/** Offset, sixteen bytes, ASCII: only the rows in view. A selection shows on both sides. */
export function HexView({ source, selection, select, copy }: Props) {
  const { cursor } = selection;
  const { scroller, geometry, height, top, range, perRow } = useHexRows(source.size, cursor, WIDTHS);
  const bytes = useBytes(source, range.from * perRow, range.to * perRow);
  const digits = offsetDigits(source.size);

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
      <div style={{ height }}>
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
