import type { Lane } from '../../domain.ts';
import { inLane, type Level, type Sensor, type Sight, spoken, type WatchedRecord } from './sensor.ts';

/** No message for `micros`, counted from when the alarm was set. Armed again by a message. */
export class Silent implements Sensor {
  readonly #micros: number;
  readonly #lane: Lane | null;
  #last: number;

  constructor(micros: number, lane: Lane | null, now: number) {
    this.#micros = micros;
    this.#lane = lane;
    this.#last = now;
  }

  record({ kind, lane, mono }: WatchedRecord): void {
    if (kind === 'message' && (this.#lane === null || lane === this.#lane)) this.#last = Math.max(this.#last, mono);
  }

  level(now: number): Level {
    return now - this.#last >= this.#micros ? 'on' : 'off';
  }

  dueAt(_now: number, isArmed: boolean): number {
    return isArmed ? this.#last + this.#micros : Number.POSITIVE_INFINITY;
  }

  sight(now: number): Sight {
    const says = `no message${inLane(this.#lane)} for ${spoken(now - this.#last)}`;
    return { lane: this.#lane, from: this.#last, says };
  }
}
