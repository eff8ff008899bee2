import type { Timeline } from '../../../../shared/timeline.ts';
import type { Span } from '../range.ts';
import { bucketsOf } from './buckets.ts';
import { yOf } from './scale.ts';
import type { Plane } from './track.ts';

/** A value's minimum, mean and maximum in each bucket; NaN if there is none. */
export interface Line {
  readonly least: readonly number[];
  readonly mean: readonly number[];
  readonly most: readonly number[];
}

/** The range of several lines' values within a span; null if there are none. */
export function rangeOf(timeline: Timeline, lines: readonly Line[], span: Span): { low: number; high: number } | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const [first, end] = bucketsOf(timeline, span);
  for (const { least, mean, most } of lines)
    for (let i = first; i < end; i++) {
      if (Number.isNaN(mean[i] ?? Number.NaN)) continue;
      low = Math.min(low, least[i] as number);
      high = Math.max(high, most[i] as number);
    }
  return low <= high ? { low, high } : null;
}

/**
 * A line through the means, with the range from minimum to maximum behind it, so that a lone peak shows at every zoom.
 * `share` maps a value to the scale, from 0 to 1.
 */
export function drawLine(
  plane: Plane,
  { fromMono, width }: Pick<Timeline, 'fromMono' | 'width'>,
  { least, mean, most }: Line,
  share: (value: number) => number,
  colour: string,
): void {
  const { ctx, height, x } = plane;
  const y = (value: number) => yOf(height, share(value));
  ctx.fillStyle = colour;
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1;
  const wide = Math.max(1, x(fromMono + width) - x(fromMono));
  const path = new Path2D();
  let isOn = false;
  mean.forEach((value, i) => {
    const left = x(fromMono + i * width);
    if (Number.isNaN(value)) return;
    const [top, bottom] = [y(most[i] as number), y(least[i] as number)];
    ctx.globalAlpha = 0.35;
    ctx.fillRect(left, top - 0.5, wide, Math.max(1, bottom - top));
    const [at, middle] = [left + wide / 2, y(value)];
    if (isOn) path.lineTo(at, middle);
    else path.moveTo(at, middle);
    isOn = true;
    ctx.globalAlpha = 1;
    ctx.fillRect(at - 1, middle - 1, 2, 2);
  });
  ctx.globalAlpha = 1;
  ctx.stroke(path);
}
