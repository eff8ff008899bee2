import { FLAG, inDirection, outDirection } from '../../shared/domain.ts';
import { ShmscopeError } from '../../shared/failure.ts';
import type { Kernel, KernelEvent } from '../kernel/kernel.ts';
import type { Channel } from './channel.ts';
import type { AnomalyReport, ReceiveResult, Taken } from './results.ts';
import { Slot } from './slot.ts';

/** What stands in the slot and has not had its wake for this long, in ms, has lost it. */
const LOST_WAKE_MS = 100;
/** The longest single wait, in ms: a native wait can't be interrupted but by its events. */
const SLICE_MS = 50;
/** How often what stands in the slot without a wake is looked at, in ms. */
const RECHECK_MS = 10;
const MAX_COPIES = 4;

/**
 * The crate's Server or Client: takes part in the channel, never disturbs more than the protocol asks.
 * Anomalies go to `report` in the order in which they were met, before the result that they belong to.
 */
export class Endpoint {
  /** Set by the peer after each message; auto-reset, so only one waiter may wait on it. */
  readonly dataEvent: KernelEvent;
  readonly incoming: Slot;
  readonly outgoing: Slot;
  readonly #kernel: Kernel;
  readonly #channel: Channel;
  readonly #peerEvent: KernelEvent;
  readonly #report: (anomaly: AnomalyReport) => void;
  /** Flag that was answered last without a message, so that it is answered once and not at every look. */
  #answered: number = FLAG.waiting;
  /** When something was first seen in the slot that no wake had announced, ms. */
  #unannouncedSince: number | null = null;

  constructor(kernel: Kernel, channel: Channel, report: (anomaly: AnomalyReport) => void) {
    const [inLane, outLane] = [inDirection(channel.role), outDirection(channel.role)];
    this.#kernel = kernel;
    this.#channel = channel;
    this.#report = report;
    this.incoming = new Slot(channel.section, channel.geometry, inLane);
    this.outgoing = new Slot(channel.section, channel.geometry, outLane);
    this.dataEvent = channel.events[inLane];
    this.#peerEvent = channel.events[outLane];
  }

  /** Bytes each direction holds. */
  get bufferSize(): number {
    return this.#channel.geometry.capacity;
  }

  /** True while the peer has not read what was sent last: sending now would lose it. */
  get unread(): boolean {
    return this.outgoing.flag === FLAG.sent;
  }

  /** Throws `payload-too-large` when `bytes` don't fit the slot. The crate would cut them off without a word. */
  checkFits(bytes: Uint8Array): void {
    if (bytes.byteLength <= this.bufferSize) return;
    throw new ShmscopeError(
      'payload-too-large',
      `The message has ${bytes.byteLength.toLocaleString('en-US')} bytes, but the channel holds ${this.bufferSize.toLocaleString('en-US')} in each direction. Nothing was sent.`,
    );
  }

  /** Puts `bytes` into the slot and wakes the peer, whatever stood there: look at {@link unread} first. Throws `payload-too-large`. */
  send(bytes: Uint8Array): void {
    this.checkFits(bytes);
    this.outgoing.put(bytes);
    this.#peerEvent.set();
  }

  /** Stores exit in our flag and wakes the peer. Takes the place of a message that is still unread. */
  sendClose(): void {
    this.outgoing.flag = FLAG.exit;
    this.#peerEvent.set();
  }

  /**
   * Waits for a message, an exit or an error; `null` waits without a limit. `cancel` ends the wait when it is set.
   * A wake without a message is reported, and the rest of the timeout is waited out.
   */
  receive(timeoutMs: number | null, cancel?: KernelEvent): ReceiveResult {
    const deadline = timeoutMs === null ? Number.POSITIVE_INFINITY : performance.now() + timeoutMs;
    const events = cancel ? [cancel, this.dataEvent] : [this.dataEvent];
    for (let left = timeoutMs ?? SLICE_MS; ; left = this.timeLeft(deadline)) {
      const woken = this.#kernel.waitAny(events, Math.min(SLICE_MS, Math.ceil(left)));
      if (cancel && woken === 0) return { kind: 'Cancelled' };
      const taken = woken === -1 ? this.takeOnExpiry() : this.takeOnWake();
      if (taken) return taken;
      if (this.timeLeft(deadline) === 0) return { kind: 'Timeout' };
    }
  }

  /** What the data event announced; null after a spurious wake. */
  takeOnWake(): Taken | null {
    this.#unannouncedSince = null;
    const flag = this.incoming.flag;
    if (flag === FLAG.sent) return this.#takeMessage();
    if (flag === FLAG.waiting || flag === FLAG.read) {
      this.#anomaly('spurious-wake', `The event was set, but the flag is ${flag}: there is no message.`);
      return null;
    }
    return this.#takeFlag(flag);
  }

  /** ms that a wait until `deadline` (ms of performance.now()) has left; it goes on while something stands in the slot whose wake may still come. */
  timeLeft(deadline: number): number {
    return Math.max(this.#unannouncedSince === null ? 0 : RECHECK_MS, deadline - performance.now());
  }

  /** What stands in the slot after a wait without a wake; null when nothing new does, or when its wake may still come. */
  takeOnExpiry(): Taken | null {
    const flag = this.incoming.flag;
    const empty = flag === FLAG.waiting || flag === FLAG.read;
    if (empty || (flag === this.#answered && flag !== FLAG.sent)) {
      this.#answered = flag;
      this.#unannouncedSince = null;
      return null;
    }
    const now = performance.now();
    this.#unannouncedSince ??= now;
    const waited = now - this.#unannouncedSince;
    if (waited < LOST_WAKE_MS) return null;
    this.#unannouncedSince = null;
    if (flag !== FLAG.sent) return this.#takeFlag(flag);
    this.#anomaly(
      'lost-wake',
      `A message stood in the slot for ${Math.round(waited)} ms without its event being set: the sender did not set it, or another reader took the wake.`,
    );
    return this.#takeMessage();
  }

  close(): void {
    this.#channel.close();
  }

  #takeMessage(): Taken {
    this.#answered = FLAG.sent;
    let length = this.incoming.length;
    let bytes = this.incoming.copy(Math.min(length, this.bufferSize));
    let [flagAfter, lengthAfter] = [this.incoming.flag, this.incoming.length];
    if (flagAfter !== FLAG.sent || lengthAfter !== length) {
      this.#anomaly(
        'torn-read',
        `While the message was copied, ${changes(FLAG.sent, flagAfter, length, lengthAfter)}: the sender wrote into a slot that had not been read. The bytes may be of two messages.`,
      );
      for (let copies = 1; copies < MAX_COPIES && flagAfter === FLAG.sent && lengthAfter !== length; copies++) {
        length = lengthAfter;
        bytes = this.incoming.copy(Math.min(length, this.bufferSize));
        [flagAfter, lengthAfter] = [this.incoming.flag, this.incoming.length];
      }
    }
    if (length > this.bufferSize) {
      this.#anomaly(
        'bad-length',
        `The length says ${length.toLocaleString('en-US')} bytes, the buffer holds ${this.bufferSize.toLocaleString('en-US')}: the message was taken up to the buffer's end.`,
      );
    }
    // An exit that came meanwhile must stay: it has an event of its own.
    if (flagAfter === FLAG.sent) this.incoming.flag = FLAG.read;
    return { kind: 'Message', bytes };
  }

  #takeFlag(flag: number): Taken {
    this.#answered = flag;
    if (flag === FLAG.exit) return { kind: 'Exit' };
    const detail = `The flag is ${flag}; only 0 to 3 mean something. The sender uses another layout or wrote beyond its buffer.`;
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
