import type { Lane } from '../../../shared/domain.ts';
import type { Found, TapAnomaly, TapListener } from './listener.ts';

/** When something was first seen. Of two things seen in one look, the lower `number` came first. */
export interface Sight {
  readonly number: number;
  /** ms of the tap's clock. */
  readonly at: number;
}

/**
 * Reports what is seen in two lanes in the order in which it was first seen. Bytes may prove to be a message some looks
 * later: until then, everything seen after them waits.
 */
export class InOrder {
  readonly #listener: TapListener;
  readonly #firstUnproven: () => number;
  /** By number. */
  readonly #waiting: { readonly number: number; readonly tell: () => void }[] = [];
  #sights = 0;
  #last: { readonly number: number; readonly lane: Lane } = { number: -1, lane: 's2c' };

  /** `firstUnproven`: number of the first sighting that has yet to prove to be a message; Infinity for none. */
  constructor(listener: TapListener, firstUnproven: () => number) {
    this.#listener = listener;
    this.#firstUnproven = firstUnproven;
  }

  sight(at: number): Sight {
    return { number: this.#sights++, at };
  }

  /** The lane of the message seen last; s2c before the first. */
  get lastLane(): Lane {
    return this.#last.lane;
  }

  /** The caller may reuse `bytes` afterwards. */
  message({ number, at }: Sight, lane: Lane, bytes: Uint8Array, found: Found): void {
    if (number > this.#last.number) this.#last = { number, lane };
    if (this.#isNext(number)) {
      this.#listener.message(lane, bytes, found, at);
      return;
    }
    const kept = Uint8Array.from(bytes);
    this.#tell(number, () => this.#listener.message(lane, kept, found, at));
  }

  read({ number, at }: Sight, lane: Lane): void {
    if (this.#isNext(number)) this.#listener.read(lane, at);
    else this.#tell(number, () => this.#listener.read(lane, at));
  }

  exit({ number, at }: Sight, lane: Lane): void {
    this.#tell(number, () => this.#listener.exit(lane, at));
  }

  anomaly({ number }: Sight, anomaly: TapAnomaly): void {
    this.#tell(number, () => this.#listener.anomaly(anomaly));
  }

  /** Reports what no longer has to wait. */
  release(): void {
    if (this.#waiting.length > 0) this.#tellBefore(this.#firstUnproven());
  }

  /** Reports everything: there will be no more looks. */
  end(): void {
    this.#tellBefore(Number.POSITIVE_INFINITY);
  }

  /** Whether it can be reported at once. */
  #isNext(number: number): boolean {
    return this.#waiting.length === 0 && number < this.#firstUnproven();
  }

  #tell(number: number, tell: () => void): void {
    const at = this.#waiting.findLastIndex((waiting) => waiting.number <= number) + 1;
    this.#waiting.splice(at, 0, { number, tell });
    this.release();
  }

  #tellBefore(number: number): void {
    while (this.#waiting[0] && this.#waiting[0].number < number) this.#waiting.shift()?.tell();
  }
}
