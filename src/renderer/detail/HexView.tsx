import type { KeyboardEvent } from 'react';
import { formatByteCount } from '../format/bytes.ts';
import { asciiColumn, formatHex } from '../format/hex.ts';
import { rowTarget } from '../virtual/keys.ts';
import { useRowWindow } from '../virtual/use-row-window.ts';
import type { PayloadSource } from './payload-source.ts';
import { useBytes } from './use-payload.ts';

const ROW_BYTES = 16;
const ROW_HEIGHT = 19;
const PADDING = 8;

/** Offset, sixteen bytes, ASCII: rows in view only. */
export function HexView({ source }: { source: PayloadSource }) {
  const count = Math.ceil(source.size / ROW_BYTES);
  const { scroller, geometry, height, top, range, scrollTo } = useRowWindow({
    count,
    rowHeight: ROW_HEIGHT,
    header: 2 * PADDING,
  });
  const start = range.from * ROW_BYTES;
  const bytes = useBytes(source, start, range.to * ROW_BYTES);
  const digits = Math.max(4, (source.size - 1).toString(16).length);

  const onKeyDown = (event: KeyboardEvent) => {
    const target = rowTarget(event.key, Math.round(top / ROW_HEIGHT), geometry);
    if (target === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    scrollTo(Math.min(target * ROW_HEIGHT, Math.max(0, count * ROW_HEIGHT - geometry.view)));
  };

  const rows = [];
  for (let row = range.from; row < range.to; row += 1) {
    const part = bytes?.subarray((row - range.from) * ROW_BYTES, (row - range.from + 1) * ROW_BYTES);
    rows.push(
      <div key={row - range.from} className="hex-row">
        <span className="hex-offset">{(row * ROW_BYTES).toString(16).padStart(digits, '0')}</span>
        {part ? (
          <>
            <span className="hex-bytes">{formatHex(part)}</span>
            <span className="hex-ascii">{asciiColumn(part)}</span>
          </>
        ) : (
          <span className="bone" />
        )}
      </div>,
    );
  }

  return (
    <section
      ref={scroller}
      className="hex-view"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={`Bytes in hex, ${formatByteCount(source.size)}`}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: height + 2 * PADDING }}>
        <div className="hex-window" style={{ height: geometry.view }}>
          <div style={{ transform: `translateY(${range.from * ROW_HEIGHT - top}px)` }}>{rows}</div>
        </div>
      </div>
    </section>
  );
}
