// biome-ignore-all lint/a11y/useSemanticElements: a table can't be windowed inside a sticky view
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { type KeyboardEvent, type MouseEvent, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { rowTarget } from '../virtual/keys.ts';
import { topShowing } from '../virtual/row-window.ts';
import { useRowWindow } from '../virtual/use-row-window.ts';
import { Row } from './Row.tsx';
import type { RowSource } from './row-source.ts';
import {
  clearSelection,
  followEnd,
  rememberTop,
  selectedFetched,
  selectRow,
  stopFollowing,
  useLogView,
  useLogViews,
} from './view-store.ts';

export const ROW_HEIGHT = 22;
const HEADER_HEIGHT = 25;
const COLUMNS = ['#', 'time', 'Δ', 'direction', 'kind', 'size', 'preview'] as const;

interface Props {
  readonly session: number;
  readonly source: RowSource;
  /** Rows that the view reaches. */
  readonly count: number;
  readonly capacity: number;
}

/** The rows in view. The grid has the focus; Up, Down, Page, Home and End move the selection in it, End to follow again. */
export function LogGrid({ session, source, count, capacity }: Props) {
  const view = useLogView(session);
  const timeMode = useLogViews((state) => state.timeMode);
  const following = view.mode === 'follow';
  const end = useRef(count);
  end.current = count;

  const onUserScroll = useCallback(
    (direction: 'up' | 'down') => direction === 'up' && stopFollowing(session, end.current),
    [session],
  );
  const { scroller, geometry, height, top, range, scrollTo } = useRowWindow({
    count,
    rowHeight: ROW_HEIGHT,
    header: HEADER_HEIGHT,
    follow: following,
    initialTop: view.jump.top,
    onUserScroll,
  });

  useLayoutEffect(
    () => source.look({ from: range.from, to: range.to }, following),
    [source, range.from, range.to, following],
  );

  const seen = useRef(top);
  seen.current = top;
  useEffect(() => () => rememberTop(session, seen.current), [session]);
  useEffect(() => scrollTo(view.jump.top), [view.jump, scrollTo]);

  const awaited = view.position !== null && view.row === null ? source.row(view.position) : undefined;
  useEffect(() => {
    if (awaited) selectedFetched(session, awaited);
  }, [awaited, session]);

  const select = (position: number) => {
    selectRow(session, position, source.row(position) ?? null, count);
    scrollTo(topShowing(geometry, top, position));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'End') followEnd(session);
    else if (event.key === 'Escape') clearSelection(session);
    else {
      const idle = following ? count : Math.ceil(top / ROW_HEIGHT) - 1;
      const target = rowTarget(event.key, view.position ?? idle, geometry);
      if (target === undefined) return;
      select(target);
    }
    event.preventDefault();
  };

  const onMouseDown = (event: MouseEvent) => {
    const row = (event.target as Element).closest<HTMLElement>('[data-position]');
    if (row && event.button === 0) select(Number(row.dataset.position));
  };

  const rowId = (position: number) => `log-${session}-${position}`;
  const active = view.position !== null && view.position >= range.from && view.position < range.to;
  const rows = [];
  for (let position = range.from; position < range.to; position += 1) {
    const row = source.row(position);
    rows.push(
      <Row
        key={position - range.from}
        row={row}
        position={position}
        id={rowId(position)}
        selected={row ? row.seq === view.row?.seq : position === view.position}
        timeMode={timeMode}
        capacity={capacity}
      />,
    );
  }

  return (
    <div
      ref={scroller}
      className="log-grid"
      role="grid"
      tabIndex={0}
      aria-label="Log"
      aria-rowcount={count + 1}
      aria-activedescendant={active ? rowId(view.position as number) : undefined}
      onKeyDown={onKeyDown}
      onMouseDown={onMouseDown}
    >
      <div role="rowgroup" className="log-head-group">
        <div role="row" className="log-row log-head" aria-rowindex={1}>
          {COLUMNS.map((name) => (
            <span
              key={name}
              role="columnheader"
              className={`c-${name === '#' ? 'seq' : name === 'Δ' ? 'delta' : name}`}
            >
              {name}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" style={{ height }}>
        <div role="presentation" className="log-view" style={{ height: geometry.view }}>
          <div role="presentation" style={{ transform: `translateY(${range.from * ROW_HEIGHT - top}px)` }}>
            {rows}
          </div>
        </div>
      </div>
    </div>
  );
}
