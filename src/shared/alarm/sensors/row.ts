import type { Lane } from '../../domain.ts';
import { QUIET_MICROS } from './events.ts';
import type { Level, Sensor, Sight, WatchedRecord } from './sensor.ts';

/** Records that are compared with each other: of one lane, and either messages or problems. */
type RowKey = `${Lane | 'none'} ${'traffic' | 'trouble'}`;
interface Row {
  readonly count: number;
  readonly from: number;
}

/**
 * `times` records in a row that match a filter. A row belongs to one lane: a message of that lane that doesn't match
 * ends it; in a row of anomalies and errors, another of these does. Armed again when nothing has matched for a second.
 */
export class InRow implements Sensor {
  readonly #times: number;
  readonly #rows = new Map<RowKey, Row>();
  #last: { readonly mono: number; readonly lane: Lane | null; readonly row: Row } | null = null;

  constructor(times: number) {
    this.#times = times;
  }

  record(record: WatchedRecord, passes: () => boolean): void {
    const { kind, lane, mono, count } = record;
    const isTrouble = kind === 'anomaly' || kind === 'error';
    const key: RowKey = `${lane ?? 'none'} ${isTrouble ? 'trouble' : 'traffic'}`;
    if (passes()) {
      const row = this.#rows.get(key) ?? { count: 0, from: mono };
      const next = { count: row.count + count, from: row.from };
      this.#rows.set(key, next);
      this.#last = { mono, lane, row: next };
    } else if (isTrouble || kind === 'message') this.#rows.delete(key);
  }

  level(now: number): Level {
    if (!this.#last) return 'off';
    if (this.#last.mono === now && this.#last.row.count >= this.#times) return 'on';
    return now < this.#last.mono + QUIET_MICROS ? 'between' : 'off';
  }

  dueAt(_now: number, isArmed: boolean): number {
    return isArmed || !this.#last ? Number.POSITIVE_INFINITY : this.#last.mono + QUIET_MICROS;
  }

  sight(now: number): Sight {
    const { lane = null, row } = this.#last ?? {};
    const says =
      this.#times === 1 ? 'a record passed' : `${this.#times.toLocaleString('en-US')} records in a row passed`;
    return { lane, from: row?.from ?? now, says };
  }

  rearmed(): void {
    this.#rows.clear();
  }
}
