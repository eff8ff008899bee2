import { type Geometry, pageRows } from './row-window.ts';

/** The row that a key moves to from row `from`; undefined for other keys and for an empty list. */
export function rowTarget(key: string, from: number, geometry: Geometry): number | undefined {
  const step = { ArrowUp: -1, ArrowDown: 1, PageUp: -pageRows(geometry), PageDown: pageRows(geometry) }[key];
  if (geometry.count === 0) return undefined;
  if (key === 'Home') return 0;
  if (key === 'End') return geometry.count - 1;
  if (step === undefined) return undefined;
  return Math.min(geometry.count - 1, Math.max(0, from + step));
}
