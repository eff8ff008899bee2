import type { Timeline } from '../../../shared/timeline.ts';
import type { Plane } from './tracks/track.ts';

/** Half the width of an anomaly's triangle, and a timeout's tick, in px. */
const TIP = 4;
const TICK = 4;

/** Marks through all tracks, for what has no track of its own. */
export interface MomentsShown {
  readonly anomalies: boolean;
  readonly alarms: boolean;
  /** Where timeouts have their foot, px from the top. */
  readonly foot: number;
}

/**
 * Timeouts are ticks at the foot of the first track; anomalies, errors and alarms go through everything, from a
 * triangle down.
 */
export function drawMoments(plane: Plane, timeline: Timeline, shown: MomentsShown): void {
  const { ctx, x, paint, width: across, height } = plane;
  const { fromMono, width, timeouts, anomalies, errors, alarms } = timeline;
  timeouts.forEach((count, i) => {
    const wrong = shown.anomalies ? (anomalies[i] ?? 0) + (errors[i] ?? 0) : 0;
    const isBad = wrong + (shown.alarms ? (alarms[i] ?? 0) : 0) > 0;
    if (!isBad && (!count || !shown.anomalies)) return;
    const at = x(fromMono + (i + 0.5) * width);
    if (at < 0 || at > across) return;
    ctx.fillStyle = isBad ? paint.bad : paint.timeout;
    if (isBad) flag(ctx, at, 0, height);
    else ctx.fillRect(at - 1, shown.foot - TICK, 2, TICK);
  });
}

/** A line through all `height` pixels with a triangle at its top: something went wrong at `x`. */
export function flag(ctx: CanvasRenderingContext2D, x: number, top: number, height: number): void {
  ctx.fillRect(x - 0.5, top, 1, height);
  ctx.beginPath();
  ctx.moveTo(x, top);
  ctx.lineTo(x + TIP, top + 1.6 * TIP);
  ctx.lineTo(x - TIP, top + 1.6 * TIP);
  ctx.fill();
}
