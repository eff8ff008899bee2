import { type Failure, toFailure } from '../../../../shared/failure.ts';
import type { FeedHead } from '../../../../shared/replay/feed.ts';
import { Lateness } from '../../../../shared/replay/lateness.ts';
import type { ReplayPlan, ReplayProgress, ReplayResult } from '../../../../shared/replay/replay.ts';
import { Replies } from '../../../../shared/replay/replies.ts';
import { dueAfter, isTimed } from '../../../../shared/replay/timing.ts';
import type { Decoder } from '../../../../shared/types/decoder.ts';
import type { Outbox, Sending, Sent } from '../outbox.ts';
import type { Fed, Feed } from './feed-queue.ts';
import { Held } from './held.ts';
import { summaryOf } from './words.ts';

/** ms between two checks for more of the recording. */
const FEED_LOOK_MS = 0.5;
/** ms without a message after which nothing more is expected from the peer. */
const QUIET_MS = 100;

type Now = () => { readonly mono: number };
type Out = Pick<Outbox, 'checkFits' | 'send' | 'sendClose' | 'awaitRead' | 'withdraw'>;

export interface ReplayParts {
  readonly plan: ReplayPlan;
  readonly head: FeedHead;
  readonly feed: Feed;
  readonly outbox: Out;
  /** µs of the session's clock. */
  readonly now: Now;
  readonly decoderOf: (bytes: Uint8Array) => Decoder | undefined;
  /** Called when it has ended, with the result. */
  readonly onEnd: (summary: string) => void;
}

/** What happens after everything was sent, in order. */
type Phase = 'sending' | 'replies' | 'quiet' | 'reading';

/** Sends through the outbox what one end had sent, and pairs what arrives with what had arrived. */
export class ReplayRun {
  readonly #parts: ReplayParts;
  readonly #replies: Replies;
  readonly #late = new Lateness();
  readonly #held = new Held();
  readonly #startedAt: number;
  /** When the recording's first item is due: now, once it is here, or when the peer begins, if it did so then. */
  #base: number | null = null;
  readonly #peerBegins: boolean;
  #phase: Phase = 'sending';
  #sent = 0;
  #expected = 0;
  #sending: Sending | 'exit' | null = null;
  #steps = 0;
  /** When the peer was last heard or served: timeouts count from there. */
  #waitsSince: number;
  /** The peer has said exit and hasn't sent since; and did so before it had in the recording. */
  #hasLeft = false;
  #hasLeftEarly = false;
  #reading: boolean | null = null;
  #end: Pick<ReplayProgress, 'result' | 'endedAt' | 'failure' | 'summary'> | null = null;

  /** Throws `payload-too-large` if the largest message doesn't fit. */
  constructor(parts: ReplayParts) {
    const { plan, head, decoderOf, now } = parts;
    this.#parts = parts;
    this.#replies = new Replies(plan.compare ? { decoderOf, ignored: plan.ignore } : null);
    this.#startedAt = now().mono;
    this.#waitsSince = this.#startedAt;
    this.#peerBegins = head.peerBegins && isTimed(plan.timing);
  }

  get running(): boolean {
    return this.#end === null;
  }

