import type uPlot from 'uplot';
import { LANES } from '../../../shared/domain.ts';
import type { Timeline, TimelineLane } from '../../../shared/timeline.ts';
import { type Paint, scaled } from './paint.ts';

/** Pixels: a lane, and the space around it. */
const LANE = 7;
const LANE_GAP = 4;
/** What both lanes take below the bars. */
export const LANES_HEIGHT = 2 * (LANE + LANE_GAP) + LANE_GAP;
/** A slot that held an unread message for more of a bucket than this is shown as waiting. */
const WAITING = 0.5;
/** Half the width of an anomaly's triangle. */
const TIP = 4;

/** Both slots' states, and what goes through all of the plot: timeouts, anomalies, errors. */
export function drawLanes(plot: uPlot, timeline: Timeline, paint: Paint): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.font = scaled(paint.font, ratio);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  const first = bbox.top + bbox.height - LANES_HEIGHT * ratio;
  for (const [i, lane] of LANES.entries()) {
    const top = first + (LANE_GAP + i * (LANE + LANE_GAP)) * ratio;
    ctx.fillStyle = paint.dim;
    ctx.fillText(lane === 's2c' ? 'S→C' : 'C→S', 0, top + (LANE * ratio) / 2);
    drawLane(plot, timeline, timeline[lane], top, paint);
  }
  drawMoments(plot, timeline, first, paint);
  ctx.restore();
}

/** Waiting stands out by its height too, not by its colour alone. */
function drawLane(plot: uPlot, { fromMono, width }: Timeline, lane: TimelineLane, top: number, paint: Paint): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  ctx.fillStyle = paint.empty;
  ctx.fillRect(bbox.left, top + 2 * ratio, bbox.width, (LANE - 4) * ratio);
  lane.unread.forEach((unread, i) => {
    if (!lane.messages[i] && !unread) return;
    const left = Math.max(bbox.left, plot.valToPos(fromMono + i * width, 'x', true));
    const right = Math.min(bbox.left + bbox.width, plot.valToPos(fromMono + (i + 1) * width, 'x', true));
    const waiting = unread > width * WAITING;
    const inset = waiting ? 0 : ratio;
    ctx.fillStyle = waiting ? paint.waiting : paint.read;
    ctx.fillRect(left, top + inset, Math.max(1, right - left), LANE * ratio - 2 * inset);
  });
}

/** Timeouts tick at the bars' foot; anomalies, errors and alarms go through everything, from a triangle down. */
function drawMoments(plot: uPlot, timeline: Timeline, foot: number, paint: Paint): void {
  const { ctx, bbox } = plot;
  const { fromMono, width, timeouts, anomalies, errors, alarms } = timeline;
  const ratio = devicePixelRatio;
  timeouts.forEach((count, i) => {
    const bad = (anomalies[i] ?? 0) + (errors[i] ?? 0) + (alarms[i] ?? 0) > 0;
    if (!count && !bad) return;
    const x = plot.valToPos(fromMono + (i + 0.5) * width, 'x', true);
    if (x < bbox.left || x > bbox.left + bbox.width) return;
    ctx.fillStyle = bad ? paint.bad : paint.timeout;
    if (bad) flag(ctx, x, bbox.top, bbox.height, ratio);
    else ctx.fillRect(x - ratio, foot - 4 * ratio, 2 * ratio, 4 * ratio);
  });
}

/** A line through all of `height` pixels with a triangle at its top: something went wrong at `x`. */
export function flag(ctx: CanvasRenderingContext2D, x: number, top: number, height: number, ratio: number): void {
  const half = TIP * ratio;
  ctx.fillRect(x - ratio / 2, top, ratio, height);
  ctx.beginPath();
  ctx.moveTo(x, top);
  ctx.lineTo(x + half, top + 1.6 * half);
  ctx.lineTo(x - half, top + 1.6 * half);
  ctx.fill();
}
