import { LANES } from '../../../../shared/domain.ts';
import { LANE_VIEW_WORDS } from '../../../../shared/session-kind.ts';
import type { Timeline } from '../../../../shared/timeline.ts';
import type { Span } from '../range.ts';
import { bucketAt, partOf, total } from './buckets.ts';
import { drawGrid, marksTo, yOf } from './scale.ts';
import type { Drawing, Plane } from './track.ts';

/** What bars show: one row for all messages, or one per lane. */
export interface Bars {
  readonly rows: readonly (readonly number[])[];
  /** The maximum that each bar covers, if it is a mean: drawn behind it. */
  readonly peaks?: readonly (readonly number[])[];
  /** Lines across, one per row, in the rows' unit; none at zero. */
  readonly lines: readonly number[];
  /** Where the scale ends: a round figure. */
  readonly top: number;
  readonly say: (value: number) => string;
}

export function barsDrawing(timeline: Timeline, { rows, peaks = rows, lines, top, say }: Bars): Drawing {
  const marks = marksTo(top, say);
  const named = (words: readonly string[]) =>
    words.length === 1 ? (words[0] ?? '') : words.map((word, i) => `${laneWord(i)} ${word}`).join(' · ');
  return {
    marks,
    draw: (plane) => {
      drawGrid(plane, marks);
      const drawAll = (bars: typeof rows) => {
        for (const [i, row] of bars.entries())
          drawRow(
            plane,
            timeline,
            row.map((value) => value / top),
            i,
            bars.length,
          );
      };
      if (peaks !== rows) {
        plane.ctx.globalAlpha = PEAK_ALPHA;
        drawAll(peaks);
        plane.ctx.globalAlpha = 1;
      }
      drawAll(rows);
      for (const [i, value] of lines.entries()) if (value > 0) drawLine(plane, value / top, laneColour(plane, i));
    },
    at: (mono) => {
      const bucket = bucketAt(timeline, mono);
      return named(rows.map((row, i) => upTo(row[bucket] ?? 0, peaks[i]?.[bucket] ?? 0, say)));
    },
    over: (span) =>
      named(
        rows.map((row, i) => extentWords(partOf(timeline, row, span), partOf(timeline, peaks[i] ?? row, span), say)),
      ),
  };
}

const laneWord = (row: number): string => LANE_VIEW_WORDS[LANES[row] ?? 's2c'];
const laneColour = ({ paint }: Plane, row: number): string => paint[LANES[row] ?? 's2c'];

/** "12/s", or "12/s, up to 40/s" if there was more for a moment. */
function upTo(value: number, peak: number, say: (value: number) => string): string {
  const [mean, most] = [say(value), say(peak)];
  return peak > value && mean !== most ? `${mean}, up to ${most}` : mean;
}

/** "0 to 40/s, mean 12/s", or one figure if all are equal. */
function extentWords(values: readonly number[], peaks: readonly number[], say: (value: number) => string): string {
  if (values.length === 0) return '';
  const [least, most] = [Math.min(...values), Math.max(...peaks)];
  return least === most ? say(least) : `${say(least)} to ${say(most)}, mean ${say(total(values) / values.length)}`;
}

const PEAK_ALPHA = 0.35;

/** px; a wider bar would look like an area. */
const WIDEST = 40;

/** Bars on the baseline; two rows are side by side. */
function drawRow(
  plane: Plane,
  { fromMono, width }: Timeline,
  shares: readonly number[],
  row: number,
  of: number,
): void {
  const { ctx, height, x, paint } = plane;
  ctx.fillStyle = of === 1 ? paint.bars : laneColour(plane, row);
  const bucket = x(fromMono + width) - x(fromMono);
  const wide = Math.max(1, Math.min(WIDEST, bucket * 0.8) / of);
  const inset = (bucket - wide * of) / 2 + row * wide;
  shares.forEach((share, i) => {
    const left = x(fromMono + i * width) + inset;
    if (share <= 0 || left > plane.width || left + wide < 0) return;
    const top = Math.min(height - 1, yOf(height, share));
    ctx.fillRect(left, top, wide, height - top);
  });
}

/** Dashed across all of the time. */
function drawLine({ ctx, width, height }: Plane, share: number, colour: string): void {
  const y = Math.round(yOf(height, share)) + 0.5;
  ctx.save();
  ctx.setLineDash([4, 3]);
  ctx.strokeStyle = colour;
  ctx.beginPath();
  ctx.moveTo(0, y);
  ctx.lineTo(width, y);
  ctx.stroke();
  ctx.restore();
}

/** The maximum in view, for a scale. */
export const mostInView = (timeline: Timeline, rows: readonly (readonly number[])[], span: Span): number =>
  Math.max(0, ...rows.flatMap((row) => partOf(timeline, row, span)));