  get progress(): ReplayProgress {
    const { plan, head } = this.#parts;
    return {
      ...(this.#end ?? { result: null, summary: null, endedAt: null, failure: null }),
      ...{ capture: head.capture, session: head.session, missed: head.missed },
      ...{ sent: this.#sent, total: head.sends * plan.loops },
      ...{ replies: this.#replies.came, expected: this.#expected },
      held: this.#held.figures,
      late: isTimed(plan.timing) ? this.#late.figures : null,
      next: this.#nextStep(),
      waitsFor: this.#end ? null : this.#waitsFor(),
      ...{ differences: this.#replies.differences, first: this.#replies.first, startedAt: this.#startedAt },
    };
  }

  /** ms until there is something to do; Infinity while only the peer, the outbox or the user can make progress. */
  dueIn(): number {
    if (this.#end || this.#sending) return Number.POSITIVE_INFINITY;
    const now = this.#parts.now().mono;
    const limit = Math.max(0, this.#waitsSince + this.#limitMicros - now) / 1000;
    if (this.#phase === 'reading') return this.#reading === null ? Number.POSITIVE_INFINITY : 0;
    if (this.#phase !== 'sending') return limit;
    const { head, isAtEnd, failure } = this.#parts.feed;
    if (failure || isAtEnd) return 0;
    if (!head) return FEED_LOOK_MS;
    if (head.kind === 'reply' || head.kind === 'exit') return 0;
    if (this.#awaitsStep()) return Number.POSITIVE_INFINITY;
    if (this.#awaitsPeer()) return limit;
    return Math.max(0, this.#dueAt(head) - now) / 1000;
  }

  /** Does what is due. */
  step(): void {
    while (!this.#end && !this.#sending && this.#advance());
  }

  /** A message has arrived; the caller may reuse its bytes afterwards. */
  received(bytes: Uint8Array, seq: number): void {
    if (this.#end) return;
    this.#heard();
    this.#hasLeft = false;
    this.#replies.take({ seq, bytes, isExit: false });
  }

  /** The peer has said exit. */
  exited(seq: number): void {
    if (this.#end) return;
    this.#heard();
    this.#hasLeft = true;
    const expected = this.#replies.take({ seq, bytes: null, isExit: true });
    this.#hasLeftEarly = !expected?.isExit;
  }

  /** Releases one more message. */
  go(): void {
    this.#steps++;
    this.#waitsSince = this.#parts.now().mono;
  }

  stop(failure: Failure | null = null): void {
    this.#finish(failure ? 'failed' : 'stopped', failure);
  }

  /** The peer is no longer where replies could come from. */
  lost(failure: Failure): void {
    this.#peerLeft(failure);
  }

  get #limitMicros(): number {
    return this.#phase === 'quiet' ? QUIET_MS * 1000 : this.#parts.plan.timeoutMs * 1000;
  }

  #heard(): void {
    const { mono } = this.#parts.now();
    this.#waitsSince = mono;
    if (this.#peerBegins) this.#base ??= mono;
  }

  /** One step; false if there is nothing to do now. */
  #advance(): boolean {
    const isLate = this.#parts.now().mono >= this.#waitsSince + this.#limitMicros;
    switch (this.#phase) {
      case 'sending':
        return this.#send(isLate);
      case 'replies':
        if (this.#replies.missing === 0) return this.#enter('quiet');
        if (this.#hasLeftEarly) return this.#peerLeft();
        return isLate && this.#timedOut();
      case 'quiet':
        return (isLate || !this.#parts.plan.compare || this.#hasLeft) && this.#awaitRead();
      case 'reading':
        return this.#reading !== null && this.#finish(this.#reading ? this.#verdict() : 'timeout');
    }
  }

  #send(isLate: boolean): boolean {
    const { feed, plan } = this.#parts;
    const { head, failure } = feed;
    if (failure) return this.#finish('failed', failure);
    if (!head) return feed.isAtEnd && this.#enter(plan.compare || plan.timing.how === 'lockstep' ? 'replies' : 'quiet');
    if (head.kind === 'reply' || head.kind === 'exit') return this.#expect(head);
    if (this.#hasLeftEarly) return this.#peerLeft();
    if (!this.#peerBegins) this.#base ??= this.#parts.now().mono;
    if (this.#awaitsStep()) return false;
    if (this.#awaitsPeer()) return isLate && this.#timedOut();
    if (this.#parts.now().mono < this.#dueAt(head)) return false;
    feed.next();
    if (head.kind === 'send') this.#put(head);
    else this.#putExit();
    return false;
  }

  #expect({ kind, seq, bytes }: Fed): true {
    const isExit = kind === 'exit';
    if (!isExit) this.#expected++;
    this.#parts.feed.next();
    const came = this.#replies.expect({ seq, bytes: isExit ? null : bytes, isExit });
    if (came?.isExit) this.#hasLeftEarly = !isExit;
    return true;
  }

  #put(item: Fed): void {
    const due = this.#dueAt(item);
    this.#sending = this.#parts.outbox.send(
      item.bytes,
      (_receipt, sent) => this.#out(due, sent),
      (error) => this.#failed(error),
      { limitMs: this.#parts.plan.timeoutMs },
    );
  }

  #putExit(): void {
    this.#sending = 'exit';
    this.#parts.outbox.sendClose(
      () => {
        this.#sending = null;
        this.#waitsSince = this.#parts.now().mono;
      },
      (error) => this.#failed(error),
    );
  }

  #out(due: number, { at, held }: Sent): void {
    this.#sending = null;
    this.#sent++;
    this.#steps = Math.max(0, this.#steps - 1);
    this.#waitsSince = at.mono;
    const isHeld = this.#held.note({ due, at: at.mono, held });
    if (!isHeld && isTimed(this.#parts.plan.timing) && !this.#parts.plan.step) this.#late.add(at.mono - due);
  }

  /** µs of the session's clock; not in the future for one without a time of its own. */
  #dueAt({ at }: Fed): number {
    const { timing, step } = this.#parts.plan;
    const after = step ? null : dueAfter(timing, at, this.#sent);
    return after === null ? this.#waitsSince : (this.#base ?? 0) + after;
  }

  #awaitsStep(): boolean {
    return this.#parts.plan.step && this.#steps === 0;
  }

  /** Its replies must come first, or its first message. */
  #awaitsPeer(): boolean {
    if (this.#base === null) return this.#peerBegins;
    return this.#parts.plan.timing.how === 'lockstep' && this.#replies.missing > 0;
  }

  #nextStep(): ReplayProgress['next'] {
    const { head } = this.#parts.feed;
    if (this.#end || this.#sending || !this.#awaitsStep() || head?.kind !== 'send') return null;
    return { seq: head.seq, size: head.size };
  }

  #waitsFor(): string | null {
    if (this.#sending) return 'the peer to read the previous message';
    const isWaiting =
      this.#phase === 'replies' || (this.#phase === 'sending' && !this.#awaitsStep() && this.#awaitsPeer());
    const next = this.#replies.next;
    if (isWaiting && next) return `the reply that was recorded as #${next.seq.toLocaleString('en-US')}`;
    return isWaiting ? 'the first message of the peer' : null;
  }

  #enter(phase: Phase): true {
    this.#phase = phase;
    return true;
  }

  /** A section disappears with its last holder: leaving before the peer has read would lose the message. */
  #awaitRead(): boolean {
    this.#replies.end();
    this.#enter('reading');
    if (this.#hasLeft) this.#reading = true;
    else
      this.#parts.outbox.awaitRead(
        this.#parts.plan.timeoutMs,
        (read) => {
          this.#reading = read;
        },
        (error) => this.#failed(error),
      );
    return true;
  }

  #timedOut(): false {
    this.#replies.giveUp();
    return this.#finish('timeout');
  }

  #peerLeft(failure: Failure | null = null): false {
    if (this.#end) return false;
    this.#replies.giveUp();
    return this.#finish('peer-left', failure);
  }

  #failed(error: unknown): void {
    this.#sending = null;
    const failure = toFailure(error);
    if (failure.code === 'slot-full') this.#finish('timeout');
    else if (failure.code === 'header-changed') this.lost(failure);
    else this.#finish('failed', failure);
  }

  #verdict(): ReplayResult {
    if (!this.#parts.plan.compare) return 'sent';
    return this.#replies.differences === 0 ? 'same' : 'differs';
  }

  #finish(result: ReplayResult, failure: Failure | null = null): false {
    if (this.#end) return false;
    const { now, outbox, feed, onEnd } = this.#parts;
    if (this.#sending && this.#sending !== 'exit') outbox.withdraw(this.#sending);
    this.#sending = null;
    const end = { result, endedAt: now().mono, failure };
    this.#end = { ...end, summary: null };
    const summary = summaryOf(this.progress, this.#phase);
    this.#end = { ...end, summary };
    feed.close();
    onEnd(summary);
    return false;
  }
}
