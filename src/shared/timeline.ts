import * as v from 'valibot';
import { integer, type Lane } from './domain.ts';
import type { Counter } from './record-kind.ts';

/** µs in which peaks are counted: those of the finest aggregates. */
export const PEAK_MICROS = 100_000;

/** The most buckets in one answer. */
export const MAX_BUCKETS = 2000;

const sessionId = integer('Session', 1, Number.MAX_SAFE_INTEGER);
const mono = (what: string) => integer(what, 0, Number.MAX_SAFE_INTEGER);
/** A span of a session's time. */
export const timeSpan = {
  session: sessionId,
  /** µs since the session began. */
  fromMono: mono('From'),
  /** µs since the session began, not included. */
  toMono: mono('To'),
};
export const forward = <T extends { fromMono: number; toMono: number }>(message: string) =>
  v.check<T, string>((q) => q.fromMono < q.toMono, message);

export const timelineQuerySchema = v.pipe(
  v.strictObject({
    ...timeSpan,
    buckets: integer('Buckets', 2, MAX_BUCKETS),
    /** Whether {@link Timeline.replies} are wanted: they take a little longer. */
    replies: v.optional(v.boolean()),
  }),
  forward('A timeline must end after it starts.'),
);
export type TimelineQuery = v.InferOutput<typeof timelineQuerySchema>;

export const figuresQuerySchema = v.pipe(v.strictObject(timeSpan), forward('Statistics must end after they start.'));
export type FiguresQuery = v.InferOutput<typeof figuresQuerySchema>;

/** Times in µs, bucket by bucket; all -1 in one without any. */
export interface Extents {
  readonly least: readonly number[];
  readonly mean: readonly number[];
  readonly most: readonly number[];
}

/** What {@link Measured} covers, exact to the microsecond. */
export const measureQuerySchema = v.pipe(v.strictObject(timeSpan), forward('A measurement must end after it starts.'));
export type MeasureQuery = v.InferOutput<typeof measureQuerySchema>;

/** Exactly what a span contains, whatever the buckets. */
export interface Measured {
  readonly messages: Readonly<Record<Lane, number>>;
  /** Of messages. */
  readonly bytes: Readonly<Record<Lane, number>>;
  readonly counted: Readonly<Record<Counter, number>>;
}

/** One lane's slot, bucket by bucket. */
export interface TimelineLane {
  readonly messages: readonly number[];
  readonly bytes: readonly number[];
  /** Size of the largest message, in bytes: how full the slot was. */
  readonly largest: readonly number[];
  /** µs of the bucket during which a message was unread. For the rest of it the slot held nothing new. */
  readonly unread: readonly number[];
}

/**
 * Buckets from `fromMono` on, all `width` µs wide, including empty ones. Each array has an element per bucket. Times
 * are the session's monotonic ones: the wall clock may be set while it is recorded, and buckets must not overlap then.
 */
export interface Timeline extends Readonly<Record<Counter, readonly number[]>> {
  /** Where the first bucket begins: the requested `fromMono` or, rounded to buckets, a little before. */
  readonly fromMono: number;
  readonly width: number;
  readonly s2c: TimelineLane;
  readonly c2s: TimelineLane;
  /**
   * The most messages and bytes of both lanes in {@link PEAK_MICROS} of each bucket; 0 if unknown, as in shorter
   * buckets.
   */
  readonly peaks: Readonly<Record<'messages' | 'bytes', readonly number[]>>;
  /** From a message to the next one in the other lane, by the lane of the reply; null if not requested. */
  readonly replies: Readonly<Record<Lane, Extents>> | null;
  /** Number of the first record of each bucket, -1 if there is none. */
  readonly firstSeq: readonly number[];
  /** µs since the session began of the newest committed record, 0 if there is none. */
  readonly lastMono: number;
  /**
   * How the wall clock ran during the whole session, according to its records: from each point it advances like the
   * monotonic clock, until the next. Ascending by `mono`; empty without records.
   */
  readonly clock: readonly ClockPoint[];
}

/** Both clocks at one moment: µs since the session began, and µs since 1970. */
export interface ClockPoint {
  readonly mono: number;
  readonly wall: number;
}

/**
 * A distribution. Percentiles are at most 1/16 off (the scale is logarithmic, 8 steps to a power of two); `count`,
 * `mean` and `max` are exact.
 */
export interface Distribution {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
  /** Smallest value of each non-empty step, ascending; a step ends at `ends`, exclusive. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly counts: readonly number[];
}

/** The figures of a span, rounded outwards to whole tenths of a second. */
export interface Figures {
  readonly fromMono: number;
  readonly toMono: number;
  /** Bytes of messages. */
  readonly size: Readonly<Record<Lane, Distribution>>;
  /**
   * µs that messages were unread: those to us until we took them, ours until the peer was seen to have read them
   * (checked after every wake and at least every 33 ms). Overwritten ones count until then.
   */
  readonly unread: Readonly<Record<Lane, Distribution>>;
  /** µs from a message to the next one in the other lane, by the lane of the reply. */
  readonly reply: Readonly<Record<Lane, Distribution>>;
}
