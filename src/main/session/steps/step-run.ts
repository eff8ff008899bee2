import type { Lane } from '../../../shared/domain.ts';
import { ShmscopeError } from '../../../shared/failure.ts';
import { StepContents } from '../../../shared/scenario/contents.ts';
import { expectedWords } from '../../../shared/scenario/expected-words.ts';
import { kept } from '../../../shared/scenario/match.ts';
import type { SessionStep, Step } from '../../../shared/scenario/model.ts';
import { keptOf, ScenarioFault } from '../../../shared/scenario/payload.ts';
import type { Performed, StepProgram } from '../../../shared/scenario/program.ts';
import type { StepFailure } from '../../../shared/scenario/report.ts';
import { shownBytes } from '../../../shared/scenario/shown.ts';
import { decodeUtf8 } from '../../../shared/text/utf8.ts';
import { boundedExec } from '../../match/bounded-exec.ts';
import type { StepEvent, StepEvents } from './events.ts';
import { StepResults } from './results.ts';

/** What an end of a channel does for steps; a session that only looks has none. */
export interface StepPort {
  /** `done` and `fail` may be called at once. Returns a function that withdraws it while it waits for its slot. */
  readonly send: (bytes: Uint8Array, done: (seq: number) => void, fail: (error: unknown) => void) => () => void;
  readonly sendClose: (done: () => void, fail: (error: unknown) => void) => void;
  /** Waits this many ms for one message; its record, or that of a timeout, will tell. */
  readonly receive: (timeoutMs: number) => void;
  /** Takes whatever arrives, until told to stop. */
  readonly listen: () => void;
  /** Ends what either of them has started. */
  readonly cancelReceive: () => void;
}

/** A step didn't do what it should. */
class StepFailed extends Error {
  readonly failure: StepFailure;
  readonly seq: number | null;

  constructor(message: string, seq: number | null = null, more: Partial<StepFailure> = {}) {
    super(message);
    this.seq = seq;
    this.failure = { message, expected: null, actual: null, diff: [], ...more };
  }
}

type Steps<T = void> = Generator<void, T>;
type StepOf<D extends SessionStep['do']> = SessionStep & { readonly do: D };

/** Steps of one session being performed. It proceeds whenever {@link proceed} is called, until it has to wait again. */
export class StepRun {
  readonly #events: StepEvents;
  readonly #port: () => StepPort | null;
  readonly #contents: StepContents;
  readonly #results = new StepResults();
  readonly #steps: Steps;
  /** Steps that have begun and not ended, the innermost last. */
  readonly #open: Step[] = [];
  /** The deadline of the enclosing steps, in ms of performance.now(), and which of them sets it. */
  #limit: { readonly at: number; readonly step: Step & { do: 'within' } } | null = null;
  #due = 0;
  /** Withdraws the message that waits for its slot. */
  #withdraw: (() => void) | null = null;
  #outcome: Performed['outcome'] | null = null;

  /** `port`: that of the current channel, null while there is none. */
  constructor(program: StepProgram, events: StepEvents, port: () => StepPort | null) {
    this.#events = events;
    this.#port = port;
    this.#contents = new StepContents(program, boundedExec);
    this.#steps = this.#list(program.steps);
  }

  /** When it must proceed even if nothing has arrived, in ms of performance.now(). */
  get due(): number {
    return this.#due;
  }

  /** Proceeds until it has to wait; returns the results once it has ended. */
  proceed(): Performed | null {
    try {
      if (this.#steps.next().done) this.#outcome = 'passed';
    } catch (error) {
      if (!(error instanceof StepFailed)) throw error;
      this.#outcome = 'failed';
      this.#letGo();
    }
    return this.#performed();
  }

  /** Ends it where it is. */
  stop(): Performed {
    for (const step of this.#open.splice(0).reverse()) this.#results.end(step, 'skipped', null, null);
    this.#letGo();
    this.#outcome = 'stopped';
    return this.#performed() as Performed;
  }

  #letGo(): void {
    this.#withdraw?.();
    this.#port()?.cancelReceive();
  }

  takeProgress() {
    return this.#results.takeChanged();
  }

  #performed(): Performed | null {
    if (!this.#outcome) return null;
    const results = this.#results.takeChanged();
    return { outcome: this.#outcome, results, values: [...this.#contents.values], taken: this.#events.taken };
  }

  *#list(steps: readonly Step[]): Steps {
    for (const step of steps) {
      this.#results.begin(step);
      this.#open.push(step);
      let seq: number | null = null;
      try {
        seq = yield* this.#step(step);
      } catch (error) {
        this.#failed(step, error);
      }
      this.#open.pop();
      this.#results.end(step, 'passed', seq, null);
    }
  }

  /** The step itself tells why; those around it have failed with it. */
  #failed(step: Step, error: unknown): never {
    const failed = failedBy(error);
    const isOwn = this.#open.at(-1) === step && !failed.isTold;
    this.#open.pop();
    this.#results.end(step, 'failed', isOwn ? failed.seq : null, isOwn ? failed.failure : null);
    failed.isTold = true;
    throw failed;
  }

