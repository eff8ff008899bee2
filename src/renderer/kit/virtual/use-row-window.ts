import { type RefObject, useCallback, useEffect, useLayoutEffect, useReducer, useRef, useState } from 'react';
import {
  clampTop,
  contentHeight,
  type Geometry,
  maxTop,
  type Range,
  scaleOf,
  scrollOfTop,
  topOfScroll,
  visibleRange,
} from './row-window.ts';

export interface RowWindow {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly geometry: Geometry;
  /** Height of the scrolled content, in px. */
  readonly height: number;
  /** Offset into the list, in px of the list. */
  readonly top: number;
  readonly range: Range;
  readonly scrollTo: (top: number) => void;
}

interface Options {
  readonly count: number;
  readonly rowHeight: number;
  /** px of the scroller that a sticky header takes. */
  readonly header?: number;
  /** Keeps the end in view. */
  readonly follow?: boolean;
  readonly initialTop?: number;
  /** The user scrolled, by whatever means. */
  readonly onUserScroll?: (direction: 'up' | 'down') => void;
}

/**
 * Windows a list of any length by index: its cost depends only on the rows in view. The content is a sticky view inside
 * a spacer, so nothing blank is ever scrolled into sight; past {@link MAX_CONTENT} the spacer is scaled and the wheel
 * isn't.
 */
export function useRowWindow({
  count,
  rowHeight,
  header = 0,
  follow = false,
  initialTop = 0,
  onUserScroll,
}: Options): RowWindow {
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState(0);
  const [, render] = useReducer((n: number) => n + 1, 0);
  /** Kept while following too, so that the view stays where it is when following stops. */
  const offset = useRef(initialTop);
  /** What the scroller was last set to: any other offset is the user's doing. */
  const settled = useRef(0);
  const geometry = { count, rowHeight, view };
  const top = follow ? maxTop(geometry) : clampTop(geometry, offset.current);
  if (follow) offset.current = top;
  const latest = useRef({ geometry, top, onUserScroll });
  latest.current = { geometry, top, onUserScroll };

  const scrollTo = useCallback((next: number) => {
    offset.current = next;
    render();
  }, []);

  const move = useCallback(
    (next: number) => {
      const { geometry, top, onUserScroll } = latest.current;
      const target = clampTop(geometry, next);
      if (target !== top) onUserScroll?.(target < top ? 'up' : 'down');
      scrollTo(target);
    },
    [scrollTo],
  );

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => setView(Math.max(0, element.clientHeight - header));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [header]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const onScroll = () => {
      if (Math.abs(element.scrollTop - settled.current) < 1) return;
      settled.current = element.scrollTop;
      move(topOfScroll(latest.current.geometry, element.scrollTop));
    };
    const onWheel = (event: WheelEvent) => {
      const { geometry, top, onUserScroll } = latest.current;
      if (event.ctrlKey || event.deltaY === 0) return;
      if (event.deltaY < 0 && top > 0) onUserScroll?.('up');
      if (scaleOf(geometry) === 1) return;
      event.preventDefault();
      const unit = event.deltaMode === 1 ? geometry.rowHeight : event.deltaMode === 2 ? geometry.view : 1;
      move(top + event.deltaY * unit);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('wheel', onWheel);
    };
  }, [move]);

  useLayoutEffect(() => {
    const element = scroller.current;
    const wanted = scrollOfTop({ count, rowHeight, view }, top);
    if (!element || view === 0 || Math.abs(settled.current - wanted) < 1) return;
    element.scrollTop = wanted;
    settled.current = element.scrollTop;
  }, [count, rowHeight, view, top]);

  return {
    scroller,
    geometry,
    height: contentHeight(geometry),
    top,
    range: visibleRange(geometry, top),
    scrollTo,
  };
}
