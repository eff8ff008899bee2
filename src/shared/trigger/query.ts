import * as v from 'valibot';
import { integer } from '../domain.ts';
import { listing, type Progress } from '../log.ts';

/** The most records before and after the trigger. */
export const MAX_AROUND = 10_000;
/** The most records in a row. */
export const MAX_IN_ROW = 1_000_000;

const position = integer('Record', 0, Number.MAX_SAFE_INTEGER);

/**
 * When records that match a filter trigger: each of them; the first after a message of its lane that doesn't match; the
 * first message of a lane that no longer matches; this many messages of a lane in a row.
 */
const edgeSchema = v.variant('type', [
  v.strictObject({ type: v.literal('level') }),
  v.strictObject({ type: v.literal('rising') }),
  v.strictObject({ type: v.literal('falling') }),
  v.strictObject({ type: v.literal('row'), times: integer('Records in a row', 1, MAX_IN_ROW) }),
]);
export type Edge = v.InferOutput<typeof edgeSchema>;

const { session, filter, encoding } = listing;

export const triggerQuerySchema = v.strictObject({
  session,
  filter,
  encoding,
  edge: edgeSchema,
  /** The record that can trigger first. */
  from: position,
  /** Records before and after the trigger whose times are returned. */
  around: integer('Records before and after', 0, MAX_AROUND),
});
export type TriggerQuery = v.InferOutput<typeof triggerQuerySchema>;

/** Progress of a trigger. Ask again, from `next`, while there is no hit. */
export interface TriggerAnswer {
  readonly hit: TriggerHit | null;
  /** Records below it can no longer trigger. */
  readonly next: number;
  readonly progress: Progress;
}

export interface TriggerHit {
  readonly seq: number;
  /** µs since the session began, and since 1970. */
  readonly mono: number;
  readonly wall: number;
  /** When the first of the records before it was. */
  readonly from: number;
  /** When the last of those after it was; null while it isn't there yet. */
  readonly to: number | null;
}
