import { type Direction, FLAG } from '../../shared/domain.ts';
import { ShmscopeError } from '../../shared/failure.ts';
import { laneOf } from '../../shared/session-kind.ts';
import type { Kernel, KernelEvent } from '../kernel/kernel.ts';
import type { Channel } from './channel.ts';
import { WritableHeader } from './header.ts';
import { HeaderWatch } from './header-watch.ts';
import { Receiver } from './receiver.ts';
import type { AnomalyReport, ReceiveResult, Taken } from './results.ts';
import { Slot } from './slot.ts';
import { Wakes } from './wakes.ts';

/** The longest single wait, in ms: a native wait can only be interrupted by its events. */
const SLICE_MS = 50;
/** How often the slot is checked for a message without a wake, in ms. */
const RECHECK_MS = 10;

/**
 * The crate's Server or Client: takes part in the channel and disturbs no more than the protocol requires. Anomalies go
 * to `report` in the order in which they were found, before the result that they belong to.
 */
export class Endpoint {
  readonly incoming: Slot;
  readonly outgoing: Slot;
  readonly #kernel: Kernel;
  readonly #channel: Channel;
  readonly #watch: HeaderWatch;
  readonly #receiver: Receiver;
  readonly #wakes = new Wakes();
  /** Set by the peer after each message; normally auto-reset, so only one waiter may wait on it. */
  readonly #dataEvent: KernelEvent;
  readonly #peerEvent: KernelEvent;
  readonly #isManual: boolean;
  readonly #report: (anomaly: AnomalyReport) => void;
  readonly #alone: readonly KernelEvent[];
  #both: readonly KernelEvent[];
  /** Never set: for pauses that wait for nothing else. */
  #never: KernelEvent | undefined;

