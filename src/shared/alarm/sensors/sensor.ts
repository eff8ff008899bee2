import type { Lane } from '../../domain.ts';
import type { RecordDraft } from '../../log.ts';

/** A record as it is made; `mono` never goes back. */
export interface WatchedRecord extends Omit<RecordDraft, 'offset'> {
  /** A message that was in its slot before the session opened: when it was sent is not known. */
  readonly wasThere?: boolean;
}

/** µs from the session's beginning since when a message was seen to stand unread in each slot; null where none does. */
export type SlotLook = Readonly<Record<Lane, number | null>>;

/** Whether what an alarm waits for is so; `between`: neither so nor far enough from it to be armed again. */
export type Level = 'on' | 'off' | 'between';

/** What there is to say when an alarm fires. */
export interface Sight {
  /** A sentence without its full stop, behind the alarm's own text. */
  readonly says: string;
  readonly lane: Lane | null;
  /** When it began, in µs since the session did. */
  readonly from: number;
}

/**
 * What one type of alarm sees of a session. All times are µs since the session began and never go back. Its memory is
 * the same for every session.
 */
export interface Sensor {
  /** Takes a record in. `passes`: whether it passes the alarm's filter. */
  record(record: WatchedRecord, passes: () => boolean): void;
  /** Takes in how the slots were found. */
  slots?(slots: SlotLook, now: number): void;
  level(now: number): Level;
  /** When {@link level} could change by time alone; Infinity where it can't. */
  dueAt(now: number, isArmed: boolean): number;
  sight(now: number): Sight;
  /** The alarm is armed again. */
  rearmed?(): void;
}

/** In a sentence. */
export const inLane = (lane: Lane | null): string => (lane === null ? '' : ` in ${lane}`);

/** In a sentence: to the millisecond, from a second on to a tenth of one. */
export function spoken(micros: number): string {
  const ms = Math.round(micros / 1000);
  return ms < 1000 ? `${ms} ms` : `${(Math.round(ms / 100) / 10).toLocaleString('en-US')} s`;
}
