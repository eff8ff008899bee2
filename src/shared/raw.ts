import * as v from 'valibot';
import { integer, timeoutSchema } from './domain.ts';
import { objectNameSchema } from './object-name.ts';

/** Bytes of a section that are watched; of a larger one the first so many. */
export const MAX_WATCHED = 64 * 1024 * 1024;
/** Most bytes that one question gets. */
const MAX_RAW_SLICE = 64 * 1024;
/** Shortest time between two snapshots that are taken by themselves, in ms. */
export const MIN_SNAPSHOT_MS = 100;

export const snapshotIntervalSchema = v.nullable(
  v.pipe(timeoutSchema, v.minValue(MIN_SNAPSHOT_MS, `Snapshots can be ${MIN_SNAPSHOT_MS} ms apart at the least.`)),
);

/** A section that is looked at as bytes, whatever it is. */
export const openRawSchema = v.strictObject({
  kind: v.literal('raw'),
  role: v.literal('raw'),
  section: objectNameSchema,
  eventS2c: v.literal(''),
  eventC2s: v.literal(''),
  /** ms between two snapshots into the log, of which one is taken where something has changed; null: when asked. */
  snapshotMs: snapshotIntervalSchema,
});

export const rawQuerySchema = v.strictObject({
  offset: integer('Offset', 0, MAX_WATCHED),
  length: integer('Length', 0, MAX_RAW_SLICE),
});
export type RawQuery = v.InferOutput<typeof rawQuerySchema>;

/** What is known of a section that is watched as bytes. */
export interface RawState {
  /** Bytes of the section that can be read; 0 until it is open. */
  readonly extent: number;
  /** Bytes of it that are watched: the first {@link MAX_WATCHED}. */
  readonly watched: number;
  /** Bytes of it that are reserved, but not there. */
  readonly uncommitted: number;
  /** What our handle may do, such as `FILE_MAP_READ`. */
  readonly rights: readonly string[];
  readonly snapshotMs: number | null;
  /** Bytes of a region; the last one may be shorter. */
  readonly regionBytes: number;
  /** By region: bytes that have changed in the last second, as far as two looks differed. */
  readonly changes: readonly number[];
  /** Bytes that have changed since it was opened, in the same way. */
  readonly changed: number;
  /** When that was last, in µs since the session began; null: never. */
  readonly changedAt: number | null;
}
