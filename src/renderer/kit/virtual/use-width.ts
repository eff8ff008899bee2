import { type RefObject, useEffect } from 'react';

/** Tells how wide an element is, in px, now and whenever that changes. */
export function useWidth(place: RefObject<HTMLElement | null>, tell: (width: number) => void): void {
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const observer = new ResizeObserver(() => tell(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [place, tell]);
}
