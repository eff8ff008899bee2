// biome-ignore-all lint/a11y/useSemanticElements: a table can't be windowed inside a sticky view
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import type { FindNeedle } from '../../../shared/find.ts';
import type { LogRow } from '../../../shared/log.ts';
import { useEncoding } from '../../kit/encoding/channel-encodings.ts';
import { type Geometry, topShowing } from '../../kit/virtual/row-window.ts';
import { useRowWindow } from '../../kit/virtual/use-row-window.ts';
import { useFieldColumns } from '../../view/field-columns.ts';
import { includes } from '../../view/ranges.ts';
import type { Reach } from '../../view/source-state.ts';
import { rememberTop, selectedFetched, stopFollowing, useLogView, useLogViews } from '../../view/view-store.ts';
import { templateOf, useColumns, withFields } from './column-store.ts';
import { LogHead } from './LogHead.tsx';
import { Row } from './Row.tsx';
import type { MenuPlace } from './RowMenu.tsx';
import type { RowSource } from './row-source.ts';
import { useFieldCells } from './use-field-cells.ts';
import { useGridInput } from './use-grid-input.ts';

export const ROW_HEIGHT = 22;
const HEADER_HEIGHT = 25;
const HEIGHTS = { '--row-height': `${ROW_HEIGHT}px`, '--head-height': `${HEADER_HEIGHT}px` };
/** Rows of context above one that was jumped to. */
const CONTEXT = 3;

interface Props {
  readonly session: number;
  readonly source: RowSource;
  /** Rows that the view reaches. */
  readonly count: number;
  readonly capacity: number;
  readonly grid: RefObject<HTMLDivElement | null>;
  /** What is highlighted in previews. */
  readonly needle: FindNeedle | null;
  readonly openMenu: (place: MenuPlace) => void;
  readonly copy: () => void;
  /** How far the log is shown at this moment. */
  readonly reach: () => Reach;
  /** Receives how many px of the list are above the view. */
  readonly viewTop: RefObject<number>;
}

/**
 * The rows in view. The grid has the focus; Up, Down, Page, Home and End move the selection in it, with Shift they
 * extend it, End follows again, Right and Left expand and fold timeouts.
 */
export function LogGrid(props: Props) {
  const { session, source, count, capacity, grid, needle, openMenu, copy, reach, viewTop } = props;
  const view = useLogView(session);
  const timeMode = useLogViews((state) => state.timeMode);
  const encoding = useEncoding(session);
  const layout = useColumns();
  const fieldColumns = useFieldColumns(session);
  const columns = withFields(layout, fieldColumns);
  const [fields, fieldsVersion] = useFieldCells(session, fieldColumns.length > 0);
  const following = view.mode === 'follow';

  const onUserScroll = useCallback(
    (direction: 'up' | 'down') => direction === 'up' && stopFollowing(session, reach()),
    [session, reach],
  );
  const { jump } = view;
  const { scroller, geometry, height, top, range, scrollTo } = useRowWindow({
    count,
    rowHeight: ROW_HEIGHT,
    header: HEADER_HEIGHT,
    follow: following,
    initialTop: 'top' in jump ? jump.top : Math.max(0, (jump.position - CONTEXT) * ROW_HEIGHT),
    onUserScroll,
  });

  useLayoutEffect(
    () => source.look({ from: range.from, to: range.to }, following),
    [source, range.from, range.to, following],
  );

  const seen = useRef({ top, geometry });
  seen.current = { top, geometry };
  viewTop.current = top;
  useEffect(() => () => rememberTop(session, seen.current.top), [session]);
  useEffect(() => {
    const { geometry, top } = seen.current;
    scrollTo('top' in jump ? jump.top : topRevealing(geometry, top, jump.position));
  }, [jump, scrollTo]);

  const fetched = view.position === null ? undefined : source.row(view.position);
  const isNews =
    fetched && (view.row === null || (view.row.seq === fetched.seq && isOther(view.row, fetched))) ? fetched : null;
  useEffect(() => {
    if (isNews) selectedFetched(session, isNews);
  }, [isNews, session]);

  const reveal = (position: number) => scrollTo(topShowing(geometry, top, position));
  const idle = following ? count : Math.ceil(top / ROW_HEIGHT) - 1;
  const input = useGridInput({ session, source, count, reach, geometry, idle, reveal, openMenu, copy });

  const rowId = (position: number) => `log-${session}-${position}`;
  const active = view.position !== null && view.position >= range.from && view.position < range.to;
  const rows = [];
  for (let position = range.from; position < range.to; position += 1) {
    const row = source.row(position);
    const before = position > 0 ? source.row(position - 1) : undefined;
    const isSelected = view.picked.length > 0 ? includes(view.picked, position) : row?.seq === view.row?.seq;
    rows.push(
      <Row
        key={position - range.from}
        row={row}
        position={position}
        id={rowId(position)}
        selected={isSelected && (row !== undefined || position === view.position)}
        active={position === view.position}
        columns={columns.join()}
        timeMode={timeMode}
        from={(timeMode === 'marked' ? view.reference?.mono : (before?.run?.until ?? before)?.mono) ?? null}
        isReference={row !== undefined && row.seq === view.reference?.seq}
        capacity={capacity}
        encoding={encoding}
        needle={needle}
        fields={fields}
        fieldsVersion={fieldsVersion}
      />,
    );
  }

  const setElement = useCallback(
    (element: HTMLDivElement | null) => {
      scroller.current = element;
      grid.current = element;
    },
    [scroller, grid],
  );

  return (
    <div
      ref={setElement}
      className="log-grid"
      role="grid"
      tabIndex={0}
      aria-label="Log"
      aria-multiselectable="true"
      aria-rowcount={count + 1}
      aria-activedescendant={active ? rowId(view.position as number) : undefined}
      style={{ ...HEIGHTS, '--columns': templateOf(layout, fieldColumns) } as React.CSSProperties}
      {...input}
    >
      <LogHead session={session} columns={columns} />
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

/** The same row with another mark, or it stands for more. */
const isOther = (a: LogRow, b: LogRow) =>
  a.mark !== b.mark ||
  a.note !== b.note ||
  a.count !== b.count ||
  a.run?.last !== b.run?.last ||
  (a.run?.until === null) !== (b.run?.until === null);

/** Where the row appears: unchanged if it is in view, else a few rows below the top. */
function topRevealing(geometry: Geometry, top: number, position: number): number {
  if (topShowing(geometry, top, position) === top) return top;
  return Math.max(0, (position - CONTEXT) * ROW_HEIGHT);
}
