import * as v from 'valibot';
import { integer } from './domain.ts';
import { parseHexWildcards } from './hex/hex.ts';
import { listing, type Progress, rowQuerySchema } from './log.ts';

/** The most characters of a search text. */
export const MAX_NEEDLE = 1000;

const { from } = rowQuerySchema.entries;

const needleSchema = v.variant('type', [
  v.strictObject({
    type: v.literal('text'),
    text: v.pipe(
      v.string(),
      v.minLength(1, 'Enter something to find.'),
      v.maxLength(MAX_NEEDLE, 'The search text can have at most 1,000 characters.'),
    ),
    ignoreCase: v.boolean(),
  }),
  /** Bytes in any notation; `??` is any byte. */
  v.strictObject({
    type: v.literal('hex'),
    hex: v.pipe(
      v.string(),
      v.maxLength(3 * MAX_NEEDLE, 'The search pattern can have at most 1,000 bytes.'),
      v.check((hex) => {
        const parsed = parseHexWildcards(hex);
        return parsed.ok && parsed.bytes.length > 0;
      }, 'Bytes to find are two hex digits each, or ?? for any byte.'),
    ),
  }),
]);
export type FindNeedle = v.InferOutput<typeof needleSchema>;

export const findQuerySchema = v.strictObject({
  /** Where to search; a matching payload must contain the needle. */
  ...listing,
  needle: needleSchema,
  /** Position in the listing where the search starts; a match there counts. */
  from,
  direction: v.picklist(['next', 'previous']),
});
export type FindQuery = v.InferOutput<typeof findQuerySchema>;

export interface FindAnswer {
  /** The match nearest to `from`; null while none is known, and for good once `progress` is complete. */
  readonly hit: {
    /** In the listing. */
    readonly position: number;
    readonly seq: number;
    /** Which match it is, from 0. */
    readonly index: number;
  } | null;
  /** Matches known so far; all of them once `progress` is complete. */
  readonly hits: number;
  readonly progress: Progress;
}

export const positionQuerySchema = v.strictObject({
  ...listing,
  /**
   * A record number, a time in µs since the session began, or a wall-clock time in µs since 1970. If that clock was set
   * back, one of the records with that time.
   */
  at: v.variant('by', [
    v.strictObject({ by: v.literal('seq'), seq: from }),
    v.strictObject({ by: v.literal('mono'), mono: from }),
    v.strictObject({ by: v.literal('wall'), wall: integer('Time', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER) }),
  ]),
});
export type PositionQuery = v.InferOutput<typeof positionQuerySchema>;

export interface PositionAnswer {
  /**
   * Position of the row that stands for it, else of the first one after it, or the end of the listing; null while
   * unknown.
   */
  readonly position: number | null;
  readonly total: number;
  readonly progress: Progress;
}
