import { type KeyboardEvent, useEffect, useMemo, useSyncExternalStore } from 'react';
import { useApi } from '../../host/api-context.ts';
import { useRaw } from '../../host/host-store.ts';
import { formatByteCount } from '../../kit/format/bytes.ts';
import { FailureMessage } from '../../kit/trouble/FailureMessage.tsx';
import { pageRows } from '../../kit/virtual/row-window.ts';
import { type ByteSelection, selectionAfter } from '../detail/byte-selection.ts';
import { HexRow, offsetDigits } from '../detail/HexRow.tsx';
import { ROW_HEIGHT, useHexRows } from '../detail/use-hex-rows.ts';
import { InspectorBar } from '../inspector/InspectorBar.tsx';
import { INSPECTED_BYTES } from '../inspector/values.ts';
import { LiveBytes } from './live-bytes.ts';

/** Bytes in a row, by the available width. */
const WIDTHS = [
  { px: 1080, bytes: 32 },
  { px: 580, bytes: 16 },
  { px: 0, bytes: 8 },
] as const;
/** ms between two looks while something changes or fades, and while nothing does. */
const [LOOK_MS, QUIET_MS] = [100, 1000];

interface Props {
  readonly session: number;
  readonly cursor: number;
  readonly setCursor: (cursor: number) => void;
}

/** The current bytes of a section: what has changed since the last look is marked, and fades. */
export function LiveHex({ session, cursor, setCursor }: Props) {
  const size = useRaw(session, ({ extent }) => extent) ?? 0;
  const { scroller, geometry, height, top, range, perRow } = useHexRows(size, cursor, WIDTHS);
  const live = useLiveBytes(session, range.from * perRow, Math.min(size, range.to * perRow));

  const onKeyDown = (event: KeyboardEvent) => {
    const selection: ByteSelection = { anchor: cursor, cursor };
    const next = selectionAfter(selection, event, { size, width: perRow, page: pageRows(geometry) });
    if (!next || event.altKey || event.metaKey) return;
    setCursor(next.cursor);
    event.preventDefault();
  };

  const now = performance.now();
  const classOf = (offset: number) => {
    const step = live.step(offset, now);
    const changed = step === undefined ? undefined : `changed changed-${step}`;
    return offset === cursor ? `cursor ${changed ?? ''}` : changed;
  };
  const digits = offsetDigits(size);
  const rows = [];
  for (let row = range.from; row < range.to; row += 1) {
    const at = row * perRow;
    rows.push(<HexRow key={row - range.from} part={live.read(at, at + perRow)} {...{ at, perRow, digits, classOf }} />);
  }
  if (live.failure) return <FailureMessage title="Couldn't read the section" failure={live.failure} />;
  return (
    <>
      <section
        ref={scroller}
        className="hex-view raw-hex"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={`Section in hex, ${formatByteCount(size)}`}
        aria-describedby="inspector-place-section"
        onKeyDown={onKeyDown}
        onPointerDown={({ target }) => {
          const at = (target as Element).closest<HTMLElement>('[data-at]')?.dataset.at;
          if (at !== undefined) setCursor(Number(at));
        }}
      >
        <div style={{ height }}>
          <div className="hex-window" style={{ height: geometry.view }}>
            <div style={{ transform: `translateY(${range.from * ROW_HEIGHT - top}px)` }}>{rows}</div>
          </div>
        </div>
      </section>
      <InspectorBar
        of="section"
        at={cursor}
        selected={1}
        bytes={live.read(cursor, Math.min(size, cursor + INSPECTED_BYTES))}
      />
    </>
  );
}

/** Looks again when something in the section has changed, and often enough for changes to fade. */
function useLiveBytes(session: number, from: number, to: number): LiveBytes {
  const api = useApi();
  const live = useMemo(() => new LiveBytes(api, session), [api, session]);
  const changed = useRaw(session, (s) => s.changed);
  const isOpen = useRaw(session, (s) => s.state === 'open') ?? false;
  const version = useSyncExternalStore(live.subscribe, () => live.version);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has changed is to be looked at
  useEffect(() => {
    if (isOpen && to > from) live.look(from, to);
  }, [live, isOpen, from, to, changed]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: one look after another
  useEffect(() => {
    if (!isOpen || to <= from) return;
    const timer = setTimeout(() => live.look(from, to), live.isFading ? LOOK_MS : QUIET_MS);
    return () => clearTimeout(timer);
  }, [live, isOpen, from, to, version]);
  return live;
}
