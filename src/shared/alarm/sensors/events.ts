import type { Lane } from '../../domain.ts';
import type { Level, Sensor, Sight, WatchedRecord } from './sensor.ts';

/** Repetitions within this many µs count as one crossing. */
export const QUIET_MICROS = 1_000_000;

/** An anomaly of some kind in a lane or in any; no codes mean any. Armed again after a second without one. */
export class Events implements Sensor {
  readonly #codes: '*' | readonly string[];
  readonly #lane: Lane | null;
  #last: WatchedRecord | null = null;

  constructor(codes: '*' | readonly string[], lane: Lane | null) {
    this.#codes = codes;
    this.#lane = lane;
  }

  record(record: WatchedRecord): void {
    const { kind, code, lane } = record;
    if (kind !== 'anomaly' || (this.#lane !== null && lane !== this.#lane)) return;
    if (this.#codes === '*' || (code !== null && this.#codes.includes(code))) this.#last = record;
  }

  level(now: number): Level {
    if (this.#last?.mono === now) return 'on';
    return this.#last && now < this.#last.mono + QUIET_MICROS ? 'between' : 'off';
  }

  dueAt(_now: number, isArmed: boolean): number {
    return isArmed || !this.#last ? Number.POSITIVE_INFINITY : this.#last.mono + QUIET_MICROS;
  }

  sight(now: number): Sight {
    const { code = null, lane = null, detail = null } = this.#last ?? {};
    const what = detail?.replace(/\.$/, '') ?? 'an anomaly was recorded';
    return { lane, from: now, says: code === null ? what : `${code}: ${what}` };
  }
}
