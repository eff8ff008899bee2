import { isUtf8 } from 'node:buffer';
import { OVERRUN_WAIT_MS, type OverrunPolicy } from '../../../shared/domain.ts';
import { ShmscopeError } from '../../../shared/failure.ts';
import type { CloseReceipt, OpenEndpoint, SendReceipt } from '../../../shared/session.ts';
import type { Endpoint } from '../../channel/endpoint.ts';
import type { Instant } from '../clock.ts';
import type { Recorder } from '../recorder.ts';

/** How long the processor is yielded to a peer that reads at once, in ms; after that a timer tells when to look. */
const PROMPT_MS = 0.3;

/** When a message went out, and whether the one before it was unread in its slot when its turn came. */
export interface Sent {
  readonly at: Instant;
  readonly held: boolean;
}

export interface SendOptions {
  /** How long it waits for its slot, in ms, before it is refused, whatever the policy. Omitted: as the policy says. */
  readonly limitMs?: number;
  /** What its record says about it. */
  readonly detail?: string;
}

type Letter = { readonly since: number; readonly fail: (error: unknown) => void } & (
  | {
      readonly type: 'message';
      readonly bytes: Uint8Array;
      readonly done: (receipt: SendReceipt, sent: Sent) => void;
      readonly options: SendOptions;
      held: boolean;
    }
  | { readonly type: 'exit'; readonly done: (receipt: CloseReceipt) => void }
  | { readonly type: 'read'; readonly limitMs: number; readonly done: (read: boolean) => void }
);
type Message = Extract<Letter, { type: 'message' }>;
type Exit = Extract<Letter, { type: 'exit' }>;
/** A queued message, to withdraw it. */
export type Sending = Message;

/** No event tells that the peer has read, so the flag is polled: often at first, since most peers read at once. */
const SHORTEST_LOOK_MS = 0.05;
const LONGEST_LOOK_MS = 1;

/** Messages waiting to be sent, in order. The first waits for its slot; nothing here blocks. */
export class Outbox {
  policy: OverrunPolicy;
  readonly #endpoint: Endpoint;
  readonly #recorder: Recorder;
  readonly #waitMs: number;
  readonly #letters: Letter[] = [];
  /** The message that was sent last, to name it if it stays unread. */
  #last: { seq: number; at: Instant; bytes: Uint8Array } | null = null;
  /**
   * When the previous message went out, in ms: nothing after it could be sent earlier, so no wait counts from before.
   */
  #sentAt = Number.NEGATIVE_INFINITY;
  /** The last message hasn't been seen as read yet. */
  #watched = false;

  /** A fresh header wiped out the last message before it was seen as read. */
  #wiped = false;
  #renewals: number;

  constructor(endpoint: Endpoint, recorder: Recorder, options: Pick<OpenEndpoint, 'overrun' | 'sendWaitMs'>) {
    const { overrun, sendWaitMs = OVERRUN_WAIT_MS } = options;
    this.#endpoint = endpoint;
    this.#recorder = recorder;
    this.#waitMs = sendWaitMs ?? Number.POSITIVE_INFINITY;
    this.#renewals = endpoint.renewals;
    this.policy = overrun;
  }

  get waiting(): boolean {
    return this.#letters.length > 0;
  }

