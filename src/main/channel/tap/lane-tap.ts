import { FLAG, type Lane } from '../../../shared/domain.ts';
import { senderOf } from '../../../shared/session-kind.ts';
import { type Pinned, pinned } from '../../kernel/pinned.ts';
import type { SlotView } from '../slot-view.ts';
import { COMPARED, type Content, contentOf, copyOf, EMPTY, isPartOf, isSame, isWhole } from './content.ts';
import type { InOrder, Sight } from './in-order.ts';
import type { Found, TapAnomaly } from './listener.ts';

/** All of a message is compared this often, in ms; its first {@link GLANCE} bytes at each look. */
const COMPARE_MS = 1;
const GLANCE = 64;
/**
 * Within this many ms a reader rarely reads a message and gets the next one. Two ends that never sleep can do so, but
 * one of this many looks in a row would find the flag of a read message.
 */
const TOO_FAST_MS = 0.005;
const TOO_OFTEN = 400;
/** Within this many ms nobody can send a message, have it read and send another in its place. */
const TRACELESS_MS = 0.05;
/** How long bytes that a sender has certainly finished must stay unchanged, in ms, and how long others must. */
const WHOLE_MS = 0.2;
const SETTLED_MS = 20;
/** If looks are late, a sender may be delayed too: this many times the longest gap of the last seconds is waited. */
const STALLS = 5;
const STALL_DECAY_MS = 2000;
/** How often they are checked meanwhile. */
const PASSING_MS = 0.1;
const MAX_COPIES = 4;

/** Bytes in a slot whose flag doesn't say that they are a message: one that was read, or one that is being written. */
interface Passing {
  readonly content: Content;
  readonly sight: Sight;
  /** The flag has said that a message was there. */
  readonly isMessage: boolean;
  readonly wasThere: boolean;
  looks: number;
}

/**
 * Follows one lane by looking at its slot from time to time. Only what was seen complete becomes a message: bytes that
 * a sender may still be writing wait until they prove to be one, or part of the next. Times in ms of `now`.
 */
export class LaneTap {
  readonly slot: SlotView;
  readonly #look: () => boolean;
  readonly #order: InOrder;
  readonly #now: () => number;
  readonly #wasThere: boolean;
  readonly #glance: Pinned;
  readonly #scratch: Uint8Array;
  /** As of the last look; null before the first. */
  #flag: number | null = null;
  #length = 0;
  #lookedAt: number;
  #gap = 0;
  /** The longest recent gap, decaying. */
  #stall = 0;
  #comparedAt = 0;
  /** The message reported last, or what was there at the beginning. */
  #known: Content = EMPTY;
  #passing: Passing | null = null;
  /** The message reported last was unread at the last look. */
  #isUnread = false;
  /** The sender was seen overwriting an unread message. */
  #overwrites = false;
  /** Changes too fast for a reader, since the flag last said anything but unread. */
  #hasty = 0;
  /** Until then the message reported last may turn out to have been seen just before its flag was stored. */
  #earlyUntil = 0;
  #told = 0;
  #isSampled = false;
  /** The last look found more than the same bytes again. */
  #isNew = false;
  /** The last look found an exit. */
  #isExitNew = false;

  /**
   * `look` looks at the header again; returns false if the slot has moved. `wasThere`: the current content was there
   * before the tap.
   */
  constructor(
    slot: SlotView,
    { look, order, now, wasThere }: { look: () => boolean; order: InOrder; now: () => number; wasThere: boolean },
  ) {
    this.slot = slot;
    this.#look = look;
    this.#order = order;
    this.#now = now;
    this.#wasThere = wasThere;
    this.#glance = pinned(Math.min(slot.capacity, GLANCE));
    this.#scratch = new Uint8Array(Math.min(slot.capacity, COMPARED));
    this.#lookedAt = now();
  }

  /** Messages so far. */
  get told(): number {
    return this.#told;
  }

  /** Messages may have passed between two looks without a trace. */
  get isSampled(): boolean {
    return this.#isSampled;
  }

  /** Another look soon may prove the current bytes to be a message. */
  get isPassing(): boolean {
    return this.#passing !== null;
  }

