import * as v from 'valibot';

const MAX_RATE = 1_000_000;

/**
 * When the messages of a replay are sent:
 * - `original`: as in the recording, `speed` times as fast
 * - `rate`: so many a second
 * - `lockstep`: each when all replies recorded before it have arrived
 * - `fast`: each as soon as the peer has read the one before
 */
export const replayTimingSchema = v.variant('how', [
  v.strictObject({
    how: v.literal('original'),
    speed: v.pipe(
      v.number('A speed must be a number.'),
      v.minValue(0.001, 'A speed must be at least 0.001.'),
      v.maxValue(1000, 'A speed must be at most 1,000.'),
    ),
  }),
  v.strictObject({
    how: v.literal('rate'),
    perSecond: v.pipe(
      v.number('A rate must be a number.'),
      v.minValue(0.001, 'A rate must be at least 0.001 a second.'),
      v.maxValue(MAX_RATE, () => `A rate must be at most ${MAX_RATE.toLocaleString('en-US')} a second.`),
    ),
  }),
  v.strictObject({ how: v.literal('lockstep') }),
  v.strictObject({ how: v.literal('fast') }),
]);
export type ReplayTiming = v.InferOutput<typeof replayTimingSchema>;

/** Whether messages are sent at times of their own. */
export const isTimed = ({ how }: ReplayTiming): boolean => how === 'original' || how === 'rate';

/**
 * µs after the beginning at which a message is due; null: as soon as possible. `at`: µs from the recording's beginning
 * to it; `index`: how many were sent before it.
 */
export function dueAfter(timing: ReplayTiming, at: number, index: number): number | null {
  if (timing.how === 'original') return at / timing.speed;
  return timing.how === 'rate' ? (index * 1_000_000) / timing.perSecond : null;
}

const SPEED = /^(\d+(?:\.\d+)?)x$/;
const RATE = /^(\d+(?:\.\d+)?)\/s$/;

/** `original`, `lockstep`, `fast`, `2x` (twice as fast as recorded) or `100/s`; undefined for anything else. */
export function parseTiming(text: string): ReplayTiming | undefined {
  const timing = readTiming(text.trim());
  return v.is(replayTimingSchema, timing) ? timing : undefined;
}

function readTiming(text: string): ReplayTiming | undefined {
  if (text === 'original') return { how: 'original', speed: 1 };
  if (text === 'lockstep' || text === 'fast') return { how: text };
  const [, speed] = SPEED.exec(text) ?? [];
  if (speed !== undefined) return { how: 'original', speed: Number(speed) };
  const [, rate] = RATE.exec(text) ?? [];
  return rate === undefined ? undefined : { how: 'rate', perSecond: Number(rate) };
}

export function printTiming(timing: ReplayTiming): string {
  if (timing.how === 'original') return timing.speed === 1 ? 'original' : `${timing.speed}x`;
  return timing.how === 'rate' ? `${timing.perSecond}/s` : timing.how;
}
