import type { Lane } from '../../domain.ts';
import type { RecordDraft } from '../../log.ts';

/** A record as it is made; `mono` never decreases. */
export interface WatchedRecord extends Omit<RecordDraft, 'offset'> {
  /** A message that was in its slot before the session opened: when it was sent is unknown. */
  readonly wasThere?: boolean;
}

/** µs since the session's beginning from which on a message was seen unread in each slot; null if none is. */
export type SlotLook = Readonly<Record<Lane, number | null>>;

/** Whether an alarm's condition holds; `between`: neither holds nor is far enough from it to be armed again. */
export type Level = 'on' | 'off' | 'between';

/** What to say when an alarm fires. */
export interface Sight {
  /** A sentence without its full stop, after the alarm's own text. */
  readonly says: string;
  readonly lane: Lane | null;
  /** When it began, in µs since the session did. */
  readonly from: number;
}

/**
 * What one type of alarm sees of a session. All times are µs since the session began and never decrease. Its memory
 * doesn't depend on the session.
 */
export interface Sensor {
  /** Takes in a record. `passes`: whether it matches the alarm's filter. */
  record(record: WatchedRecord, passes: () => boolean): void;
  /** Takes in the slots' states. */
  slots?(slots: SlotLook, now: number): void;
  level(now: number): Level;
  /** When {@link level} could change by time alone; Infinity if it can't. */
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
