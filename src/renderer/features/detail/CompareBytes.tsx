import { Button } from '@fluentui/react-components';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { isCommandHeld } from '../../kit/commands/keys.ts';
import { formatInteger, plural } from '../../kit/format/bytes.ts';
import { hexByte } from '../../kit/format/hex.ts';
import { rowTarget } from '../../kit/virtual/keys.ts';
import { topShowing } from '../../kit/virtual/row-window.ts';
import { useRowWindow } from '../../kit/virtual/use-row-window.ts';
import { byteDifferences, type Difference, isDifferent } from './byte-diff.ts';
import type { Pair } from './compare-pair.ts';
import { ROW_HEIGHT } from './use-hex-rows.ts';

const ROW_BYTES = 8;

/** Both payloads at the same offsets, different bytes marked. */
export function CompareBytes({ pair: { a, b } }: { pair: Pair }) {
  const differences = useMemo(() => byteDifferences(a, b), [a, b]);
  const [current, setCurrent] = useState(-1);
  const count = Math.ceil(Math.max(a.length, b.length) / ROW_BYTES);
  const { scroller, geometry, height, top, range, scrollTo } = useRowWindow({ count, rowHeight: ROW_HEIGHT });
  const differing = differences.reduce((sum, { from, to }) => sum + to - from, 0);

  const go = (step: 1 | -1) => {
    const next = (Math.max(current, step > 0 ? -1 : 0) + step + differences.length) % differences.length;
    const found = differences[next];
    if (!found) return;
    setCurrent(next);
    scrollTo(topShowing(geometry, top, Math.floor(found.from / ROW_BYTES)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isCommandHeld(event)) return;
    const target = rowTarget(event.key, Math.round(top / ROW_HEIGHT), geometry);
    if (target === undefined) return;
    event.preventDefault();
    scrollTo(Math.min(target * ROW_HEIGHT, Math.max(0, count * ROW_HEIGHT - geometry.view)));
  };

  const rows = [];
  for (let row = range.from; row < range.to; row += 1) {
    const at = row * ROW_BYTES;
    rows.push(
      <div key={row - range.from} className="hex-row">
        <span className="hex-offset">{at.toString(16).padStart(4, '0')}</span>
        <Side bytes={a} {...{ at, differences }} current={differences[current]} />
        <Side bytes={b} {...{ at, differences }} current={differences[current]} />
      </div>,
    );
  }
  return (
    <>
      <div className="compare-bar number">
        <Button size="small" disabledFocusable={differences.length === 0} onClick={() => go(-1)}>
          Previous difference
        </Button>
        <Button size="small" disabledFocusable={differences.length === 0} onClick={() => go(1)}>
          Next difference
        </Button>
        <span role="status">
          {differences.length === 0
            ? 'Identical, byte for byte'
            : `${plural(differing, 'byte differs', 'bytes differ')} in ${plural(differences.length, 'place')}`}
          {current >= 0 && `, ${formatInteger(current + 1)} of ${formatInteger(differences.length)}`}
        </span>
      </div>
      <section
        ref={scroller}
        className="hex-view"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label="Bytes of both records"
        onKeyDown={onKeyDown}
      >
        <div style={{ height }}>
          <div className="hex-window" style={{ height: geometry.view, top: 0 }}>
            <div style={{ transform: `translateY(${range.from * ROW_HEIGHT - top}px)` }}>{rows}</div>
          </div>
        </div>
      </section>
    </>
  );
}

interface SideProps {
  readonly bytes: Uint8Array;
  readonly at: number;
  readonly differences: readonly Difference[];
  readonly current: Difference | undefined;
}

function Side({ bytes, at, differences, current }: SideProps) {
  const part = bytes.subarray(at, at + ROW_BYTES);
  const marked = (text: (byte: number) => string) =>
    Array.from(part, (byte, i) => {
      const here = current && at + i >= current.from && at + i < current.to;
      return (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a byte's place is its name
          key={at + i}
          className={here ? 'differs current' : isDifferent(differences, at + i) ? 'differs' : undefined}
        >
          {text(byte)}
        </span>
      );
    });
  return (
    <>
      <span className="compare-hex">{marked((byte) => `${hexByte(byte)} `)}</span>
      <span className="compare-ascii">
        {marked((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'))}
      </span>
    </>
  );
}
