import { type AlarmState, alarmMistake, type LastFiring, parseAlarm } from '../../../shared/alarm/alarm.ts';
import type { SlotLook, WatchedRecord } from '../../../shared/alarm/sensors/sensor.ts';
import { AlarmWatch, type Firing } from '../../../shared/alarm/watch.ts';
import { ShmscopeError } from '../../../shared/failure.ts';
import { BUILT_IN, typedCatalogue } from '../../../shared/filter/filter.ts';
import {
  type Circumstances,
  type Payloads,
  type Predicate,
  predicateOf,
  type RecordPlace,
} from '../../match/record-predicate.ts';

/** µs between two records of one alarm: further firings are counted in the next one. */
const GAP_MICROS = 1_000_000;
/** The most characters of an alarm in its record's sentence. */
const MAX_SAID = 200;

/** What the log should say about an alarm. */
export interface AlarmRecord {
  readonly firing: Firing;
  /** A sentence. */
  readonly detail: string;
  /** How often it fired since its previous record. */
  readonly count: number;
}

/** One alarm of a session, as it was set. All times are µs since the session began. */
export class SetAlarm {
  readonly text: string;
  readonly #watch: AlarmWatch;
  readonly #passes: Predicate | null;
  #count = 0;
  #last: LastFiring | null = null;
  #stopped: string | null = null;
  #unrecorded: { readonly firing: Firing; readonly count: number } | null = null;
  #asked: Pick<AlarmState, 'state' | 'count'> = { state: 'armed', count: 0 };
  #recordedAt = Number.NEGATIVE_INFINITY;

  /** Throws ShmscopeError `invalid-argument` for a text with a mistake. */
  constructor(text: string, now: number, circumstances: Circumstances & Payloads) {
    const parsed = parseAlarm(text, typedCatalogue(BUILT_IN, circumstances.types()));
    if (!parsed.ok) throw new ShmscopeError('invalid-argument', alarmMistake(text, parsed.error));
    this.text = text;
    this.#watch = new AlarmWatch(parsed.alarm, now);
    this.#passes = parsed.alarm.type === 'filter' ? predicateOf(parsed.alarm.filter, circumstances) : null;
  }

  get state(): AlarmState {
    return { text: this.text, state: this.#state, why: this.#stopped, count: this.#count, last: this.#last };
  }

  /** Whether {@link state} has changed since the last call. */
  hasChanged(): boolean {
    const [state, count] = [this.#state, this.#count];
    if (state === this.#asked.state && count === this.#asked.count) return false;
    this.#asked = { state, count };
    return true;
  }

  get #state(): AlarmState['state'] {
    if (this.#stopped !== null) return 'stopped';
    return this.#watch.isArmed ? 'armed' : 'fired';
  }

  /** Returns why it stops watching, if the record made it. */
  record(record: WatchedRecord, place: RecordPlace, payload: () => Buffer): string | null {
    if (this.#stopped !== null) return null;
    const passes = () => this.#passes?.({ ...record, ...place }, payload()) ?? false;
    try {
      this.#watch.record(record, passes, this.#hear);
      return null;
    } catch (error) {
      if (!(error instanceof ShmscopeError)) throw error;
      this.#stopped = error.message;
      return error.message;
    }
  }

  slots(slots: SlotLook, now: number): void {
    if (this.#stopped === null) this.#watch.slots(slots, now, this.#hear);
  }

  look(now: number): void {
    if (this.#stopped === null) this.#watch.look(now, this.#hear);
  }

  dueAt(now: number): number {
    const recordAt = this.#unrecorded ? this.#recordedAt + GAP_MICROS : Number.POSITIVE_INFINITY;
    return this.#stopped === null ? Math.min(this.#watch.dueAt(now), recordAt) : recordAt;
  }

  /** What to record now, if anything; `all`: including what would have to wait. */
  take(now: number, all = false): AlarmRecord | null {
    if (!this.#unrecorded || (!all && now < this.#recordedAt + GAP_MICROS)) return null;
    const { firing, count } = this.#unrecorded;
    this.#unrecorded = null;
    this.#recordedAt = now;
    return { firing, count, detail: `${this.said}: ${firing.says}.` };
  }

  /** Sets the number and time of its last record. */
  recorded(seq: number, wall: number, { from, at, says }: Firing): void {
    this.#last = { seq, wall, from, mono: at, says };
  }

  /** The alarm, in a sentence. */
  get said(): string {
    return this.text.length > MAX_SAID ? `${this.text.slice(0, MAX_SAID)}…` : this.text;
  }

  readonly #hear = (firing: Firing): void => {
    this.#count++;
    this.#unrecorded = { firing, count: (this.#unrecorded?.count ?? 0) + 1 };
  };
}
