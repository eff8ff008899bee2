import { type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import { between, moved, type Span, widthOf } from './range.ts';
import type { TimelineView } from './use-timelines.ts';

/** What the pointer does; times in µs since the shown session began. */
export interface PointerGoals {
  readonly hover: (mono: number | null) => void;
  /** `y` in px of the window. */
  readonly click: (mono: number, y: number) => void;
  /** A span is being drawn; null: no longer. */
  readonly selecting: (span: Span | null) => void;
  readonly select: (span: Span) => void;
  readonly measure: (from: number, to: number) => void;
  readonly move: (span: Span) => void;
  readonly zoom: (factor: number, at: number) => void;
}

interface Drag {
  readonly does: 'select' | 'measure' | 'move';
  readonly x: number;
  readonly from: number;
  readonly span: Span;
}

/** px that the pointer may move during a click. */
const STILL = 5;
const MIDDLE = 1;
/** How much a px of the wheel zooms: 100 of them by a third. */
const ZOOM = 0.003;
/** The most px of one wheel event that count. */
const MOST_WHEEL = 240;

/**
 * Drag selects, with Ctrl it measures, with Shift or the middle button it moves; the wheel zooms, with Shift it moves.
 */
export function usePointer(
  surface: RefObject<HTMLElement | null>,
  view: TimelineView,
  width: number,
  goals: PointerGoals,
) {
  const drag = useRef<Drag | null>(null);
  const latest = useRef({ view, width, goals });
  latest.current = { view, width, goals };
  const monoAt = (clientX: number) => {
    const left = surface.current?.getBoundingClientRect().left ?? 0;
    return view.span.from + ((clientX - left) / Math.max(1, width)) * widthOf(view.span);
  };

  useEffect(() => {
    const element = surface.current;
    // React's own listeners can't prevent the page from scrolling.
    const onWheel = (event: WheelEvent) => wheel(event, latest.current);
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [surface]);

  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button > MIDDLE) return;
      if (event.button === MIDDLE) event.preventDefault();
      event.currentTarget.setPointerCapture(event.pointerId);
      const does = doing(event);
      drag.current = { does, x: event.clientX, from: monoAt(event.clientX), span: view.span };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const now = monoAt(event.clientX);
      goals.hover(Math.min(view.span.to, Math.max(view.span.from, now)));
      const { current: began } = drag;
      if (began && !isStill(began, event)) dragged(began, now, event.clientX - began.x, latest.current);
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      const began = drag.current;
      drag.current = null;
      goals.selecting(null);
      if (!began) return;
      if (isStill(began, event)) {
        if (began.does === 'select') goals.click(began.from, event.clientY);
      } else if (began.does === 'select') goals.select(clipped(between(began.from, monoAt(event.clientX)), view.span));
    },
    onPointerCancel: () => {
      drag.current = null;
      goals.selecting(null);
    },
    onPointerLeave: () => drag.current || goals.hover(null),
  };
}

const isStill = ({ x }: Drag, event: PointerEvent) => Math.abs(event.clientX - x) < STILL;

function doing(event: PointerEvent): Drag['does'] {
  if (event.button === MIDDLE || event.shiftKey) return 'move';
  return event.ctrlKey || event.metaKey ? 'measure' : 'select';
}

const clipped = (span: Span, shown: Span): Span =>
  between(Math.max(span.from, shown.from), Math.min(span.to, shown.to));

type Latest = { readonly view: TimelineView; readonly width: number; readonly goals: PointerGoals };

function dragged({ does, from, span }: Drag, now: number, px: number, { view, width, goals }: Latest): void {
  if (does === 'select') goals.selecting(clipped(between(from, now), view.span));
  else if (does === 'measure') goals.measure(Math.round(from), Math.round(now));
  else goals.move(moved(span, view.whole, -px / Math.max(1, width)));
}

function wheel(event: WheelEvent, { view, width, goals }: Latest): void {
  event.preventDefault();
  const { span, whole } = view;
  const sideways = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX;
  if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))
    goals.move(moved(span, whole, sideways / Math.max(1, width)));
  else zoom(event, span, width, goals);
}

function zoom(event: WheelEvent, span: Span, width: number, goals: PointerGoals): void {
  const bounded = Math.min(MOST_WHEEL, Math.max(-MOST_WHEEL, event.deltaY));
  goals.zoom(Math.exp(bounded * ZOOM), span.from + (event.offsetX / Math.max(1, width)) * widthOf(span));
}
