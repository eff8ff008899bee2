import { FLAG } from '../../../shared/domain.ts';
import { senderOf } from '../../../shared/session-kind.ts';
import type { EventState } from '../../kernel/kernel.ts';
import type { InOrder } from './in-order.ts';
import type { LaneTap } from './lane-tap.ts';
import type { TapAnomaly } from './listener.ts';

/** The state is asked for this often, in ms: it says nothing about anything faster. */
const ASK_MS = 20;
/** Slot and event aren't read at the same moment, so they must disagree for this long, in ms. */
const DISAGREE_MS = 100;

type Disagreement = Extract<TapAnomaly['anomaly'], 'lost-wake' | 'spurious-wake'>;

/** Compares a lane's event with its slot, without taking a wake from whoever waits for it. */
export class WakeWatch {
  readonly event: EventState;
  readonly #lane: LaneTap;
  readonly #order: InOrder;
  #signalled: boolean | null = null;
  #askedAt = Number.NEGATIVE_INFINITY;
  #disagreement: { what: Disagreement; since: number; told: number; isReported: boolean } | null = null;

  /** `now`: as in {@link look}. */
  constructor(event: EventState, lane: LaneTap, order: InOrder, now: number) {
    this.event = event;
    this.#lane = lane;
    this.#order = order;
    if (event.reset === 'manual') this.#report('manual-reset-event', MANUAL, now);
  }

  /** As of the last time it was read; null if it can't be read. */
  get signalled(): boolean | null {
    return this.#signalled;
  }

  look(now: number): void {
    if (now - this.#askedAt < ASK_MS) return;
    this.#askedAt = now;
    this.#signalled = this.event.signalled();
    const what = this.#disagree();
    const { told } = this.#lane;
    if (what === null) this.#disagreement = null;
    else if (this.#disagreement?.what !== what || this.#disagreement.told !== told)
      this.#disagreement = { what, since: now, told, isReported: false };
    else if (!this.#disagreement.isReported && now - this.#disagreement.since >= DISAGREE_MS) {
      this.#disagreement.isReported = true;
      this.#report(
        what,
        SENTENCES[what](senderOf(this.#lane.slot.lane), Math.round(now - this.#disagreement.since)),
        now,
      );
    }
  }

  #disagree(): Disagreement | null {
    const { flag } = this.#lane.slot;
    if (flag === FLAG.sent && this.#signalled === false) return 'lost-wake';
    const isEmpty = flag === FLAG.waiting || flag === FLAG.read;
    return isEmpty && this.#signalled === true && this.event.reset !== 'manual' ? 'spurious-wake' : null;
  }

  #report(anomaly: TapAnomaly['anomaly'], detail: string, now: number): void {
    this.#order.anomaly(this.#order.sight(now), { anomaly, lane: this.#lane.slot.lane, detail });
  }
}

const SENTENCES: Readonly<Record<Disagreement, (sender: string, ms: number) => string>> = {
  'lost-wake': (sender, ms) =>
    `A message of the ${sender} has been unread for ${ms} ms while its event isn't set: either the ${sender} didn't set it, or its wake was taken without the message being read.`,
  'spurious-wake': (sender, ms) =>
    `The event of the ${sender} has been set for ${ms} ms, but its slot holds no unread message: the next wait on it wakes without a message.`,
};
const MANUAL =
  "This lane's event is a manual-reset event, but the protocol needs auto-reset events: once set it stays set, so it can't signal new messages. The program that created it must pass FALSE for bManualReset to CreateEvent.";