  constructor(kernel: Kernel, channel: Channel, report: (anomaly: AnomalyReport) => void) {
    const [inLane, outLane] = [laneOf(channel.role, 'in'), laneOf(channel.role, 'out')];
    const header = new WritableHeader(channel.section, channel.geometry);
    this.#kernel = kernel;
    this.#channel = channel;
    this.#report = report;
    this.#watch = new HeaderWatch(header, channel.role, report);
    this.incoming = new Slot(header, inLane);
    this.outgoing = new Slot(header, outLane);
    this.#receiver = new Receiver(this.incoming, this.#watch, channel.role, report);
    this.#dataEvent = channel.events[inLane];
    this.#peerEvent = channel.events[outLane];
    this.#alone = [this.#dataEvent];
    this.#both = this.#alone;
    this.#isManual = this.#dataEvent.reset === 'manual';
    if (this.#isManual) report(manualReset('in'));
    if (this.#peerEvent.reset === 'manual') report(manualReset('out'));
  }

  /** Bytes per direction. */
  get bufferSize(): number {
    return this.#channel.geometry.capacity;
  }

  /**
   * Why the header is no longer the one that was opened, so that nothing can be sent or received; null while it is, or
   * may be in the middle of being written. As of the last look.
   */
  get moved(): string | null {
    return this.#watch.moved;
  }

  /** The slots are where they were opened, as of the last look. */
  get isInPlace(): boolean {
    return this.#watch.elsewhere === null;
  }

  /**
   * The header isn't the one that was opened, and may be in the middle of being written: another look soon will tell.
   */
  get isHeaderBeingWritten(): boolean {
    return !this.isInPlace && this.moved === null;
  }

  /** How often a fresh header replaced ours: what was in the slots then is gone. */
  get renewals(): number {
    return this.#watch.renewals;
  }

  /** Looks at the header, and with it at both slots; false while they aren't where they were opened. */
  look(): boolean {
    return this.#watch.look();
  }

  /** True while the peer hasn't read the last message: sending now would lose it. */
  get unread(): boolean {
    return this.look() && this.outgoing.flag === FLAG.sent;
  }

  /**
   * Yields the processor for up to `ms`, or until the peer has read the last message; returns whether it has. A peer
   * that reads at once is done sooner than a timer could wake us.
   */
  awaitRead(ms: number): boolean {
    if (!this.unread) return true;
    // Most are done after the first yield, which isn't worth reading the clock.
    let until: number | undefined;
    do {
      this.#kernel.yieldProcessor();
      if (!this.unread) return true;
      until ??= performance.now() + ms;
    } while (performance.now() < until);
    return false;
  }

  /** Throws `payload-too-large` if `bytes` don't fit the slot. The crate would truncate them silently. */
  checkFits(bytes: Uint8Array): void {
    if (bytes.byteLength <= this.bufferSize) return;
    throw new ShmscopeError(
      'payload-too-large',
      `The message has ${bytes.byteLength.toLocaleString('en-US')} bytes, but the channel holds ${this.bufferSize.toLocaleString('en-US')} in each direction. Nothing was sent.`,
    );
  }

  /** Throws `header-changed` if the last look found that the slots moved. */
  checkPlace(): void {
    const { elsewhere } = this.#watch;
    if (elsewhere !== null) throw new ShmscopeError('header-changed', elsewhere);
  }

  /**
   * Puts `bytes` into the slot and wakes the peer, whatever was there: check {@link unread} first. `hasLooked`: that
   * was done just now. Throws `payload-too-large` and `header-changed`.
   */
  send(bytes: Uint8Array, hasLooked = false): void {
    this.checkFits(bytes);
    if (!hasLooked) this.look();
    this.checkPlace();
    this.outgoing.put(bytes);
    this.#peerEvent.set();
  }

  /** Stores exit in our flag and wakes the peer. Replaces a message that is still unread. Throws `header-changed`. */
  sendClose(): void {
    this.look();
    this.checkPlace();
    this.outgoing.flag = FLAG.exit;
    this.#peerEvent.set();
  }

  /**
   * Waits for a message, an exit or an error; `null` waits without a limit. `cancel` ends the wait when set. A wake
   * without a message is reported, and the wait continues for the rest of the timeout.
   */
  receive(timeoutMs: number | null, cancel?: KernelEvent): ReceiveResult {
    let now: number | undefined = performance.now();
    const deadline = now + (timeoutMs ?? Number.POSITIVE_INFINITY);
    for (let left = timeoutMs ?? SLICE_MS; ; left = this.timeLeft(deadline)) {
      const got = this.wait(Math.min(SLICE_MS, left), cancel, now);
      now = undefined;
      if (got === 'other') return { kind: 'Cancelled' };
      if (got) return got;
      if (this.timeLeft(deadline) === 0) return { kind: 'Timeout' };
    }
  }

  /**
   * One wait of up to `ms` for a message from the peer, or for `other` to be set, whichever comes first. Null if
   * neither came, or only a wake without a message. `now` as for {@link Kernel.waitAny}.
   */
  wait(ms: number, other?: KernelEvent, now?: number): Taken | 'other' | null {
    if (this.#isManual) return this.#poll(ms, other);
    const restMs = this.#watch.elsewhere === null ? this.#wakes.restMs : RECHECK_MS;
    if (restMs > 0) {
      // Its wakes mean nothing, or are for the end that has the new header.
      if (this.#rest(Math.min(ms, restMs), other)) return 'other';
      if (this.#watch.elsewhere !== null) this.look();
      return null;
    }
    const woken = this.#kernel.waitAny(this.#events(other), ms, now);
    if (woken === 0 && other) return 'other';
    return woken === -1 ? this.#expired(ms) : this.#woken();
  }

  /** ms until `deadline` (ms of performance.now()); longer while something is in the slot whose wake may still come. */
  timeLeft(deadline: number): number {
    return Math.max(this.#receiver.awaitsWake ? RECHECK_MS : 0, deadline - performance.now());
  }

  close(): void {
    this.#never?.close();
    this.#channel.close();
  }

  #woken(): Taken | null {
    const taken = this.#receiver.takeOnWake();
    if (taken) this.#wakes.took(taken.kind === 'Message');
    else if (this.#watch.elsewhere === null) this.#report(this.#wakes.withoutMessage(this.incoming.flag));
    return taken;
  }

  #expired(ms: number): Taken | null {
    const taken = this.#receiver.takeOnExpiry();
    if (taken) this.#wakes.took(false);
    else this.#wakes.expired(ms);
    return taken;
  }

  /** A manual-reset event tells nothing once it is set: the slot is polled instead. */
  #poll(ms: number, other?: KernelEvent): Taken | 'other' | null {
    const taken = this.#receiver.takeStanding();
    if (taken) return taken;
    return this.#rest(Math.min(ms, RECHECK_MS), other) ? 'other' : this.#receiver.takeStanding();
  }

  /** Leaves the data event alone for `ms`; true if `other` was set. */
  #rest(ms: number, other: KernelEvent | undefined): boolean {
    if (!other) this.#never ??= this.#kernel.createEvent(null).event;
    return this.#kernel.waitAny([(other ?? this.#never) as KernelEvent], ms) === 0;
  }

  #events(other: KernelEvent | undefined): readonly KernelEvent[] {
    if (!other) return this.#alone;
    if (this.#both[0] !== other) this.#both = [other, this.#dataEvent];
    return this.#both;
  }
}

function manualReset(direction: Direction): AnomalyReport {
  const effect =
    direction === 'in'
      ? `Once set it stays set, so it can't signal new messages; the slot is polled every ${RECHECK_MS} ms instead.`
      : 'Once set it stays set, so the peer keeps waking without a message.';
  return {
    anomaly: 'manual-reset-event',
    direction,
    detail: `This direction's event is a manual-reset event, but the protocol needs auto-reset events. ${effect} The program that created it must pass FALSE for bManualReset to CreateEvent.`,
  };
}