  /** Number of the sighting of {@link isPassing}; Infinity while there is none. */
  get firstUnproven(): number {
    return this.#passing?.sight.number ?? Number.POSITIVE_INFINITY;
  }

  /** The last thing seen here was a message, and it hasn't been read. */
  get isUnread(): boolean {
    return this.#isUnread;
  }

  /** The slot was wiped by a fresh header, or has moved: its former content can no longer be proved. */
  wiped(): void {
    if (this.#passing) this.#resolve(this.#passing, EMPTY);
    this.#known = EMPTY;
    this.#isUnread = false;
    this.#flag = FLAG.waiting;
    this.#length = 0;
  }

  /** The next look compares all bytes of the message. */
  willLookAtAll(): void {
    this.#comparedAt = Number.NEGATIVE_INFINITY;
  }

  /** Nobody writes any more: the content won't turn into anything else. */
  settle(): void {
    if (this.#passing) this.#accept(this.#passing);
  }

  /** Examines the slot, after a look at the header at `now`. Returns whether anything has changed. */
  look(now: number): boolean {
    const { flag, length } = this.slot;
    const before = this.#flag;
    this.#gap = now - this.#lookedAt;
    this.#lookedAt = now;
    this.#stall = Math.max(this.#gap, this.#stall * (1 - Math.min(1, this.#gap / STALL_DECAY_MS)));
    if (flag === before && length === this.#length && !this.#hasChanged(now)) return false;
    this.#isNew = true;
    this.#flag = flag;
    this.#length = length;
    if (flag === FLAG.sent) this.#standing(before, now);
    else if (flag <= FLAG.exit) this.#passed(flag, before, now);
    else this.#strange(flag, before);
    if (flag !== FLAG.sent) {
      this.#isUnread = false;
      this.#hasty = 0;
    }
    return this.#isNew;
  }

  /** Reports the exit that was found at `now`: the other lane's messages of that look were sent before it. */
  tellExit(now: number): void {
    if (this.#isExitNew) this.#order.exit(this.#sight(now), this.slot.lane);
    this.#isExitNew = false;
  }

  /** ms that bytes must stay unchanged if nothing else proves them. */
  get #settlesIn(): number {
    return SETTLED_MS + STALLS * this.#stall;
  }

  /** Whether the bytes differ from the last look, or have yet to prove to be a message. */
  #hasChanged(now: number): boolean {
    if (this.#flag === null || this.#flag > FLAG.exit) return false;
    const isFull = now - this.#comparedAt >= (this.#passing ? PASSING_MS : COMPARE_MS);
    if (isFull) this.#comparedAt = now;
    if (this.#passing) return isFull || this.#passing.isMessage;
    const { bytes } = this.#known;
    if (!isFull) return !this.#isBeginning(bytes);
    const compared = this.#scratch.subarray(0, bytes.length);
    this.slot.read(compared);
    return Buffer.compare(compared, bytes) !== 0;
  }

  /** Whether the slot starts with `bytes`. */
  #isBeginning(bytes: Uint8Array): boolean {
    const glance = this.#glance;
    this.slot.read(glance);
    const length = Math.min(glance.length, bytes.length);
    for (let at = 0; at < length; at++) if (glance[at] !== bytes[at]) return false;
    return true;
  }

  /** The flag says that there is a message in the slot. */
  #standing(before: number | null, now: number): void {
    const isOld = before === FLAG.sent && this.#isUnread;
    const standing = this.#copyStanding(isOld, now);
    if (!standing) return;
    const { content, bytes } = standing;
    if (this.#wasTold(content, isOld, now)) {
      if (this.#passing) this.#resolve(this.#passing, content);
      this.#isUnread = true;
      return;
    }
    if (this.#isDoubtful(content) && !this.#hasSettled(content, now)) return;
    if (this.#passing) this.#resolve(this.#passing, content);
    this.#tell(content, bytes, { isUnread: true, wasThere: this.#wasThere && before === null }, this.#sight(now));
  }

  /** Whether it is the message that was reported last, and not another one with the same bytes. */
  #wasTold(content: Content, isOld: boolean, now: number): boolean {
    return (isOld || now < this.#earlyUntil) && isSame(content, this.#known);
  }

  /**
   * A copy of the message in the slot: the header says so before and after, and a second copy equals the first. Null if
   * it was gone before it could be copied.
   */
  #copyStanding(isOld: boolean, now: number): { content: Content; bytes: Uint8Array } | null {
    const { slot } = this;
    let lookedAt = now;
    for (let copies = 0; copies < MAX_COPIES; copies++) {
      const { length } = slot;
      const began = lookedAt;
      const first = copyOf(slot.copy(Math.min(length, slot.capacity)));
      const bytes = slot.copy(first.byteLength);
      lookedAt = this.#now();
      if (!this.#look()) return null;
      const content = contentOf(length, first);
      if (slot.flag !== FLAG.sent) {
        // The old content was reported: different bytes belong to the next message.
        if (!this.#wasTold(content, isOld, now))
          this.#notePassing({ content, sight: this.#sight(now), isMessage: !isOld });
        return null;
      }
      if (slot.length === length && Buffer.compare(first, bytes) === 0) return { content, bytes };
      if (this.#now() - began <= TOO_FAST_MS && ++this.#hasty === TOO_OFTEN) this.#isOverwritten();
      // The message to be copied was there, and was replaced.
      if (!isOld || slot.length !== length) this.#miss(TORN);
    }
    this.#length = Number.NaN;
    this.#isUnread = false;
    return null;
  }

  /** The slot changed while the flag said unread all along. */
  #isOverwritten(): void {
    this.#overwrites = true;
    this.#anomaly('overrun', overwritten(this.slot.lane));
  }

  /**
   * A sender that overwrites unread messages may be in the middle of doing so, whatever the flag says; and a slot that
   * is overwritten for the first time may only have been zeroed so far.
   */
  #isDoubtful({ length, bytes }: Content): boolean {
    return this.#overwrites || this.#hasty > 0 || (length > 0 && bytes.every((byte) => byte === 0));
  }

  /** Doubtful bytes must stay unchanged for a while. */
  #hasSettled(content: Content, now: number): boolean {
    const passing = this.#passing;
    if (!passing || !isSame(passing.content, content)) {
      this.#notePassing({ content, sight: this.#sight(now), isMessage: true });
      return false;
    }
    if (now - passing.sight.at < this.#settlesIn) return false;
    this.#passing = null;
    return true;
  }

  /** The flag says that the slot is empty, or exit; the bytes may still be those of a message. */
  #passed(flag: number, before: number | null, now: number): void {
    if (flag === FLAG.waiting) {
      this.#passing = null;
      return;
    }
    const content = this.#peek();
    const sight = this.#sight(now);
    const isMessage = isUnseen(flag, before);
    const passing = this.#passing;
    if (passing && !isSame(passing.content, content)) this.#resolve(passing, content);
    if (this.#passing) this.#confirm(this.#passing, now);
    else if (!isSame(content, this.#known))
      this.#notePassing({ content, sight, isMessage, wasThere: this.#wasThere && before === null });
    else if (before === FLAG.sent && this.#isUnread && flag === FLAG.read) this.#order.read(sight, this.slot.lane);
    else if (isMessage && !this.#wasTold(content, false, now))
      this.#tell(content, content.bytes, { isUnread: false, wasThere: false }, sight);
    if (flag !== FLAG.exit || before === FLAG.exit) return;
    // A sender that has said exit writes no more: the content is complete.
    if (this.#passing) this.#accept(this.#passing);
    this.#isExitNew = true;
  }

  #strange(flag: number, before: number | null): void {
    this.#passing = null;
    if (flag === before) return;
    this.#anomaly(
      'unknown-flag',
      `The flag is ${flag}; only 0 to 3 are valid. The ${senderOf(this.slot.lane)} uses another layout, or something wrote beyond its buffer.`,
    );
  }

  #peek(): Content {
    const { length, capacity } = this.slot;
    const copy = this.#scratch.subarray(0, Math.min(length, capacity));
    this.slot.read(copy);
    return contentOf(length, copyOf(copy));
  }

  #notePassing(seen: Pick<Passing, 'content' | 'sight' | 'isMessage'> & Partial<Passing>): void {
    if (this.#passing && isSame(this.#passing.content, seen.content)) return;
    if (this.#passing) this.#resolve(this.#passing, seen.content);
    this.#passing = { wasThere: false, looks: 1, ...seen };
  }

  /** The same bytes are there at another look. */
  #confirm(passing: Passing, now: number): void {
    passing.looks++;
    this.#isNew = false;
    const stood = now - passing.sight.at;
    const isFinished = stood >= WHOLE_MS && !passing.wasThere && isWhole(passing.content, this.#known);
    const isSure = (passing.isMessage || isFinished) && !this.#isDoubtful(passing.content);
    if (isSure || stood >= this.#settlesIn) this.#accept(passing);
  }

  #accept({ content, sight, wasThere }: Passing): void {
    const bytes = this.#allOf(content);
    if (!bytes) return;
    this.#passing = null;
    this.#tell(content, bytes, { isUnread: false, wasThere }, sight);
    this.#earlyUntil = this.#now() + this.#settlesIn;
  }

  /** All bytes of the slot's content; null if it was replaced meanwhile. */
  #allOf(content: Content): Uint8Array | null {
    const { slot } = this;
    const whole = Math.min(content.length, slot.capacity);
    if (whole === content.bytes.length) return content.bytes;
    const bytes = slot.copy(whole);
    const isStill = this.#look() && slot.flag === this.#flag && slot.length === content.length;
    return isStill && isSame(contentOf(content.length, bytes), content) ? bytes : null;
  }

  /**
   * Other bytes have come: either the old ones were half-written, or they were a message. If the same bytes are now a
   * message of their own, they already were its bytes before, and the flag had been about another one.
   */
  #resolve(passing: Passing, next: Content): void {
    const { content, sight, isMessage, looks, wasThere } = passing;
    this.#passing = null;
    const isEqual = isSame(content, next);
    const isPart = !isEqual && isPartOf(next, content, this.#known);
    if ((isPart || isEqual || wasThere) && !isMessage) return;
    const isSure = !isEqual && !isPart && looks > 1 && !this.#isDoubtful(content);
    const isKept = content.bytes.length === Math.min(content.length, this.slot.capacity);
    if (isSure && isKept) this.#tell(content, content.bytes, { isUnread: false, wasThere }, sight);
    else this.#miss(REPLACED, sight);
    this.#known = content;
  }

  #tell(content: Content, bytes: Uint8Array, found: Found, sight: Sight): void {
    const { lane, capacity } = this.slot;
    if (content.length > capacity) this.#anomaly('bad-length', badLength(content.length, capacity), sight);
    if (this.#gap > TRACELESS_MS) this.#isSampled = true;
    this.#told++;
    this.#known = content;
    this.#isUnread = found.isUnread;
    this.#earlyUntil = 0;
    this.#order.message(sight, lane, bytes, found);
  }

  #miss(detail: string, sight?: Sight): void {
    this.#isSampled = true;
    this.#anomaly('missed', detail, sight);
  }

  #anomaly(anomaly: TapAnomaly['anomaly'], detail: string, sight = this.#sight(this.#lookedAt)): void {
    this.#order.anomaly(sight, { anomaly, lane: this.slot.lane, detail });
  }

  #sight(at: number): Sight {
    return this.#order.sight(at);
  }
}

/** From waiting or exit, only a message turns a flag to read. */
const isUnseen = (flag: number, before: number | null): boolean =>
  flag === FLAG.read && (before === FLAG.waiting || before === FLAG.exit);

const TORN =
  'A message passed that could not be recorded: it was read and replaced while it was copied. A faster mode sees more.';
const REPLACED =
  'A message passed that could not be recorded: its slot changed between two looks without having been seen unread. A faster mode sees more.';
const overwritten = (lane: Lane) =>
  `The ${senderOf(lane)} wrote to its slot while the message there was unread: its bytes changed ${TOO_OFTEN} times in a row, within ${TOO_FAST_MS * 1000} µs each, and the flag said unread at every look in between. What stood there is lost to the reader.`;
const badLength = (length: number, capacity: number) =>
  `The length is ${length.toLocaleString('en-US')} bytes, but the buffer holds ${capacity.toLocaleString('en-US')}. The message was read up to the buffer's end.`;
