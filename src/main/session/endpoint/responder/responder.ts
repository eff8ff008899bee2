import { type Failure, ShmscopeError, toFailure } from '../../../../shared/failure.ts';
import { type Answer, RuleBook } from '../../../../shared/responder/rule-book.ts';
import type { ResponderState, RuleState } from '../../../../shared/responder/state.ts';
import { ScenarioFault } from '../../../../shared/scenario/payload.ts';
import { boundedExec } from '../../../match/bounded-exec.ts';
import type { SetResponder } from '../../protocol.ts';
import type { Recorder } from '../../recorder.ts';
import type { Outbox } from '../outbox.ts';

/** The most replies that may be on their way, and their bytes: a peer that reads none must not fill the memory. */
const MAX_WAITING = 1000;
const MAX_BYTES = 64 * 1024 * 1024;

interface Waiting extends Answer {
  /** µs of the session's clock. */
  readonly due: number;
  /** Number of the message that it answers. */
  readonly request: number;
}

type Counts = { -readonly [K in 'replies' | 'waiting' | 'lastAt']: RuleState[K] };

/** Answers messages by rules, on the session's thread, from one channel of the session to the next. */
export class Responder {
  /** The channel's, while it is open. */
  outbox: Pick<Outbox, 'send'> | null = null;
  readonly #recorder: Pick<Recorder, 'add' | 'now'>;
  #name: string | null = null;
  #book: RuleBook | null = null;
  #counts: Counts[] = [];
  /** Ascending by time. */
  #waiting: Waiting[] = [];
  #bytes = 0;
  #dropped = 0;
  readonly #whenIdle: (() => void)[] = [];

  constructor(recorder: Pick<Recorder, 'add' | 'now'>) {
    this.#recorder = recorder;
  }

  get state(): ResponderState | null {
    if (!this.#book) return null;
    const rules = this.#book.names.map((rule, index) => ({ ...rule, ...(this.#counts[index] as Counts) }));
    return { name: this.#name, rules, dropped: this.#dropped };
  }

  /** null: no rules from now on. Waiting replies aren't sent. Throws ShmscopeError `invalid-argument`. */
  set(given: SetResponder | null): void {
    const book = given && opened(given);
    this.#book = book;
    this.#name = given?.rules.name ?? null;
    this.#counts = (book?.names ?? []).map(() => ({ replies: 0, waiting: 0, lastAt: null }));
    this.#waiting = [];
    this.#bytes = 0;
    this.#dropped = 0;
  }

  /** A message has arrived; the caller may reuse its bytes afterwards. */
  received(bytes: Uint8Array, request: number): void {
    const answer = this.#book?.answer(bytes, (name, reason) => this.#note(`The rule “${name}” was stopped. ${reason}`));
    if (!answer) return;
    if (this.#isFull) this.#drop(answer.rule, request);
    else this.#keep(answer, request);
  }

  get #isFull(): boolean {
    return this.#bytes > MAX_BYTES || this.#counts.reduce((sum, { waiting }) => sum + waiting, 0) >= MAX_WAITING;
  }

  #keep(answer: Answer, request: number): void {
    const due = this.#recorder.now().mono + answer.delayMs * 1000;
    this.#count(answer.rule).waiting++;
    this.#bytes += answer.bytes.length;
    const at = this.#waiting.findLastIndex((one) => one.due <= due) + 1;
    this.#waiting.splice(at, 0, { ...answer, due, request });
  }

  /** ms until a reply is due; Infinity while none waits. */
  dueIn(): number {
    const [next] = this.#waiting;
    return next ? Math.max(0, next.due - this.#recorder.now().mono) / 1000 : Number.POSITIVE_INFINITY;
  }

  /** Puts what is due into the outbox. */
  step(): void {
    for (let next = this.#waiting[0]; next && this.outbox; next = this.#waiting[0]) {
      if (next.due > this.#recorder.now().mono) return;
      this.#waiting.shift();
      this.#send(next, this.outbox);
    }
    if (this.#waiting.length === 0) for (const act of this.#whenIdle.splice(0)) act();
  }

  /** Called when no reply waits for its time any more. */
  whenIdle(act: () => void): void {
    if (this.#waiting.length === 0) act();
    else this.#whenIdle.push(act);
  }

  #send({ rule, bytes, request }: Waiting, outbox: Pick<Outbox, 'send'>): void {
    const [book, counts, name] = [this.#book, this.#count(rule), this.#nameOf(rule)];
    const settle = () => {
      counts.waiting--;
      // Other rules may have replaced them.
      if (book === this.#book) this.#bytes -= bytes.length;
    };
    const sent = () => {
      settle();
      counts.replies++;
      counts.lastAt = this.#recorder.now().mono;
    };
    const failed = (error: unknown) => {
      settle();
      const failure: Failure = toFailure(error);
      this.#note(`The reply of the rule “${name}” to ${number(request)} was not sent. ${failure.message}`);
      if (failure.code === 'payload-too-large') book?.fail(rule, failure.message);
    };
    outbox.send(bytes, sent, failed, { detail: `Sent by the rule “${name}” in reply to ${number(request)}.` });
  }

  #drop(rule: number, request: number): void {
    this.#dropped++;
    if (this.#dropped > 1) return;
    this.#note(
      `The rule “${this.#nameOf(rule)}” did not answer ${number(request)}: ${MAX_WAITING.toLocaleString('en-US')} replies wait to be sent, since the peer does not read them. Further ones are counted.`,
    );
  }

  #count(rule: number): Counts {
    return this.#counts[rule] as Counts;
  }

  #nameOf(rule: number): string {
    return this.#book?.names[rule]?.name ?? '';
  }

  #note(detail: string): void {
    this.#recorder.add({ kind: 'notice', detail });
  }
}

const number = (seq: number) => `#${seq.toLocaleString('en-US')}`;

function opened({ rules, types, abi }: SetResponder): RuleBook {
  try {
    return new RuleBook(rules, { types, abi, exec: boundedExec });
  } catch (error) {
    throw error instanceof ScenarioFault ? new ShmscopeError('invalid-argument', error.message) : error;
  }
}
