// biome-ignore-all lint/a11y/useSemanticElements: a table can't be windowed inside a sticky view
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { memo, type ReactNode } from 'react';
import type { LogRow } from '../../shared/log.ts';
import { formatInteger } from '../format/bytes.ts';
import { formatDateTime, formatDelta, formatTime, type TimeMode } from '../format/time.ts';
import { KindIcon } from './KindIcon.tsx';
import { Preview } from './Preview.tsx';

/** A cell of the grid. Plain elements: a table can't be windowed inside a sticky view. */
function Cell({ className, title, children }: { className: string; title?: string | undefined; children?: ReactNode }) {
  return (
    <span role="gridcell" className={className} title={title}>
      {children}
    </span>
  );
}

interface RowProps {
  readonly row: LogRow | undefined;
  readonly position: number;
  readonly id: string;
  readonly selected: boolean;
  readonly timeMode: TimeMode;
  readonly capacity: number;
}

export const Row = memo(function Row({ row, position, id, selected, timeMode, capacity }: RowProps) {
  return (
    <div
      role="row"
      id={id}
      className={`log-row ${row ? row.kind : 'loading'}`}
      aria-rowindex={position + 2}
      aria-selected={selected}
      data-position={position}
    >
      {row ? <Cells row={row} timeMode={timeMode} capacity={capacity} /> : <Skeleton position={position} />}
    </div>
  );
});

function Cells({ row, timeMode, capacity }: { row: LogRow; timeMode: TimeMode; capacity: number }) {
  const fill = capacity > 0 && row.kind === 'message' ? Math.min(1, row.size / capacity) : 0;
  return (
    <>
      <Cell className="c-seq">{formatInteger(row.seq)}</Cell>
      <Cell className="c-time" title={formatDateTime(row.wall, timeMode === 'utc' ? 'utc' : 'local')}>
        {formatTime(row, timeMode)}
      </Cell>
      <Cell className="c-delta">{row.delta === null ? '' : formatDelta(row.delta)}</Cell>
      <Cell className={`c-direction ${row.direction ?? ''}`}>
        {row.direction === 'in' ? '← in' : row.direction === 'out' ? '→ out' : ''}
      </Cell>
      <Cell className="c-kind">
        <KindIcon kind={row.kind} />
        {row.kind}
      </Cell>
      <Cell className="c-size">
        {row.kind === 'message' ? formatInteger(row.size) : ''}
        {fill > 0 && <span className="fill" style={{ transform: `scaleX(${fill})` }} />}
      </Cell>
      <Cell className="c-preview foreign">
        <Preview row={row} />
      </Cell>
    </>
  );
}

/** A row on its way. */
function Skeleton({ position }: { position: number }) {
  return (
    <>
      <Cell className="c-seq" />
      <Cell className="c-time">
        <span className="bone" />
      </Cell>
      <Cell className="c-delta" />
      <Cell className="c-direction" />
      <Cell className="c-kind" />
      <Cell className="c-size" />
      <Cell className="c-preview">
        <span className="bone" style={{ width: `${30 + ((position * 37) % 40)}%` }} />
      </Cell>
    </>
  );
}
