import type { AxisMark, Plane } from './track.ts';

const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/** The next round figure from `value` up: 1, 2 or 5 of a unit, the units being powers of `base`. */
export function roundUp(value: number, base: 10 | 1024): number {
  const unit = base ** Math.floor(Math.log(value) / Math.log(base));
  return unit * (STEPS.find((step) => step < base && step * unit >= value) ?? base);
}

/** 0.4, 20, 5k, 2M. */
export function short(n: number): string {
  if (n >= 1_000_000) return `${Number((n / 1_000_000).toPrecision(3))}M`;
  return n >= 1000 ? `${Number((n / 1000).toPrecision(3))}k` : String(Number(n.toPrecision(3)));
}

/** From zero to `top`, with its half. */
export const marksTo = (top: number, say: (value: number) => string): AxisMark[] => [
  { at: 0, text: '0' },
  { at: 0.5, text: say(top / 2) },
  { at: 1, text: say(top) },
];

/** px left free above the top of a scale. */
const ABOVE = 6;

/** Where a value of 0 to 1 is drawn, in px from the top. */
export const yOf = (height: number, share: number): number => height - share * (height - ABOVE);

export function drawGrid({ ctx, width, height, paint }: Plane, marks: readonly AxisMark[]): void {
  ctx.fillStyle = paint.line;
  for (const { at } of marks) ctx.fillRect(0, Math.min(height - 1, Math.round(yOf(height, at))), width, 1);
}
