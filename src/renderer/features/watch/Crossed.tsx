import type { CSSProperties, ReactNode } from 'react';
import { useWatch } from './watch-store.ts';

/** One crosshair through all strips: they read its position from a property of the page, and aren't rendered for it. */
export function Crossed({ children }: { children: ReactNode }) {
  const cross = useWatch((state) => state.cross);
  return (
    <div className="watch-crossed" data-cross={cross !== null} style={{ '--cross': cross ?? 0 } as CSSProperties}>
      {children}
    </div>
  );
}
