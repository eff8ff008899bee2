import type { Lane } from '../domain.ts';
import type { Alarm } from './ast.ts';
import { Events } from './sensors/events.ts';
import { Rate } from './sensors/rate.ts';
import { InRow } from './sensors/row.ts';
import type { Sensor, SlotLook, WatchedRecord } from './sensors/sensor.ts';
import { Silent } from './sensors/silent.ts';
import { Unread } from './sensors/unread.ts';

/** An alarm that has just fired. */
export interface Firing {
  /** A sentence without its full stop: what was seen. */
  readonly says: string;
  readonly lane: Lane | null;
  /** When what it reports began, and the current time, in µs since the session began. */
  readonly from: number;
  readonly at: number;
}

/**
 * Watches for one alarm: takes in records and slot states, and fires once per crossing. All times are µs since the
 * session began; it has no clock of its own.
 */
export class AlarmWatch {
  readonly #sensor: Sensor;
  #isArmed = true;

  /** `now`: when it is set. */
  constructor(alarm: Alarm, now: number) {
    this.#sensor = sensorOf(alarm, now);
  }

  get isArmed(): boolean {
    return this.#isArmed;
  }

  /** `passes`: whether the record matches the alarm's filter. Only called if it has one. */
  record(record: WatchedRecord, passes: () => boolean, fired: (firing: Firing) => void): void {
    // What was due before the record comes first.
    this.look(record.mono, fired);
    this.#sensor.record(record, passes);
    this.look(record.mono, fired);
  }

  slots(slots: SlotLook, now: number, fired: (firing: Firing) => void): void {
    this.#sensor.slots?.(slots, now);
    this.look(now, fired);
  }

  /** Reports what time alone has brought about. */
  look(now: number, fired: (firing: Firing) => void): void {
    const level = this.#sensor.level(now);
    if (this.#isArmed && level === 'on') {
      this.#isArmed = false;
      fired({ ...this.#sensor.sight(now), at: now });
    } else if (!this.#isArmed && level === 'off') {
      this.#isArmed = true;
      this.#sensor.rearmed?.();
    }
  }

  /** When {@link look} must be called at the latest; Infinity if only a record or the slots can change anything. */
  dueAt(now: number): number {
    return this.#sensor.dueAt(now, this.#isArmed);
  }
}

function sensorOf(alarm: Alarm, now: number): Sensor {
  switch (alarm.type) {
    case 'unread':
      return new Unread(alarm.micros, alarm.lane);
    case 'silent':
      return new Silent(alarm.micros, alarm.lane, now);
    case 'rate':
      return new Rate(alarm, now);
    case 'anomaly':
      return new Events(alarm.codes, alarm.lane);
    case 'missed':
      return new Events(['missed'], alarm.lane);
    case 'filter':
      return new InRow(alarm.times);
  }
}