  /** ms until the slot that a letter waits for should be checked again; Infinity if none does. */
  get lookIn(): number {
    const [letter] = this.#letters;
    if (!letter) return Number.POSITIVE_INFINITY;
    return Math.min(LONGEST_LOOK_MS, Math.max(SHORTEST_LOOK_MS, this.#waitedMs(letter) / 4));
  }

  /** Nothing after the last message could be sent before it, so no wait counts from earlier. */
  #waitedMs({ since }: Letter): number {
    return performance.now() - Math.max(since, this.#sentAt);
  }

  /** Throws `payload-too-large` if `bytes` don't fit the slot. */
  checkFits(bytes: Uint8Array): void {
    this.#endpoint.checkFits(bytes);
  }

  send(bytes: Uint8Array, done: Message['done'], fail: Letter['fail'], options: SendOptions = {}): Sending {
    const letter: Message = { type: 'message', bytes, done, fail, options, held: false, since: performance.now() };
    this.#letters.push(letter);
    return letter;
  }

  /** Withdraws a message that hasn't gone out; neither of its callbacks is called. */
  withdraw(sending: Sending): void {
    const at = this.#letters.indexOf(sending);
    if (at >= 0) this.#letters.splice(at, 1);
  }

  sendClose(done: Exit['done'], fail: Letter['fail']): void {
    this.#letters.push({ type: 'exit', done, fail, since: performance.now() });
  }

  /** Resolves to true once the peer has read the last message, or to false after `limitMs`. */
  awaitRead(limitMs: number, done: (read: boolean) => void, fail: Letter['fail']): void {
    this.#letters.push({ type: 'read', limitMs, done, fail, since: performance.now() });
  }

  /** Sends what can be sent now. Yields the bytes of each message that went out. */
  step(onSent: (bytes: number) => void): void {
    for (let letter = this.#letters[0]; letter; letter = this.#letters[0]) {
      const waitedMs = this.#waitedMs(letter);
      const maySpin = waitedMs < PROMPT_MS && this.#limitMs(letter) > 0;
      if (letter.type === 'message' && !letter.held) letter.held = this.#endpoint.unread;
      if (maySpin) this.#endpoint.awaitRead(PROMPT_MS - Math.max(0, waitedMs));
      const unread = this.#isUnread();
      if (this.#endpoint.isHeaderBeingWritten) return;
      if (unread && waitedMs < this.#limitMs(letter)) return;
      this.#letters.shift();
      try {
        this.#endpoint.checkPlace();
        if (letter.type === 'exit') this.#exit(letter, unread);
        else if (letter.type === 'read') letter.done(!unread && !this.#wiped);
        else onSent(this.#message(letter, unread, waitedMs));
      } catch (error) {
        letter.fail(error);
      }
    }
  }

  /** Records how long the last message was unread, once it has been read. */
  look(): void {
    if (this.#watched && !this.#isUnread() && this.#endpoint.isInPlace) this.#noteUnread();
  }

  #isUnread(): boolean {
    const unread = this.#endpoint.unread;
    if (this.#renewals !== this.#endpoint.renewals) {
      this.#renewals = this.#endpoint.renewals;
      this.#wiped = this.#watched;
      this.#watched = false;
      this.#last = null;
    }
    return unread;
  }

  /** Ends everything that still waits with `error`. */
  abandon(error: ShmscopeError): void {
    for (const letter of this.#letters.splice(0)) letter.fail(error);
  }

  #limitMs(letter: Letter): number {
    if (letter.type === 'read') return letter.limitMs;
    if (letter.type === 'message' && letter.options.limitMs !== undefined) return letter.options.limitMs;
    return letter.type === 'exit' || this.policy === 'wait' ? this.#waitMs : 0;
  }

  #message({ bytes, done, held, options: { limitMs, detail } }: Message, unread: boolean, waitedMs: number): number {
    this.#endpoint.checkFits(bytes);
    const policy = limitMs === undefined ? this.policy : 'wait';
    if (unread) this.#overrun(waitedMs, policy);
    this.#noteUnread();
    this.#endpoint.send(bytes, true);
    const at = this.#recorder.now();
    const record = { kind: 'message', lane: this.#endpoint.outgoing.lane, bytes, ...(detail && { detail }) } as const;
    const seq = this.#recorder.add(record, at);
    this.#last = { seq, at, bytes };
    this.#wiped = false;
    this.#sentAt = performance.now();
    this.#watched = true;
    // Only that policy waits; under the others the time is only that of the call.
    done({ seq, overwrote: unread, waitedMs: policy === 'wait' ? Math.round(waitedMs) : 0 }, { at, held });
    return bytes.byteLength;
  }

  #overrun(waitedMs: number, policy: OverrunPolicy): void {
    const refused = policy !== 'overwrite';
    const waited = policy === 'wait' ? `waited ${Math.round(waitedMs).toLocaleString('en-US')} ms, ` : '';
    const detail = `The peer has not read ${this.#unread()}; ${waited}${refused ? 'refused' : 'overwritten'}.${this.#likelyCause()}`;
    this.#anomaly(detail);
    if (refused) throw new ShmscopeError('slot-full', `The message was not sent: ${lowerFirst(detail)}`);
  }

  #exit({ done }: Exit, unread: boolean): void {
    if (unread) this.#anomaly(`The peer has not read ${this.#unread()}; exit replaced it.${this.#likelyCause()}`);
    this.#noteUnread();
    this.#endpoint.sendClose();
    this.#recorder.add({ kind: 'exit', lane: this.#endpoint.outgoing.lane, detail: 'We sent exit.' });
    done({ lastMessageRead: !unread && !this.#wiped });
  }

  #noteUnread(): void {
    if (!this.#watched || !this.#last) return;
    const { seq, at } = this.#last;
    this.#recorder.read({
      seq,
      lane: this.#endpoint.outgoing.lane,
      mono: at.mono,
      unreadMicros: this.#recorder.now().mono - at.mono,
    });
    this.#watched = false;
  }

  #unread(): string {
    if (!this.#last) return 'a message that was in the slot before we opened it';
    const ms = (this.#recorder.now().mono - this.#last.at.mono) / 1000;
    return `#${this.#last.seq.toLocaleString('en-US')} for ${Math.round(ms).toLocaleString('en-US')} ms`;
  }

  #likelyCause(): string {
    return !this.#last || isUtf8(this.#last.bytes) ? '' : ` ${NOT_UTF8}`;
  }

  #anomaly(detail: string): void {
    this.#recorder.anomaly({ code: 'overrun', lane: this.#endpoint.outgoing.lane, detail });
  }
}

const NOT_UTF8 =
  'Its bytes are not UTF-8: a program that reads with receive() of the crate gets an error and leaves the message in the slot, so it is stuck until the message is overwritten.';

const lowerFirst = (sentence: string) => sentence.charAt(0).toLowerCase() + sentence.slice(1);
