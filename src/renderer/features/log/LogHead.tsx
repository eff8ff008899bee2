// biome-ignore-all lint/a11y/useSemanticElements: a table can't be windowed inside a sticky view
// biome-ignore-all lint/a11y/useFocusableInteractive: the menu of the columns does the same by keyboard
import { type PointerEvent, useState } from 'react';
import { moveFieldColumn, resizeFieldColumn } from '../../view/field-columns.ts';
import { moveColumn, resizeColumn } from './column-store.ts';
import { type ColumnName, classOf, columnOf, pathOfColumn } from './columns.tsx';
import { FieldHeadMenu, type FieldHeadPlace } from './FieldHeadMenu.tsx';
import './head.css';

/** px that the pointer must move before a column is dragged. */
const THRESHOLD = 6;

interface Drag {
  readonly name: ColumnName;
  readonly x: number;
  /** The column that the dragged one would be put in front of; null: at the end; undefined: not dragged yet. */
  readonly before: ColumnName | null | undefined;
}

/** The columns' names. An edge is dragged to resize, a name to reorder; the columns menu does both by keyboard. */
export function LogHead({ session, columns }: { session: number; columns: readonly ColumnName[] }) {
  const [menu, setMenu] = useState<FieldHeadPlace | null>(null);
  const [drag, setDrag] = useState<Drag | null>(null);

  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (!drag || (drag.before === undefined && Math.abs(event.clientX - drag.x) < THRESHOLD)) return;
    const heads = [...(event.currentTarget.parentElement?.children ?? [])];
    const at = heads.findIndex((head) => {
      const { left, width } = head.getBoundingClientRect();
      return event.clientX < left + width / 2;
    });
    setDrag({ ...drag, before: columns[at] ?? null });
  };
  const drop = () => {
    if (drag && drag.before !== undefined) move(session, drag.name, drag.before);
    setDrag(null);
  };

  return (
    <div role="rowgroup" className="log-head-group">
      <div role="row" className="log-row log-head" aria-rowindex={1}>
        {columns.map(columnOf).map(({ name, ...column }) => (
          <span
            key={name}
            role="columnheader"
            className={classOf({ name, ...column })}
            title={column.words}
            data-drop={drag?.before === name || undefined}
            data-dragged={(drag?.name === name && drag.before !== undefined) || undefined}
            onPointerDown={(event) => {
              if (event.button !== 0) return;
              event.currentTarget.setPointerCapture(event.pointerId);
              setDrag({ name, x: event.clientX, before: undefined });
            }}
            onPointerMove={onPointerMove}
            onPointerUp={drop}
            onPointerCancel={() => setDrag(null)}
            onContextMenu={(event) => {
              const path = pathOfColumn(name);
              if (path === undefined) return;
              event.preventDefault();
              setMenu({ x: event.clientX, y: event.clientY, path });
            }}
          >
            <span className="head-words">{column.head}</span>
            {column.width !== null && <Edge resize={(width) => resize(session, name, width)} />}
          </span>
        ))}
      </div>
      {menu && <FieldHeadMenu session={session} place={menu} close={() => setMenu(null)} />}
    </div>
  );
}

/** A field stays among the fields. */
function move(session: number, name: ColumnName, before: ColumnName | null): void {
  const path = pathOfColumn(name);
  if (path === undefined) moveColumn(name, before !== null && pathOfColumn(before) !== undefined ? 'preview' : before);
  else moveFieldColumn(session, path, (before !== null && pathOfColumn(before)) || null);
}

function resize(session: number, name: ColumnName, width: number): void {
  const path = pathOfColumn(name);
  if (path === undefined) resizeColumn(name, width);
  else resizeFieldColumn(session, path, width);
}

function Edge({ resize }: { resize: (width: number) => void }) {
  const [dragStart, setDragStart] = useState<{ readonly x: number; readonly width: number } | null>(null);
  return (
    <span
      className="column-edge"
      aria-hidden="true"
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        const width = event.currentTarget.parentElement?.getBoundingClientRect().width ?? 0;
        setDragStart({ x: event.clientX, width });
      }}
      onPointerMove={(event) => {
        event.stopPropagation();
        if (dragStart) resize(dragStart.width + event.clientX - dragStart.x);
      }}
      onPointerUp={(event) => {
        event.stopPropagation();
        setDragStart(null);
      }}
      onPointerCancel={() => setDragStart(null)}
    />
  );
}
