import type { KeyboardEvent, MouseEvent } from 'react';
import { isCommandHeld, isPress } from '../../kit/commands/keys.ts';
import { rowTarget } from '../../kit/virtual/keys.ts';
import type { Geometry } from '../../kit/virtual/row-window.ts';
import { includes } from '../../view/ranges.ts';
import type { Reach } from '../../view/source-state.ts';
import {
  clearSelection,
  followEnd,
  selectAll,
  selectAlso,
  selectRow,
  selectTo,
  togglePause,
  viewOf,
} from '../../view/view-store.ts';
import type { ColumnName } from './columns.tsx';
import type { MenuPlace } from './RowMenu.tsx';
import type { RowSource } from './row-source.ts';
import { fold, toggleRun, unfold } from './runs.ts';

interface GridInput {
  readonly session: number;
  readonly source: RowSource;
  readonly count: number;
  readonly reach: () => Reach;
  readonly geometry: Geometry;
  /** Where the keys start if no row is selected. */
  readonly idle: number;
  readonly reveal: (position: number) => void;
  readonly openMenu: (place: MenuPlace) => void;
  readonly copy: () => void;
}

const cellOf = (target: EventTarget) => {
  const element = target as Element;
  const row = element.closest<HTMLElement>('[data-position]');
  if (!row) return null;
  const column = element.closest<HTMLElement>('[data-column]')?.dataset.column as ColumnName | undefined;
  return { position: Number(row.dataset.position), column: column ?? null };
};

/** What keys and the mouse do in the log's grid. */
export function useGridInput(input: GridInput) {
  const { session, source, count, reach, geometry, idle, reveal, openMenu, copy } = input;
  const at = (position: number) => [session, position, source.row(position) ?? null, reach()] as const;

  const move = (event: KeyboardEvent): boolean => {
    const target = rowTarget(event.key, viewOf(session).position ?? idle, geometry);
    if (target === undefined) return false;
    if (event.shiftKey) selectTo(...at(target));
    else selectRow(...at(target));
    reveal(target);
    return true;
  };

  const toggle = (key: string): boolean =>
    (key === 'ArrowRight' && unfold(session, reach())) || (key === 'ArrowLeft' && fold(session, reach()));

  const menuAtRow = (element: Element) => {
    const { position } = viewOf(session);
    if (position === null) return;
    const active = element.querySelector(`[data-position="${position}"]`);
    const box = (active ?? element).getBoundingClientRect();
    openMenu({ x: box.left + 120, y: box.top + (active ? box.height : 60), column: null });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    if (isPress('Ctrl+A', event)) selectAll(session, count);
    else if (isPress('Ctrl+C', event) && viewOf(session).picked.length > 0) copy();
    else if (isCommandHeld(event)) return;
    else if (event.key === 'ContextMenu' || isPress('Shift+F10', event)) menuAtRow(event.currentTarget);
    else if (isPress('End', event)) followEnd(session);
    else if (isPress('Space', event)) togglePause(session, reach());
    else if (isPress('Escape', event)) clearSelection(session);
    else if (!(toggle(event.key) || move(event))) return;
    event.preventDefault();
  };

  const onMouseDown = (event: MouseEvent) => {
    const cell = cellOf(event.target);
    if (!cell) return;
    const isPicked = includes(viewOf(session).picked, cell.position);
    if (event.button === 2 && isPicked) return;
    if (event.button !== 0 && event.button !== 2) return;
    if (event.shiftKey) selectTo(...at(cell.position));
    else if (event.ctrlKey && event.button === 0) selectAlso(...at(cell.position));
    else selectRow(...at(cell.position));
    if (event.shiftKey || event.ctrlKey) event.preventDefault();
    reveal(cell.position);
    (event.currentTarget as HTMLElement).focus();
  };

  const onContextMenu = (event: MouseEvent) => {
    const cell = cellOf(event.target);
    // The keyboard's own menu event has already come as a key.
    if (!cell || event.button !== 2) return event.preventDefault();
    event.preventDefault();
    openMenu({ x: event.clientX, y: event.clientY, column: cell.column });
  };

  const isToggle = (target: EventTarget) => (target as Element).closest('.fold-toggle') !== null;
  const onClick = (event: MouseEvent) => isToggle(event.target) && toggleRun(session, reach());
  const onDoubleClick = (event: MouseEvent) =>
    cellOf(event.target) && !isToggle(event.target) && toggleRun(session, reach());

  return { onKeyDown, onMouseDown, onContextMenu, onClick, onDoubleClick };
}
