import * as v from 'valibot';
import { integer, MAX_BUFFER_SIZE, MAX_TIMEOUT_MS } from './domain.ts';
import type { Failure } from './failure.ts';
import { MAX_PLACEHOLDERS, templatePartSchema } from './placeholders.ts';

const MAX_MESSAGES = 1_000_000_000;

const interval = integer('The interval', 0, MAX_TIMEOUT_MS);

/** Messages sent one after another by the host: how often, when, and what. */
export const sendPlanSchema = v.strictObject({
  /** Generated for each message. */
  template: v.pipe(
    v.array(templatePartSchema),
    v.maxLength(2 * MAX_PLACEHOLDERS + 1, 'The message has too many pieces.'),
    v.check(
      (parts) =>
        parts.reduce((sum, part) => sum + (part.type === 'bytes' ? part.bytes.byteLength : 0), 0) <= MAX_BUFFER_SIZE,
      'A payload can have at most 256 MiB.',
    ),
  ),
  /** `{{n}}` of the first message; each message, refused or not, has the next. */
  firstNumber: integer('The first number', 0, MAX_MESSAGES),
  until: v.variant('what', [
    v.strictObject({ what: v.literal('count'), count: integer('The number of messages', 1, MAX_MESSAGES) }),
    v.strictObject({ what: v.literal('time'), durationMs: integer('The time', 1, MAX_TIMEOUT_MS) }),
  ]),
  /** ms from one message to the next; 0: as soon as its slot is free. */
  intervalMs: interval,
  /** The interval changes evenly to this many ms until the end; null: it stays. */
  rampToMs: v.nullable(interval),
});
export type SendPlan = v.InferOutput<typeof sendPlanSchema>;

/** Progress of a {@link SendPlan}. */
export interface SendProgress {
  /** `stopped` by the user or with the session; `failed` for the reason in `failure`. */
  readonly state: 'running' | 'done' | 'stopped' | 'failed';
  readonly sent: number;
  /** Messages that found their slot full, each with its row in the log. */
  readonly refused: number;
  /** Messages in all; null if the plan ends by time. */
  readonly total: number | null;
  /** null if the plan ends by count. */
  readonly durationMs: number | null;
  /** Current ms to the next message. */
  readonly intervalMs: number;
  /** µs since the session began. */
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly failure: Failure | null;
}

/** ms from one message to the next at the progress `share` (0 to 1) of the plan. */
export function intervalAt({ intervalMs, rampToMs }: Pick<SendPlan, 'intervalMs' | 'rampToMs'>, share: number): number {
  if (rampToMs === null) return intervalMs;
  return intervalMs + (rampToMs - intervalMs) * Math.min(1, Math.max(0, share));
}
