import type { Lane } from '../domain.ts';
import type { FilterError, FilterNode } from '../filter/filter.ts';

/** The longest text of an alarm, in UTF-16 code units. */
export const MAX_ALARM_TEXT = 1024;

export const RATE_SIGNS = ['>=', '<=', '>', '<'] as const;
type RateSign = (typeof RATE_SIGNS)[number];

/** The units of time of a rate, in µs. */
export const RATE_UNITS = { s: 1_000_000, m: 60_000_000, h: 3_600_000_000 } as const;
export type RateUnit = keyof typeof RATE_UNITS;

/** Of the messages in one lane, or in both if null. */
interface InLane {
  readonly lane: Lane | null;
}

/** What an alarm waits for. */
export type Alarm =
  /** A message is unread for more than this many µs. */
  | ({ readonly type: 'unread'; readonly micros: number } & InLane)
  /** No message arrives for this many µs. */
  | ({ readonly type: 'silent'; readonly micros: number } & InLane)
  /** This many messages arrive in a unit of time. */
  | ({ readonly type: 'rate'; readonly sign: RateSign; readonly count: number; readonly unit: RateUnit } & InLane)
  /** An anomaly is recorded; with `codes`, one of these. */
  | ({ readonly type: 'anomaly'; readonly codes: '*' | readonly string[] } & InLane)
  /** A tap knows that it missed a message. */
  | ({ readonly type: 'missed' } & InLane)
  /** This many records in a row match a filter. */
  | { readonly type: 'filter'; readonly filter: FilterNode; readonly times: number };

export type ParsedAlarm =
  | { readonly ok: true; readonly alarm: Alarm }
  | { readonly ok: false; readonly error: FilterError };