  *#step(step: Step): Steps<number | null> {
    switch (step.do) {
      case 'send':
        return yield* this.#send(step);
      case 'send-close':
        return yield* this.#sendClose();
      case 'expect':
        return yield* this.#expect(step);
      case 'expect-timeout':
        return yield* this.#expectTimeout(step);
      case 'expect-nothing':
        return yield* this.#expectNothing(step);
      case 'expect-exit':
        return yield* this.#expectExit(step);
      case 'expect-anomaly':
        return yield* this.#expectAnomaly(step);
      case 'wait':
        yield* this.#until(() => false, performance.now() + step.ms);
        return null;
      case 'repeat':
        yield* this.#repeat(step);
        return null;
      case 'within':
        yield* this.#within(step);
        return null;
      default:
        throw new StepFailed(`${step.do} is not for the thread of a session.`);
    }
  }

  *#repeat({ times, steps }: Extract<Step, { do: 'repeat' }>): Steps {
    const { values } = this.#contents;
    const outer = values.get('n');
    for (let n = 1; n <= times; n++) {
      values.set('n', n);
      yield* this.#list(steps);
    }
    if (outer === undefined) values.delete('n');
    else values.set('n', outer);
  }

  *#within(step: Extract<Step, { do: 'within' }>): Steps {
    const outer = this.#limit;
    const at = performance.now() + step.ms;
    if (outer === null || at < outer.at) this.#limit = { at, step };
    yield* this.#list(step.steps);
    if (performance.now() > at) throw isOver(step);
    this.#limit = outer;
  }

  *#send({ payload, capture }: StepOf<'send'>): Steps<number> {
    const bytes = this.#contents.payload(payload);
    let sent: { readonly seq: number } | { readonly error: unknown } | undefined;
    this.#withdraw = this.#channel().send(
      bytes,
      (seq) => {
        sent = { seq };
      },
      (error) => {
        sent = { error };
      },
    );
    const settled = () => sent;
    if (!settled()) yield* this.#until(() => settled() !== undefined, Number.POSITIVE_INFINITY);
    this.#withdraw = null;
    const result = settled() as NonNullable<typeof sent>;
    if ('error' in result) throw result.error;
    for (const [name, what] of Object.entries(capture)) {
      const value = keptOf(what, bytes, () => decodeUtf8(bytes));
      if (value === undefined) throw new ScenarioFault(`${name} can't be kept: what was sent is not text.`);
      this.#contents.values.set(name, value);
    }
    return result.seq;
  }

  *#sendClose(): Steps<null> {
    let settled: { readonly error?: unknown } | undefined;
    const port = this.#channel();
    const settle = (result: { readonly error?: unknown }) => {
      settled = result;
    };
    port.sendClose(
      () => settle({}),
      (error) => settle({ error }),
    );
    yield* this.#until(() => settled !== undefined, Number.POSITIVE_INFINITY);
    if (settled && 'error' in settled) throw settled.error;
    return null;
  }

  *#expect(step: StepOf<'expect'>): Steps<number> {
    const match = this.#contents.match(step.expected);
    const deadline = performance.now() + step.timeoutMs;
    for (;;) {
      const event = yield* this.#next(deadline, step.timeoutMs, step.lane);
      if (event.kind !== 'message') throw this.#instead(event, step);
      const verdict = match(event.bytes);
      if (verdict.ok) {
        for (const [name, value] of Object.entries(
          kept(step.capture, event.bytes, verdict.found, step.expected.encoding),
        ))
          this.#contents.values.set(name, value);
        return event.seq;
      }
      if (step.skip) continue;
      const { reason, diff } = verdict;
      const expected = expectedWords(this.#contents.filled(step.expected));
      throw new StepFailed(reason, event.seq, { expected, actual: shownBytes(event.bytes), diff });
    }
  }

  #instead(event: StepEvent, { expected }: StepOf<'expect'>): StepFailed {
    const told = event.kind === 'timeout' ? `${toldOf(event)}${this.#anomalyWords()}` : toldOf(event);
    return new StepFailed(told, event.seq, { expected: expectedWords(this.#contents.filled(expected)) });
  }

  /** The anomalies that no step has taken: they may explain why what was expected didn't arrive. */
  #anomalyWords(): string {
    const codes = [...new Set(this.#events.anomalies.map(({ code }) => code))];
    return codes.length === 0 ? '' : ` Anomalies recorded: ${codes.join(', ')}.`;
  }

  *#expectTimeout({ ms }: StepOf<'expect-timeout'>): Steps<number> {
    const event = yield* this.#next(performance.now() + ms, ms);
    if (event.kind === 'timeout') return event.seq;
    throw unexpected(event);
  }

  *#expectNothing({ ms }: StepOf<'expect-nothing'>): Steps<null> {
    const deadline = performance.now() + ms;
    const before = this.#events.lastAnomaly?.seq ?? -1;
    const port = this.#port();
    port?.listen();
    let event: StepEvent | undefined;
    const anomaly = () => {
      const last = this.#events.lastAnomaly;
      return last && last.seq > before ? last : undefined;
    };
    const hasCome = () => {
      event ??= this.#events.take();
      return event !== undefined || anomaly() !== undefined;
    };
    yield* this.#until(hasCome, deadline);
    port?.cancelReceive();
    if (event) throw unexpected(event);
    const odd = anomaly();
    if (odd) throw new StepFailed(`The anomaly ${odd.code} was recorded.`, odd.seq);
    return null;
  }

  *#expectExit({ timeoutMs }: StepOf<'expect-exit'>): Steps<number> {
    const event = yield* this.#next(performance.now() + timeoutMs, timeoutMs);
    if (event.kind === 'exit') return event.seq;
    if (event.kind !== 'timeout') throw unexpected(event);
    throw new StepFailed(`No exit within ${timeoutMs} ms.${this.#anomalyWords()}`, event.seq);
  }

  *#expectAnomaly({ anomaly, lane, receive, timeoutMs }: StepOf<'expect-anomaly'>): Steps<number> {
    const deadline = performance.now() + timeoutMs;
    const port = receive ? this.#port() : null;
    let found = this.#events.takeAnomaly(anomaly, lane);
    if (!found) {
      port?.listen();
      const look = () => {
        found = this.#events.takeAnomaly(anomaly, lane);
        return found !== undefined;
      };
      yield* this.#until(look, deadline);
      port?.cancelReceive();
    }
    if (found) return found.seq;
    throw new StepFailed(`The anomaly ${anomaly} was not recorded within ${timeoutMs} ms.${this.#anomalyWords()}`);
  }

  /** The next event; asks the channel for one if there is none. A session that only looks waits for it. */
  *#next(deadline: number, timeoutMs: number, lane: Lane | null = null): Steps<StepEvent> {
    let event = this.#events.take(lane);
    if (event) return event;
    if (this.#events.isLost)
      throw new StepFailed('More arrived than is kept for later steps (10,000 messages or 64 MiB). Expect it sooner.');
    const port = this.#port();
    port?.receive(Math.max(1, Math.ceil(deadline - performance.now())));
    const hasCome = () => {
      event = this.#events.take(lane);
      return event !== undefined;
    };
    // An end's timeout is reported by its record, which comes later if a message still may.
    yield* this.#until(hasCome, port ? Number.POSITIVE_INFINITY : deadline);
    return event ?? { kind: 'timeout', lane: null, seq: -1, bytes: new Uint8Array(), detail: none(timeoutMs) };
  }

  /** Waits; true when ready, false when its time is over. Throws if that of the enclosing steps is. */
  *#until(isReady: () => boolean, deadline: number): Steps<boolean> {
    for (;;) {
      if (isReady()) return true;
      const now = performance.now();
      if (this.#limit && now >= this.#limit.at) throw isOver(this.#limit.step);
      if (now >= deadline) return false;
      this.#due = Math.min(deadline, this.#limit?.at ?? Number.POSITIVE_INFINITY);
      yield;
    }
  }

  #channel(): StepPort {
    const port = this.#port();
    if (port) return port;
    throw new StepFailed('The channel is not open.');
  }
}

interface Told extends StepFailed {
  isTold?: boolean;
}

function failedBy(error: unknown): Told {
  if (error instanceof StepFailed) return error;
  if (error instanceof ScenarioFault || error instanceof ShmscopeError) return new StepFailed(error.message);
  throw error;
}

const none = (ms: number) => `No message for ${ms} ms.`;
const isOver = ({ ms }: { readonly ms: number }) =>
  new StepFailed(`The ${ms} ms that the steps have together were over.`);

function toldOf({ kind, detail }: StepEvent): string {
  if (kind === 'exit') return 'The peer sent exit instead of a message.';
  return detail;
}

function unexpected(event: StepEvent): StepFailed {
  if (event.kind !== 'message') return new StepFailed(toldOf(event), event.seq);
  return new StepFailed('A message came.', event.seq, { actual: shownBytes(event.bytes) });
}
