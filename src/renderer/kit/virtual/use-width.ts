import { type RefObject, useEffect } from 'react';

/** Reports an element's width, in px, now and on every change. */
export function useWidth(place: RefObject<HTMLElement | null>, tell: (width: number) => void): void {
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const observer = new ResizeObserver(() => tell(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [place, tell]);
}
