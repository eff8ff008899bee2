import type { SweepPoint, Sweeps } from '../../../../shared/sweeps.ts';
import type { Paint } from '../paint.ts';
import { scaleAround } from '../tracks/field-number.ts';

/** px around the drawing. */
export const MARGIN = { left: 64, right: 12, top: 8, foot: 20 };

export interface Frame {
  readonly width: number;
  readonly height: number;
  /** µs of a sweep. */
  readonly length: number;
  /** Of the scale, in the units of {@link scaled}. */
  readonly bottom: number;
  readonly top: number;
  /** Sizes vary widely: their scale is logarithmic. */
  readonly isLog: boolean;
}

/** px, and how long and which a sweep is. */
type Asked = Pick<Frame, 'width' | 'height' | 'length' | 'isLog'>;

const scaled = (value: number, isLog: boolean): number => (isLog ? Math.log2(Math.max(1, value)) : value);

export function frameOf({ points }: Sweeps, asked: Asked): Frame {
  const values = points.map(({ value }) => scaled(value, asked.isLog));
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (low > high) return { ...asked, bottom: 0, top: 1 };
  if (!asked.isLog) return { ...asked, ...scaleAround(low, high) };
  const bottom = Math.floor(low);
  return { ...asked, bottom, top: Math.max(bottom + 2, Math.ceil(high)) };
}

/** The values at the ends of the scale and near its middle. */
export function marksOf({ bottom, top, isLog }: Frame): number[] {
  const middle = (bottom + top) / 2;
  return isLog ? [bottom, Math.round(middle), top].map((power) => 2 ** power) : [bottom, middle, top];
}

export const xOf = ({ width, length }: Frame, at: number): number =>
  MARGIN.left + (at / length) * (width - MARGIN.left - MARGIN.right);

export function yOf({ height, bottom, top, isLog }: Frame, value: number): number {
  const share = (scaled(value, isLog) - bottom) / (top - bottom);
  return height - MARGIN.foot - share * (height - MARGIN.foot - MARGIN.top);
}

/** The opacity of a dot among many: each of a few sweeps is visible, and of many where they agree. */
const densityOf = (sweeps: number): number => Math.min(0.9, Math.max(0.12, 8 / Math.max(1, sweeps)));
const DOT = 5;

/** All sweeps on top of each other, the newest as a line through its messages. */
export function drawSweeps(
  ctx: CanvasRenderingContext2D,
  frame: Frame,
  { points, sweeps }: Sweeps,
  paint: Paint,
): void {
  ctx.clearRect(0, 0, frame.width, frame.height);
  ctx.fillStyle = paint.line;
  for (const value of marksOf(frame))
    ctx.fillRect(MARGIN.left, Math.round(yOf(frame, value)), frame.width - MARGIN.left - MARGIN.right, 1);
  ctx.globalAlpha = densityOf(sweeps);
  for (const point of points) dot(ctx, frame, point, paint);
  ctx.globalAlpha = 1;
  const newest = points.filter(({ sweep }) => sweep === sweeps - 1).toSorted((a, b) => a.at - b.at);
  ctx.strokeStyle = paint.ink;
  ctx.beginPath();
  for (const { at, value } of newest) ctx.lineTo(xOf(frame, at), yOf(frame, value));
  ctx.stroke();
  for (const point of newest) dot(ctx, frame, point, paint);
}

function dot(ctx: CanvasRenderingContext2D, frame: Frame, { lane, at, value }: SweepPoint, paint: Paint): void {
  ctx.fillStyle = paint[`${lane}Line`];
  ctx.fillRect(xOf(frame, at) - DOT / 2, yOf(frame, value) - DOT / 2, DOT, DOT);
}
