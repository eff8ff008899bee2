import * as v from 'valibot';
import { integer, type Lane } from './domain.ts';
import { plottedFieldSchema } from './field-plot.ts';
import { listing, type Progress } from './log.ts';
import { forward, timeSpan } from './timeline.ts';

/** The most sweeps that are overlaid; the newest if there are more. */
export const MAX_SWEEPS = 500;
/** The most messages in all of them. */
export const MAX_SWEEP_POINTS = 20_000;
/** µs. */
export const MAX_SWEEP_LENGTH = 3_600_000_000;

const { filter, encoding } = listing;

export const sweepsQuerySchema = v.pipe(
  v.strictObject({
    ...timeSpan,
    /** Each matching record starts a sweep. */
    filter,
    encoding,
    /** µs of a sweep. */
    length: integer('Length', 1, MAX_SWEEP_LENGTH),
    /** What is drawn of each message; null: its size. */
    field: v.nullable(plottedFieldSchema),
  }),
  forward('Sweeps must end after they start.'),
);
export type SweepsQuery = v.InferOutput<typeof sweepsQuerySchema>;

/** A message in a sweep. */
export interface SweepPoint {
  /** Which sweep, from 0; the newest is the last. */
  readonly sweep: number;
  readonly lane: Lane;
  /** µs since the sweep began. */
  readonly at: number;
  readonly value: number;
}

export interface Sweeps {
  /** How many are overlaid. */
  readonly sweeps: number;
  /** How many begin in the span; more than are drawn if only the newest are. */
  readonly found: number;
  readonly points: readonly SweepPoint[];
  /** They contain more messages than are listed. */
  readonly isCut: boolean;
  /** How far the records were scanned for the beginnings of sweeps. */
  readonly progress: Progress;
}
