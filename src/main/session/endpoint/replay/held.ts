import type { ReplayProgress } from '../../../../shared/replay/replay.ts';

interface Out {
  /** µs of the session's clock: when it was due, and when it went out. */
  readonly due: number;
  readonly at: number;
  /** The one before it was unread in its slot. */
  readonly held: boolean;
}

/** The messages that had to wait for their slot, and those behind them. */
export class Held {
  #figures: ReplayProgress['held'] = { count: 0, totalMicros: 0, longestMicros: 0 };
  /** When the last delayed message went out. */
  #until = Number.NEGATIVE_INFINITY;

  get figures(): ReplayProgress['held'] {
    return this.#figures;
  }

  /** Whether it was delayed by its slot rather than by the clock. */
  note({ due, at, held }: Out): boolean {
    if (!held && due >= this.#until) return false;
    this.#until = at;
    const micros = Math.max(0, at - due);
    const { count, totalMicros, longestMicros } = this.#figures;
    this.#figures = {
      count: count + 1,
      totalMicros: totalMicros + micros,
      longestMicros: Math.max(longestMicros, micros),
    };
    return true;
  }
}
