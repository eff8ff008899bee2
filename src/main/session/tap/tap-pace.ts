import type { TapMode } from '../../../shared/session.ts';

/** ms between two looks. */
const GENTLE_MS = 1;
const FAST_MS = 0.25;
const CONFIRM_MS = 0.25;
const CALM_MS = 2;
/** Traffic is over after this long without a change, in ms, and after this much longer it is quiet. */
const TRAFFIC_MS = 300;
const QUIET_MS = 1500;
/**
 * If this share of the last looks found a change, more looks see more; above the second value even those can't keep up.
 */
const DENSE = 0.35;
const FLOOD = 0.85;
/** The weight of the last look among those before. */
const WEIGHT = 0.05;
/** How long messages too fast to be seen are left alone, in ms. */
const REST_MS = 500;

/**
 * How long a tap leaves the channel alone after a look. In adaptive mode it looks as often as it takes to see each
 * message, as long as that is feasible; in a flood it looks like a gentle one, and less often in silence.
 */
export class TapPace {
  mode: TapMode;
  #changedAt: number;
  /** Share of the last looks that found a change. */
  #density = 0;
  #isFast = false;
  #isQuiet = false;
  #restUntil = Number.NEGATIVE_INFINITY;

  /** Opening a channel at `now` counts as a change: something is likely to happen soon. */
  constructor(mode: TapMode, now = performance.now()) {
    this.mode = mode;
    this.#changedAt = now;
  }

  /** Nothing has happened for long: somebody else may look out for it. */
  get isQuiet(): boolean {
    return this.#isQuiet;
  }

  /**
   * ms from a look at `now` to the next; 0 for no pause. `isPassing`: the current bytes may be a message, as a second
   * look soon will tell.
   */
  next(now: number, hasChanged: boolean, isPassing: boolean): number {
    const ms = this.#byTraffic(now, hasChanged);
    return isPassing ? Math.min(ms, CONFIRM_MS) : ms;
  }

  #byTraffic(now: number, hasChanged: boolean): number {
    if (hasChanged) this.#noteChange(now);
    const silent = now - this.#changedAt;
    this.#isQuiet = silent > QUIET_MS && this.mode === 'adaptive';
    if (this.mode === 'full') return 0;
    if (this.mode === 'gentle') return GENTLE_MS;
    this.#density += WEIGHT * ((hasChanged ? 1 : 0) - this.#density);
    if (silent > TRAFFIC_MS) return CALM_MS;
    return this.#inTraffic(now);
  }

  /** Traffic after a silence may be dense: the first looks must tell. */
  #noteChange(now: number): void {
    if (now - this.#changedAt > TRAFFIC_MS) {
      this.#density = DENSE;
      this.#isFast = true;
    }
    this.#changedAt = now;
  }

  #inTraffic(now: number): number {
    if (this.#isFast) {
      if (this.#density > FLOOD) this.#restUntil = now + REST_MS;
      this.#isFast = this.#density <= FLOOD && this.#density > DENSE / 4;
    } else this.#isFast = this.#density > DENSE && now >= this.#restUntil;
    return this.#isFast ? FAST_MS : GENTLE_MS;
  }
}
