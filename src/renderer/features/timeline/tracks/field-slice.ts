import type { FieldPlot, FieldSeries } from '../../../../shared/field-plot.ts';
import type { Span } from '../range.ts';

/** What is known of one field over some time. */
export interface FieldSlice extends Pick<FieldPlot, 'fromMono' | 'width'> {
  readonly series: FieldSeries;
}

/** The bucket of the last value at or before a moment; undefined if there is none. */
export function heldAt({ fromMono, width, series: { count } }: FieldSlice, mono: number): number | undefined {
  for (let i = Math.min(count.length - 1, Math.floor((mono - fromMono) / width)); i >= 0; i--)
    if ((count[i] ?? 0) > 0) return i;
  return undefined;
}

/** The buckets with values that a span touches. */
export function filledIn({ fromMono, width, series: { count } }: FieldSlice, { from, to }: Span): number[] {
  const first = Math.max(0, Math.floor((from - fromMono) / width));
  const end = Math.min(count.length, Math.ceil((to - fromMono) / width));
  const filled: number[] = [];
  for (let i = first; i < end; i++) if ((count[i] ?? 0) > 0) filled.push(i);
  return filled;
}
