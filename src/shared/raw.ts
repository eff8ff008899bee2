import * as v from 'valibot';
import { integer, timeoutSchema } from './domain.ts';
import { objectNameSchema } from './object-name.ts';

/** Bytes of a section that are watched for changes at once; of a larger one, this many from a chosen offset. */
export const MAX_WATCHED = 64 * 1024 * 1024;
/** The most bytes in one answer. */
const MAX_RAW_SLICE = 64 * 1024;
/** The shortest time between two automatic snapshots, in ms. */
export const MIN_SNAPSHOT_MS = 100;

export const snapshotIntervalSchema = v.nullable(
  v.pipe(timeoutSchema, v.minValue(MIN_SNAPSHOT_MS, `Snapshots must be at least ${MIN_SNAPSHOT_MS} ms apart.`)),
);

/** A section viewed as bytes, whatever it is. */
export const openRawSchema = v.strictObject({
  kind: v.literal('raw'),
  role: v.literal('raw'),
  section: objectNameSchema,
  eventS2c: v.literal(''),
  eventC2s: v.literal(''),
  /** ms between two snapshots into the log, taken only if something has changed; null: on request. */
  snapshotMs: snapshotIntervalSchema,
});

/** A byte of a section of any size. */
export const offsetSchema = integer('Offset', 0, Number.MAX_SAFE_INTEGER);

export const rawQuerySchema = v.strictObject({
  offset: offsetSchema,
  length: integer('Length', 0, MAX_RAW_SLICE),
});
export type RawQuery = v.InferOutput<typeof rawQuerySchema>;

/** The state of a section that is watched as bytes. */
export interface RawState {
  /** Bytes of the section that can be read; 0 until it is open. */
  readonly extent: number;
  /** Watched bytes, {@link MAX_WATCHED} at most, and where they begin. */
  readonly watched: number;
  readonly watchedFrom: number;
  /** Bytes of it that are reserved but not committed. */
  readonly uncommitted: number;
  /** What our handle may do, such as `FILE_MAP_READ`. */
  readonly rights: readonly string[];
  readonly snapshotMs: number | null;
  /** Bytes of a region; the last one may be shorter. */
  readonly regionBytes: number;
  /** By region of the watched part: bytes that changed in the last second, as far as two looks differed. */
  readonly changes: readonly number[];
  /** Bytes that have changed there since it was opened, counted in the same way. */
  readonly changed: number;
  /** When that last happened, in µs since the session began; null: never. */
  readonly changedAt: number | null;
}
