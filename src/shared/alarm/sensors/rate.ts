import { type Alarm, RATE_UNITS } from '../ast.ts';
import { RateWindow } from './rate-window.ts';
import { inLane, type Level, type Sensor, type Sight, type WatchedRecord } from './sensor.ts';

type RateAlarm = Extract<Alarm, { type: 'rate' }>;

/** A rate must go a tenth beyond its limit before the alarm is armed again. */
const HYSTERESIS = 0.1;
const UNIT_NAMES = { s: 'second', m: 'minute', h: 'hour' } as const;

/** Messages in a unit of time, above or below a number. */
export class Rate implements Sensor {
  readonly #alarm: RateAlarm;
  readonly #window: RateWindow;
  readonly #micros: number;
  /** Until then the window isn't full: too few can't be known. */
  readonly #fullAt: number;

  constructor(alarm: RateAlarm, now: number) {
    this.#alarm = alarm;
    this.#micros = RATE_UNITS[alarm.unit];
    this.#window = new RateWindow(this.#micros, now);
    this.#fullAt = this.#window.nextStep(now) + this.#micros;
  }

  record({ kind, lane, mono, wasThere }: WatchedRecord): void {
    if (kind === 'message' && !wasThere && (this.#alarm.lane === null || lane === this.#alarm.lane))
      this.#window.add(mono);
  }

  level(now: number): Level {
    const { sign, count } = this.#alarm;
    const rate = this.#rate(now);
    switch (sign) {
      case '>':
        return rate > count ? 'on' : rate <= count * (1 - HYSTERESIS) ? 'off' : 'between';
      case '>=':
        return rate >= count ? 'on' : rate < count * (1 - HYSTERESIS) ? 'off' : 'between';
      case '<':
        if (now < this.#fullAt) return 'between';
        return rate < count ? 'on' : rate >= count * (1 + HYSTERESIS) ? 'off' : 'between';
      case '<=':
        if (now < this.#fullAt) return 'between';
        return rate <= count ? 'on' : rate > count * (1 + HYSTERESIS) ? 'off' : 'between';
    }
  }

  /** A high rate is noticed with a message; a low one with a step of the window. */
  dueAt(now: number, isArmed: boolean): number {
    const waitsForMore = this.#isHigh === isArmed;
    if (waitsForMore) return Number.POSITIVE_INFINITY;
    return this.#isHigh ? this.#window.nextStep(now) : Math.max(this.#fullAt, this.#window.nextStep(now));
  }

  sight(now: number): Sight {
    const { lane, unit } = this.#alarm;
    const rate = this.#rate(now);
    const says = `${rate.toLocaleString('en-US')} message${rate === 1 ? '' : 's'}${inLane(lane)} in the last ${UNIT_NAMES[unit]}`;
    return { lane, from: Math.max(0, now - this.#micros), says };
  }

  get #isHigh(): boolean {
    return this.#alarm.sign.startsWith('>');
  }

  /** Of two windows that end within a step of each other, the one with more. */
  #rate(now: number): number {
    return Math.max(this.#window.passed(now), this.#window.latest(now));
  }
}
