import * as v from 'valibot';
import { integer, LANES, type Lane } from './domain.ts';
import type { Progress } from './log.ts';
import { forward, MAX_BUCKETS, timeSpan } from './timeline.ts';

/** The most fields in one request. */
export const MAX_PLOTTED_FIELDS = 8;
/** The most characters of a path: `order.legs[2].price`. */
export const MAX_FIELD_PATH = 300;
/** The most states of a field that have a name; later ones have none. */
export const MAX_STATES = 200;

export const plottedFieldSchema = v.strictObject({
  path: v.pipe(
    v.string('A field is named by its path.'),
    v.minLength(1, 'A field is named by its path.'),
    v.maxLength(MAX_FIELD_PATH, `A field's path can have at most ${MAX_FIELD_PATH} characters.`),
  ),
  /** null: of both. */
  lane: v.nullable(v.picklist(LANES)),
});
export type PlottedField = v.InferOutput<typeof plottedFieldSchema> & { readonly lane: Lane | null };

export const fieldPlotQuerySchema = v.pipe(
  v.strictObject({
    ...timeSpan,
    buckets: integer('Buckets', 2, MAX_BUCKETS),
    fields: v.pipe(
      v.array(plottedFieldSchema),
      v.maxLength(MAX_PLOTTED_FIELDS, `At most ${MAX_PLOTTED_FIELDS} fields can be drawn at once.`),
    ),
  }),
  forward('A plot must end after it starts.'),
);
export type FieldPlotQuery = v.InferOutput<typeof fieldPlotQuerySchema>;

/** A field's values, bucket by bucket; where `count` is 0 the others are too. */
export interface FieldSeries {
  readonly count: readonly number[];
  readonly least: readonly number[];
  readonly most: readonly number[];
  readonly mean: readonly number[];
  readonly first: readonly number[];
  readonly last: readonly number[];
  /** Names of values that are states: of an enum, a bool or a text. Empty for a number. */
  readonly states: readonly (readonly [value: number, name: string])[];
}

/**
 * Fields of a session's messages over time. Ask again while `progress` is incomplete: only then does the host read on.
 */
export interface FieldPlot {
  readonly fromMono: number;
  /** µs of a bucket. */
  readonly width: number;
  /** In the order of the request. */
  readonly series: readonly FieldSeries[];
  /** How far the records were read; those of a short span are read at once. */
  readonly progress: Progress;
}
