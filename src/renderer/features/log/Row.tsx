// biome-ignore-all lint/a11y/useSemanticElements: a table can't be windowed inside a sticky view
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { memo, type ReactNode } from 'react';
import type { FindNeedle } from '../../../shared/find.ts';
import type { LogRow, Run } from '../../../shared/log.ts';
import type { EncodingChoice } from '../../../shared/text/encodings.ts';
import { formatInteger } from '../../kit/format/bytes.ts';
import { runAction, runWords, timesWords } from '../../kit/format/run-words.ts';
import { formatDateTime, formatDelta, formatSpan, formatTime, type TimeMode } from '../../kit/format/time.ts';
import { Preview } from '../../view/Preview.tsx';
import type { ColumnName } from './columns.ts';
import { KindIcon } from './KindIcon.tsx';
import { MarkFlag } from './MarkFlag.tsx';
import './rows.css';

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
  /** The one that the keyboard is at. */
  readonly active: boolean;
  /** Names of the columns with commas, so that equal ones are the same. */
  readonly columns: string;
  readonly timeMode: TimeMode;
  /** What the time counts from, in µs since the session began, in the modes that need it. */
  readonly from: number | null;
  readonly isReference: boolean;
  /** µs after the record before that this one answers; null where it doesn't. */
  readonly replied: number | null;
  readonly capacity: number;
  /** How payloads are read. */
  readonly encoding: EncodingChoice;
  readonly needle: FindNeedle | null;
}

export const Row = memo(function Row(props: RowProps) {
  const { row, position, id, selected, active, columns, isReference } = props;
  const marked = row && (row.mark !== null || row.note !== null);
  const names = columns.split(',') as ColumnName[];
  return (
    <div
      role="row"
      id={id}
      className={`log-row ${row ? row.kind : 'loading'}${marked ? ' marked' : ''}${isReference ? ' reference' : ''}`}
      aria-rowindex={position + 2}
      aria-selected={selected}
      data-active={active || undefined}
      data-position={position}
    >
      {row
        ? names.map((name) => <Value key={name} name={name} {...props} row={row} />)
        : names.map((name) => <Bone key={name} name={name} position={position} />)}
    </div>
  );
});

function Value({ name, row, ...props }: RowProps & { name: ColumnName; row: LogRow }) {
  const { timeMode, from, replied, capacity, encoding, needle } = props;
  switch (name) {
    case 'seq':
      return <Cell className="c-seq">{formatInteger(row.seq)}</Cell>;
    case 'time':
      return (
        <Cell className="c-time" title={formatDateTime(row.wall, timeMode === 'utc' ? 'utc' : 'local')}>
          {formatTime(row, timeMode, from)}
        </Cell>
      );
    case 'delta':
      return <Cell className="c-delta">{row.delta === null ? '' : formatDelta(row.delta)}</Cell>;
    case 'direction':
      return (
        <Cell className={`c-direction ${row.direction ?? ''}`}>
          {row.direction === 'in' ? '← in' : row.direction === 'out' ? '→ out' : ''}
        </Cell>
      );
    case 'kind':
      return (
        <Cell className="c-kind">
          <KindIcon kind={row.kind} />
          {row.kind}
          {row.count > 1 && <Times row={row} />}
        </Cell>
      );
    case 'size':
      return <Size row={row} capacity={capacity} />;
    case 'reply':
      return (
        <Cell className="c-reply">
          {replied === null ? '' : `↩ #${formatInteger(row.seq - 1)} · ${formatSpan(replied)}`}
        </Cell>
      );
    case 'unread':
      return <Cell className="c-unread">{row.unreadMicros === null ? '' : formatSpan(row.unreadMicros)}</Cell>;
    case 'preview':
      return (
        <Cell className="c-preview foreign">
          <MarkFlag row={row} />
          {row.run && <FoldToggle row={row} run={row.run} />}
          {row.run?.until && row.kind === 'timeout' ? runWords(row) : <Preview {...{ row, encoding, needle }} />}
        </Cell>
      );
  }
}

function Times({ row }: { row: LogRow }) {
  const what = row.kind === 'timeout' ? 'timeouts, one after another' : 'times, one after another';
  return (
    <span className="times" title={`${formatInteger(row.count)} ${what}`}>
      {' '}
      {timesWords(row.count)}
    </span>
  );
}

/** Unfolds or folds with a click; by keyboard the arrows to the right and left do. */
function FoldToggle({ row, run }: { row: LogRow; run: Run }) {
  if (!run.until && row.seq !== run.first) return <span className="fold-line" />;
  return (
    <button
      type="button"
      className="fold-toggle"
      tabIndex={-1}
      aria-label={runAction(row, run)}
      title={`${runAction(row, run)} (${run.until ? '→' : '←'} or double click)`}
    >
      <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
        <path d={run.until ? 'M3.5 1.5 7 5 3.5 8.5' : 'M1.5 3.5 5 7 8.5 3.5'} />
      </svg>
    </button>
  );
}

function Size({ row, capacity }: { row: LogRow; capacity: number }) {
  const fill = capacity > 0 && row.kind === 'message' ? Math.min(1, row.size / capacity) : 0;
  return (
    <Cell className="c-size">
      {row.kind === 'message' ? formatInteger(row.size) : ''}
      {fill > 0 && <span className="fill" style={{ transform: `scaleX(${fill})` }} />}
    </Cell>
  );
}

/** A cell of a row on its way. */
function Bone({ name, position }: { name: ColumnName; position: number }) {
  const isDrawn = name === 'time' || name === 'preview';
  const width = name === 'preview' ? `${30 + ((position * 37) % 40)}%` : undefined;
  return <Cell className={`c-${name}`}>{isDrawn && <span className="bone" style={{ width }} />}</Cell>;
}
