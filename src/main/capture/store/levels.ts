import { PEAK_MICROS } from '../../../shared/timeline.ts';

/**
 * Widths of the aggregates' buckets in µs of the session's monotonic time: 0.1 s, 0.5 s, 2.5 s … 2.2 h. With a factor
 * of 5, some level always answers a query for n buckets with n/5 to n rows. Wall time won't do: it may be set back
 * while recording, and one bucket would then hold two moments.
 */
export const WIDTHS: readonly number[] = Array.from({ length: 8 }, (_, level) => PEAK_MICROS * 5 ** level);
/** Buckets of one level in a bucket of the next. */
export const FACTOR = 5;

export const TOP = WIDTHS.length - 1;

export const widthOf = (level: number): number => WIDTHS[level] as number;
export const bucketOf = (level: number, mono: number): number => Math.floor(mono / widthOf(level));
