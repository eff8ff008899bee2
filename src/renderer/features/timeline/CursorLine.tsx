import { type KeyboardEvent, type PointerEvent, type RefObject, useRef } from 'react';
import { isCommandHeld } from '../../kit/commands/keys.ts';
import { formatClock } from '../../kit/format/time.ts';
import { useLogViews, zoneOf } from '../../view/view-store.ts';
import { type Cursor, setCursors, useCursors } from './cursor-store.ts';
import { widthOf } from './range.ts';
import type { TimelineView } from './use-timelines.ts';
import { type WallClock, wallAt } from './wall.ts';

interface Props {
  readonly session: number;
  readonly name: Cursor;
  readonly view: TimelineView;
  readonly clock: WallClock;
  readonly place: (mono: number) => string;
  readonly surface: RefObject<HTMLElement | null>;
}

const STEP = 1 / 240;
const COARSE = 10;

/** A cursor, moved by dragging or with arrow keys; with Shift in larger steps. */
export function CursorLine({ session, name, view, clock, place, surface }: Props) {
  const { span, whole } = view;
  const zone = useLogViews(zoneOf);
  const isHeld = useRef(false);
  const at = useCursors(session)[name];
  if (at === null || at < span.from || at > span.to) return null;
  const put = (mono: number) =>
    setCursors(session, { [name]: Math.round(Math.min(whole.to, Math.max(whole.from, mono))) });
  const drag = (event: PointerEvent) => {
    event.stopPropagation();
    const box = surface.current?.getBoundingClientRect();
    if (isHeld.current && box) put(span.from + ((event.clientX - box.left) / box.width) * widthOf(span));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isCommandHeld(event)) return;
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by) put(at + by * STEP * (event.shiftKey ? COARSE : 1) * widthOf(span));
    else if (event.key === 'Delete') setCursors(session, { [name]: null });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const letter = name.toUpperCase();
  return (
    <div
      className="scope-cursor"
      role="slider"
      tabIndex={0}
      aria-label={`Cursor ${letter}`}
      aria-valuemin={whole.from}
      aria-valuemax={whole.to}
      aria-valuenow={at}
      aria-valuetext={formatClock(wallAt(clock, at), zone)}
      style={{ left: place(at) }}
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        isHeld.current = true;
      }}
      onPointerMove={drag}
      onPointerUp={(event) => {
        event.stopPropagation();
        isHeld.current = false;
      }}
      onKeyDown={onKeyDown}
    >
      <b aria-hidden="true">{letter}</b>
    </div>
  );
}
