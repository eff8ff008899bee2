// biome-ignore-all lint/a11y/useSemanticElements: a table can't be windowed inside a sticky view
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import { memo } from 'react';
import type { LogRow } from '../../../shared/log.ts';
import { type CellContext, type ColumnName, classOf, columnOf } from './columns.tsx';
import './rows.css';

interface RowProps extends CellContext {
  readonly row: LogRow | undefined;
  readonly position: number;
  readonly id: string;
  readonly selected: boolean;
  /** The focused row. */
  readonly active: boolean;
  /** Names of the columns with commas, so that equal ones are the same. */
  readonly columns: string;
  readonly isReference: boolean;
  /** A change means that more of the fields can be read. */
  readonly fieldsVersion: number;
}

export const Row = memo(function Row(props: RowProps) {
  const { row, position, id, selected, active, columns, isReference } = props;
  const marked = row && (row.mark !== null || row.note !== null);
  return (
    <div
      role="row"
      id={id}
      className={`log-row ${row ? row.kind : 'loading'}${row?.code === 'missed' ? ' missed' : ''}${marked ? ' marked' : ''}${isReference ? ' reference' : ''}`}
      aria-rowindex={position + 2}
      aria-selected={selected}
      data-active={active || undefined}
      data-position={position}
    >
      {(columns.split(',') as ColumnName[]).map((name) => (
        <Cell key={name} name={name} {...props} />
      ))}
    </div>
  );
});

/** Plain elements: a table can't be windowed inside a sticky view. */
function Cell({ name, row, position, ...context }: RowProps & { readonly name: ColumnName }) {
  const column = columnOf(name);
  const look = row && column.look?.(row);
  const width = column.bone?.(position);
  return (
    <span
      role="gridcell"
      data-column={name}
      className={look ? `${classOf(column)} ${look}` : classOf(column)}
      title={row && column.title?.(row, context)}
    >
      {row ? column.cell(row, context) : width && <span className="bone" style={{ width }} />}
    </span>
  );
}
