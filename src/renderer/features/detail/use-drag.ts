import { type PointerEvent, useEffect, useRef } from 'react';

/** ms from one step to the next while the pointer is outside. */
const EVERY_MS = 40;

interface Drag {
  /** px further outside for one more row per step. */
  readonly rowHeight: number;
  /** The drag started, or continued, over a point of the page. */
  readonly reach: (x: number, y: number, extend: boolean) => void;
  /** The pointer is held above (negative) or below the element: this many rows further. */
  readonly step: (rows: number) => void;
}

/** Dragging over a scrolling element: while the pointer is held above or below it, it scrolls by itself. */
export function useDrag(drag: Drag) {
  const latest = useRef(drag);
  latest.current = drag;
  const outside = useRef(0);
  const timer = useRef<ReturnType<typeof setInterval> | undefined>(undefined);
  const stop = () => {
    clearInterval(timer.current);
    timer.current = undefined;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the element goes
  useEffect(() => stop, []);

  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button > 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      latest.current.reach(event.clientX, event.clientY, event.shiftKey);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
      outside.current = rowsOutside(event, latest.current.rowHeight);
      if (outside.current !== 0) timer.current ??= setInterval(() => latest.current.step(outside.current), EVERY_MS);
      else {
        stop();
        latest.current.reach(event.clientX, event.clientY, true);
      }
    },
    onLostPointerCapture: stop,
  };
}

function rowsOutside({ clientY, currentTarget }: PointerEvent<HTMLElement>, rowHeight: number): number {
  const { top, bottom } = currentTarget.getBoundingClientRect();
  if (clientY < top) return -Math.ceil((top - clientY) / rowHeight);
  return clientY > bottom ? Math.ceil((clientY - bottom) / rowHeight) : 0;
}
