import { FLAG, type Role } from '../../shared/domain.ts';
import { can } from '../../shared/session-kind.ts';
import type { HeaderWatch } from './header-watch.ts';
import type { AnomalyReport, Taken } from './results.ts';
import type { Slot } from './slot.ts';
import { SlotContent } from './slot-content.ts';

/** A message without its wake for this long, in ms, has lost it. */
const LOST_WAKE_MS = 100;
const MAX_COPIES = 4;

/** Takes the message from the incoming slot, and reports what is wrong with it. */
export class Receiver {
  readonly #slot: Slot;
  readonly #watch: HeaderWatch;
  readonly #report: (anomaly: AnomalyReport) => void;
  readonly #slotContent: SlotContent;
  /** The last flag that was handled without a message, so that it is handled once and not at every look. */
  #answered: number = FLAG.waiting;
  /** When something was first seen in the slot that no wake had announced, in ms. */
  #unannouncedSince: number | null = null;
  #renewals = 0;

  constructor(slot: Slot, watch: HeaderWatch, role: Role, report: (anomaly: AnomalyReport) => void) {
    this.#slot = slot;
    this.#watch = watch;
    this.#report = report;
    this.#slotContent = new SlotContent(slot, can('endpoint', role, 'create'));
  }

  /** Something is in the slot whose wake may still come. */
  get awaitsWake(): boolean {
    return this.#unannouncedSince !== null;
  }

  /** What the data event announced; null after a wake without a message, and while the slot isn't where it was. */
  takeOnWake(): Taken | null {
    this.#unannouncedSince = null;
    if (!this.#look()) return null;
    const { flag } = this.#slot;
    if (flag === FLAG.sent) return this.#takeMessage();
    return flag === FLAG.waiting || flag === FLAG.read ? null : this.#takeFlag(flag);
  }

  /** What is in the slot after a wait without a wake; null if nothing new is, or its wake may still come. */
  takeOnExpiry(): Taken | null {
    if (!this.#isNew()) {
      this.#unannouncedSince = null;
      return null;
    }
    const now = performance.now();
    this.#unannouncedSince ??= now;
    const waited = now - this.#unannouncedSince;
    if (waited < LOST_WAKE_MS) return null;
    this.#unannouncedSince = null;
    const { flag } = this.#slot;
    if (flag !== FLAG.sent) return this.#takeFlag(flag);
    this.#anomaly(
      'lost-wake',
      `A message was in the slot for ${Math.round(waited)} ms without its event being set: either the sender didn't set it or another reader took the wake.`,
    );
    return this.#takeMessage();
  }

  /** What is in the slot, announced or not; null if nothing new is. */
  takeStanding(): Taken | null {
    if (!this.#isNew()) return null;
    const { flag } = this.#slot;
    return flag === FLAG.sent ? this.#takeMessage() : this.#takeFlag(flag);
  }

  #isNew(): boolean {
    if (!this.#look()) return false;
    const { flag } = this.#slot;
    const isEmpty = flag === FLAG.waiting || flag === FLAG.read;
    if (isEmpty) this.#answered = flag;
    return !isEmpty && (flag === FLAG.sent || flag !== this.#answered);
  }

  #look(): boolean {
    const isThere = this.#watch.look();
    if (this.#renewals !== this.#watch.renewals) {
      this.#renewals = this.#watch.renewals;
      this.#answered = FLAG.waiting;
      this.#slotContent.wiped();
    }
    return isThere;
  }

  #takeMessage(): Taken | null {
    const { capacity } = this.#slot;
    this.#answered = FLAG.sent;
    let { length } = this.#slot;
    let bytes = this.#slot.copy(Math.min(length, capacity));
    // Bytes copied from a place that isn't the slot aren't a message.
    if (!this.#look()) return null;
    if (this.#slot.flag !== FLAG.sent || this.#slot.length !== length) {
      this.#anomaly(
        'torn-read',
        `While the message was copied, ${changes(FLAG.sent, this.#slot.flag, length, this.#slot.length)}: the sender wrote to a slot that hadn't been read. The bytes may come from two messages.`,
      );
      for (
        let copies = 1;
        copies < MAX_COPIES && this.#slot.flag === FLAG.sent && this.#slot.length !== length;
        copies++
      ) {
        length = this.#slot.length;
        bytes = this.#slot.copy(Math.min(length, capacity));
        if (!this.#look()) return null;
      }
    }
    if (length > capacity) {
      this.#anomaly(
        'bad-length',
        `The length is ${length.toLocaleString('en-US')} bytes, but the buffer holds ${capacity.toLocaleString('en-US')}. The message was read up to the buffer's end.`,
      );
    }
    const wasHere = this.#slotContent.took(length, bytes);
    if (wasHere) this.#anomaly('overrun', wasHere);
    // An exit that arrived meanwhile must stay: it has an event of its own.
    if (this.#slot.flag === FLAG.sent) this.#slot.flag = FLAG.read;
    return { kind: 'Message', bytes };
  }

  #takeFlag(flag: number): Taken {
    this.#answered = flag;
    if (flag === FLAG.exit) {
      const lost = this.#slotContent.lostToExit();
      if (lost) this.#anomaly('overrun', lost);
      return { kind: 'Exit' };
    }
    const detail = `The flag is ${flag}; only 0 to 3 are valid. The sender uses another layout or wrote beyond its buffer.`;
    this.#anomaly('unknown-flag', detail);
    return { kind: 'MessageError', detail };
  }

  #anomaly(anomaly: AnomalyReport['anomaly'], detail: string): void {
    this.#report({ anomaly, direction: 'in', detail });
  }
}

function changes(flag: number, flagAfter: number, length: number, lengthAfter: number): string {
  const flagChange = flagAfter === flag ? [] : [`the flag changed from ${flag} to ${flagAfter}`];
  const lengthChange = lengthAfter === length ? [] : [`the length changed from ${length} to ${lengthAfter}`];
  return [...flagChange, ...lengthChange].join(' and ');
}
