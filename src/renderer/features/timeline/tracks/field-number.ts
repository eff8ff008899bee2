import { plural } from '../../../kit/format/bytes.ts';
import type { Span } from '../range.ts';
import { type FieldSlice, filledIn, heldAt } from './field-slice.ts';
import { drawLine, type Line } from './lines.ts';
import { drawGrid, roundUp } from './scale.ts';
import type { Drawing } from './track.ts';

const whole = new Intl.NumberFormat('en-US');
const fraction = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 6 });
/** Beyond it digits become unreadable, and below its inverse too. */
const LONG = 1e15;

/** 1,234, 12.345, 1.5e+21: whole numbers in full as far as that is readable. */
export function sayNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= LONG || (size > 0 && size < 1e-6)) return String(Number(value.toPrecision(6)));
  return (Number.isInteger(value) ? whole : fraction).format(value);
}

interface Scale {
  readonly bottom: number;
  readonly top: number;
}

/** Round ends around all values; it need not start at zero, so that small changes of large values show. */
export function scaleAround(low: number, high: number): Scale {
  const step = high > low ? roundUp((high - low) / 2, 10) : roundUp(Math.max(1e-9, Math.abs(high) / 2), 10);
  const bottom = Math.floor(low / step) * step;
  const top = Math.ceil(high / step) * step;
  return { bottom, top: top > bottom ? top : bottom + step };
}

export function numberDrawing(slice: FieldSlice, span: Span): Drawing {
  const { series } = slice;
  const shown = filledIn(slice, span);
  const { bottom, top } = scaleAround(...extentOf(slice, shown));
  const marks = [0, 0.5, 1].map((at) => ({ at, text: sayNumber(bottom + at * (top - bottom)) }));
  return {
    marks,
    draw: (plane) => {
      drawGrid(plane, marks);
      drawLine(plane, slice, lineOf(slice), (value) => (value - bottom) / (top - bottom), plane.paint.field);
    },
    at: (mono) => {
      const i = heldAt(slice, mono);
      return i === undefined ? '' : words(series.least[i], series.most[i], series.mean[i]);
    },
    over: (part) => {
      const filled = filledIn(slice, part);
      if (filled.length === 0) return 'no values';
      const count = filled.reduce((sum, i) => sum + (series.count[i] ?? 0), 0);
      const sum = filled.reduce((all, i) => all + (series.mean[i] ?? 0) * (series.count[i] ?? 0), 0);
      return `${words(...extentOf(slice, filled), sum / count)} · ${plural(count, 'value')}`;
    },
  };
}

function words(least = 0, most = 0, mean = 0): string {
  return least === most ? sayNumber(least) : `${sayNumber(least)} to ${sayNumber(most)}, mean ${sayNumber(mean)}`;
}

/** 0 and 0 if nothing is in view. */
function extentOf({ series: { least, most } }: FieldSlice, buckets: readonly number[]): [low: number, high: number] {
  if (buckets.length === 0) return [0, 0];
  return [
    buckets.reduce((low, i) => Math.min(low, least[i] as number), Number.POSITIVE_INFINITY),
    buckets.reduce((high, i) => Math.max(high, most[i] as number), Number.NEGATIVE_INFINITY),
  ];
}

function lineOf({ series: { count, least, mean, most } }: FieldSlice): Line {
  const known = (values: readonly number[]) => values.map((value, i) => (count[i] ? value : Number.NaN));
  return { least: known(least), mean: known(mean), most: known(most) };
}
