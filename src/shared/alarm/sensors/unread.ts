import { LANES, type Lane } from '../../domain.ts';
import { type Level, type Sensor, type Sight, type SlotLook, spoken, type WatchedRecord } from './sensor.ts';

/** A message that is unread for more than `micros`. Armed again once it was read. */
export class Unread implements Sensor {
  readonly #micros: number;
  readonly #lanes: readonly Lane[];
  readonly #since: Record<Lane, number | null> = { s2c: null, c2s: null };
  /** When the level was last `on`: the record of the same message need not report it again. */
  #onAt = Number.NEGATIVE_INFINITY;
  /** A message found to have been unread for too long only when it was taken. */
  #late: { readonly lane: Lane; readonly from: number; readonly at: number } | null = null;

  constructor(micros: number, lane: Lane | null) {
    this.#micros = micros;
    this.#lanes = lane === null ? LANES : [lane];
  }

  record({ kind, lane, mono, unreadMicros = null }: WatchedRecord): void {
    this.#late = null;
    if (kind !== 'message' || lane === null || unreadMicros === null || !this.#lanes.includes(lane)) return;
    const from = mono - unreadMicros;
    if (unreadMicros > this.#micros && this.#onAt < from) this.#late = { lane, from, at: mono };
    this.#since[lane] = null;
  }

  slots(slots: SlotLook): void {
    for (const lane of this.#lanes) this.#since[lane] = slots[lane];
  }

  level(now: number): Level {
    const isOn = this.#late?.at === now || this.#oldest().since < now - this.#micros;
    if (isOn) this.#onAt = now;
    return isOn ? 'on' : 'off';
  }

  dueAt(_now: number, isArmed: boolean): number {
    const { since } = this.#oldest();
    return isArmed && Number.isFinite(since) ? since + this.#micros + 1 : Number.POSITIVE_INFINITY;
  }

  sight(now: number): Sight {
    if (this.#late?.at === now) {
      const { lane, from } = this.#late;
      return { lane, from, says: `a message in ${lane} was unread for ${spoken(now - from)}` };
    }
    const { lane, since } = this.#oldest();
    return { lane, from: since, says: `a message in ${lane} has been unread for ${spoken(now - since)}` };
  }

  /** The one that has been unread longest; since Infinity if none is. */
  #oldest(): { readonly lane: Lane | null; readonly since: number } {
    let oldest: { lane: Lane | null; since: number } = { lane: null, since: Number.POSITIVE_INFINITY };
    for (const lane of this.#lanes) {
      const since = this.#since[lane];
      if (since !== null && since < oldest.since) oldest = { lane, since };
    }
    return oldest;
  }
}
