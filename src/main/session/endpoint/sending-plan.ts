import { randomBytes } from 'node:crypto';
import { type Failure, toFailure } from '../../../shared/failure.ts';
import { expand } from '../../../shared/placeholders.ts';
import { intervalAt, type SendPlan, type SendProgress } from '../../../shared/sending.ts';
import type { Outbox, Sending } from './outbox.ts';

type Now = () => { readonly wall: number; readonly mono: number };

/**
 * A plan no further behind than this, in µs, or than its interval, keeps its schedule: a busy machine is late by this
 * much now and then.
 */
const MADE_UP_MICROS = 20_000;

/**
 * Sends one message after another through the outbox: the next goes in when the previous one is out and its time has
 * come.
 */
export class SendingPlan {
  readonly #plan: SendPlan;
  readonly #outbox: Pick<Outbox, 'checkFits' | 'send' | 'withdraw'>;
  readonly #now: Now;
  /** µs of the session's clock. */
  readonly #start: number;
  #due: number;
  #sent = 0;
  #refused = 0;
  #waiting: Sending | null = null;
  #end: Pick<SendProgress, 'state' | 'endedAt' | 'failure'> | null = null;

  /** `now` in µs. Throws `payload-too-large` if the first message doesn't fit, or the last wouldn't. */
  constructor(plan: SendPlan, outbox: Pick<Outbox, 'checkFits' | 'send' | 'withdraw'>, now: Now) {
    this.#plan = plan;
    this.#outbox = outbox;
    this.#now = now;
    const { wall, mono } = now();
    this.#start = mono;
    this.#due = mono;
    for (const share of [0, 1]) outbox.checkFits(this.#message(wall, share));
  }

  get running(): boolean {
    return this.#end === null;
  }

  get progress(): SendProgress {
    const { until } = this.#plan;
    return {
      ...(this.#end ?? { state: 'running', endedAt: null, failure: null }),
      sent: this.#sent,
      refused: this.#refused,
      total: until.what === 'count' ? until.count : null,
      durationMs: until.what === 'time' ? until.durationMs : null,
      intervalMs: Math.round(intervalAt(this.#plan, this.#share())),
      startedAt: this.#start,
    };
  }

  /** ms until there is something to do; Infinity while a message waits for its slot and after the end. */
  dueIn(): number {
    if (this.#end || this.#waiting) return Number.POSITIVE_INFINITY;
    return Math.max(0, this.#due - this.#now().mono) / 1000;
  }

  /** Puts the next message into the outbox once its time has come. */
  step(): void {
    if (this.#end || this.#waiting) return;
    const { wall, mono } = this.#now();
    if (this.#over()) this.#finish('done');
    else if (mono >= this.#due) this.#send(wall, mono);
  }

  #send(wall: number, mono: number): void {
    const share = this.#share();
    const interval = intervalAt(this.#plan, share) * 1000;
    // If far behind, its schedule restarts from now: late messages aren't made up for in a burst.
    this.#due = (mono - this.#due < Math.max(interval, MADE_UP_MICROS) ? this.#due : mono) + interval;
    this.#waiting = this.#outbox.send(
      this.#message(wall, share),
      () => this.#settled(() => this.#sent++),
      (error) => this.#failed(error),
    );
  }

  /** Withdraws what still waits for its slot. */
  stop(): void {
    if (this.#end) return;
    this.#finish('stopped');
    if (this.#waiting) this.#outbox.withdraw(this.#waiting);
    this.#waiting = null;
  }

  #message(wall: number, share: number): Uint8Array<ArrayBuffer> {
    const n = this.#plan.firstNumber + this.#tried;
    return expand(this.#plan.template, { n, wall, share, random: randomBytes });
  }

  get #tried(): number {
    return this.#sent + this.#refused;
  }

  #share(): number {
    const { until } = this.#plan;
    if (until.what === 'count') return until.count === 1 ? 0 : this.#tried / (until.count - 1);
    return (this.#now().mono - this.#start) / (until.durationMs * 1000);
  }

  #over(): boolean {
    const { until } = this.#plan;
    if (until.what === 'count') return this.#tried >= until.count;
    // A message due after the end isn't waited for.
    return Math.max(this.#now().mono, this.#due) - this.#start >= until.durationMs * 1000;
  }

  #failed(error: unknown): void {
    const failure = toFailure(error);
    if (failure.code === 'slot-full') this.#settled(() => this.#refused++);
    else this.#finish('failed', failure);
  }

  #settled(count: () => void): void {
    this.#waiting = null;
    count();
    if (this.#over()) this.#finish('done');
  }

  #finish(state: 'done' | 'stopped' | 'failed', failure: Failure | null = null): void {
    this.#end ??= { state, endedAt: this.#now().mono, failure };
  }
}
