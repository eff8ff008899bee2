import { visibleText } from '../../../kit/format/visible.ts';
import { type FieldSlice, filledIn, heldAt } from './field-slice.ts';
import type { Drawing, Plane } from './track.ts';

/** A period in which a field has one state or, if it changed within a bucket, several. */
interface Band {
  /** µs since the session began. */
  readonly from: number;
  readonly to: number;
  /** null: several. */
  readonly state: number | null;
}

/** px from the track's edges. */
const INSET = 4;
/** px of room that a name needs beside it. */
const AROUND = 8;

export function statesDrawing(slice: FieldSlice): Drawing {
  const { series } = slice;
  const names = new Map(series.states.map(([value, name]) => [value, visibleText(name)]));
  const nameOf = (value: number) => names.get(value) ?? String(value);
  const within = (buckets: readonly number[]) => {
    const { first, last, least, most } = series;
    const met = buckets.flatMap((i) => [first[i], last[i], least[i], most[i]] as number[]);
    return [...new Set(met)].map(nameOf).join(', ');
  };
  const bands = bandsOf(slice);
  return {
    marks: [],
    draw: (plane) => {
      for (const band of bands) drawBand(plane, band, [...names.keys()], nameOf);
    },
    at: (mono) => {
      const i = heldAt(slice, mono);
      return i === undefined ? '' : within([i]);
    },
    over: (span) => within(filledIn(slice, span)) || 'no values',
  };
}

/** A state lasts until the next value says otherwise. */
function bandsOf({ fromMono, width, series: { count, least, most, last } }: FieldSlice): readonly Band[] {
  const bands: Band[] = [];
  const end = fromMono + count.length * width;
  const change = (from: number, state: number | null) => {
    const before = bands.at(-1);
    if (before?.state === state) return;
    if (before) bands[bands.length - 1] = { ...before, to: from };
    bands.push({ from, to: end, state });
  };
  for (const [i, n] of count.entries()) {
    if (n === 0) continue;
    const from = fromMono + i * width;
    const isOne = least[i] === most[i];
    change(from, isOne ? (least[i] as number) : null);
    if (!isOne) change(from + width, last[i] as number);
  }
  return bands;
}

function drawBand(
  plane: Plane,
  { from, to, state }: Band,
  order: readonly number[],
  nameOf: (value: number) => string,
): void {
  const { ctx, height, x, paint } = plane;
  const [left, right] = [Math.max(0, x(from)), Math.min(plane.width, x(to))];
  const tall = Math.min(20, height - 2 * INSET);
  const top = (height - tall) / 2;
  if (right <= 0 || left >= plane.width) return;
  const wide = Math.max(1, right - left);
  const index = state === null ? -1 : Math.max(0, order.indexOf(state));
  ctx.fillStyle = state === null ? paint.several : (paint.states[index % paint.states.length] as string);
  ctx.fillRect(left, top, wide, tall);
  if (state === null) return;
  const name = nameOf(state);
  ctx.font = paint.font;
  if (ctx.measureText(name).width + AROUND > wide) return;
  ctx.fillStyle = paint.ink;
  ctx.textBaseline = 'middle';
  ctx.fillText(name, left + AROUND / 2, height / 2 + 0.5);
}
