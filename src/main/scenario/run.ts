import { exitWords } from '../../shared/exit-code.ts';
import { ShmscopeError, toFailure } from '../../shared/failure.ts';
import { anomaliesReason } from '../../shared/scenario/anomalies.ts';
import { blocksOf } from '../../shared/scenario/blocks.ts';
import type { HoldingStep, PartStep, Step } from '../../shared/scenario/model.ts';
import type { Performed, StepProgram } from '../../shared/scenario/program.ts';
import type { ScenarioReport, ScenarioState, StepProgress } from '../../shared/scenario/report.ts';
import type { Value } from '../../shared/scenario/schema-words.ts';
import { ReportBook } from './book.ts';
import type { ChannelClaims } from './channel-names.ts';
import type { LoadedScenario } from './load.ts';
import { Parts, type PartsHost } from './parts.ts';
import type { Player } from './player.ts';

export interface RunHost extends PartsHost {
  readonly claims: ChannelClaims;
}

/** A step failed: the report says which, and why. */
class Failed extends Error {}
/** Something else ended the steps, in words. */
class Ended extends Error {}

export interface RunOptions {
  readonly signal: AbortSignal;
  /** Called on every change; `report` builds the report as it is then. */
  readonly onChange?: (report: () => ScenarioReport) => void;
}

/**
 * Runs a scenario: starts what it needs, performs its steps, and ends everything that it has started, whatever happens.
 */
export async function runScenario(
  scenario: LoadedScenario,
  host: RunHost,
  options: RunOptions,
): Promise<ScenarioReport> {
  const book: ReportBook = new ReportBook(scenario, () => options.onChange?.(() => book.report));
  book.begin();
  let parts: Parts | undefined;
  let release = () => {};
  let outcome: Outcome = { state: 'passed', reason: null };
  try {
    const claimed = host.claims.claim(scenario);
    release = claimed.release;
    parts = new Parts(scenario, host, claimed.names, book);
    await new ScenarioRun(scenario, parts, book, host.platform).all(options.signal);
  } catch (error) {
    outcome = outcomeOf(error, options.signal);
    for (const { name, words } of parts?.deaths() ?? []) book.explain(words, name);
  } finally {
    await parts?.closeAll();
    release();
  }
  endWith(book, outcome, parts);
  return book.report;
}

/** What was recorded until its sessions were closed counts too. */
function endWith(book: ReportBook, { state, reason }: Outcome, parts: Parts | undefined): void {
  if (state === 'cancelled') book.end(state, reason, 'The run was stopped.');
  else {
    const [anomalies, failures] = [parts?.unexpected ?? [], parts?.failures ?? []];
    const isFailed = state === 'failed' || anomalies.length + failures.length > 0;
    const found = [reason, ...failures, anomaliesReason(anomalies)].filter((each) => each !== null);
    const why = found.length > 0 ? found.join(' ') : null;
    book.end(isFailed ? 'failed' : 'passed', why, 'A step before it failed.', anomalies);
  }
}

interface Outcome {
  readonly state: ScenarioState;
  readonly reason: string | null;
}

function outcomeOf(error: unknown, signal: AbortSignal): Outcome {
  if (signal.aborted) return { state: 'cancelled', reason: 'It was stopped.' };
  return { state: 'failed', reason: error instanceof Failed ? null : toFailure(error).message };
}

/** Where steps are. */
interface Scope {
  readonly signal: AbortSignal;
  /** Of the enclosing repeat. */
  readonly n?: number;
}

class ScenarioRun {
  readonly #scenario: LoadedScenario;
  readonly #parts: Parts;
  readonly #book: ReportBook;
  readonly #platform: RunHost['platform'];
  readonly #values = new Map<string, Value>();

  constructor(scenario: LoadedScenario, parts: Parts, book: ReportBook, platform: RunHost['platform']) {
    this.#scenario = scenario;
    this.#parts = parts;
    this.#book = book;
    this.#platform = platform;
  }

  async all(signal: AbortSignal): Promise<void> {
    await unlessAborted(signal, this.#parts.startAll());
    await this.#list(this.#scenario.steps, { signal });
  }

  async #list(steps: readonly Step[], scope: Scope): Promise<void> {
    for (const block of blocksOf(steps)) {
      scope.signal.throwIfAborted();
      if (block.session === null) await this.#single(block.steps[0], scope);
      else await this.#perform(block.session, block.steps, scope);
    }
  }

  /** Steps that the session's own thread performs. */
  async #perform(name: string, steps: readonly Step[], { signal, n }: Scope): Promise<void> {
    const before = this.#book.snapshotOf(steps);
    const given = new Map([...this.#values, ...(n === undefined ? [] : [['n', n] as const])]);
    const { compiled: types, abi } = this.#scenario;
    const program = { steps, values: [...given], types, abi };
    const performed = await this.#performed(name, program, signal, (all) => this.#book.progress(all, before));
    this.#book.progress(performed.results, before);
    this.#book.session(name, { taken: performed.taken });
    for (const [key, value] of performed.values) if (given.get(key) !== value) this.#values.set(key, value);
    if (performed.outcome === 'failed') throw new Failed();
    signal.throwIfAborted();
  }

  async #performed(
    name: string,
    program: StepProgram,
    signal: AbortSignal,
    onProgress: (all: readonly StepProgress[]) => void,
  ): Promise<Performed> {
    const stop = () => player?.stopPerforming();
    let player: Player | undefined;
    try {
      player = this.#parts.player(name);
      signal.addEventListener('abort', stop);
      return await player.perform(program, onProgress);
    } catch (error) {
      // The session has ended during its steps.
      return this.#fail(this.#book.current(program.steps), error);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  async #single(step: Step, scope: Scope): Promise<void> {
    this.#book.stepBegins(step);
    try {
      await this.#do(step, scope);
      this.#book.stepEnds(step, 'passed', null);
    } catch (error) {
      if (error instanceof Failed) this.#book.stepEnds(step, 'failed', null);
      if (error instanceof Failed || scope.signal.aborted) throw error;
      this.#fail(step, error);
    }
  }

  #fail(step: Step, error: unknown): never {
    const message = error instanceof Ended ? error.message : toFailure(error).message;
    this.#book.stepEnds(step, 'failed', { message, expected: null, actual: null, diff: [] });
    throw new Failed();
  }

  async #do(step: Step, scope: Scope): Promise<void> {
    const { signal } = scope;
    switch (step.do) {
      case 'wait':
        return pause(step.ms, signal);
      case 'repeat':
        return this.#repeat(step, scope);
      case 'within':
        return this.#within(step, scope);
      case 'parallel':
        return this.#parallel(step.branches, scope);
      default:
        if ('session' in step) throw new Ended(`${step.do} is for the thread of a session.`);
        return unlessAborted(signal, this.#onPart(step));
    }
  }

  async #onPart(step: PartStep): Promise<void> {
    const parts = this.#parts;
    if (step.do === 'expect-end') return this.#expectEnd(step);
    if (step.do === 'fault') {
      const peer = parts.peer(step.peer);
      if (step.what === 'misbehave') peer.tell('now');
      else if (step.what === 'kill') await peer.kill();
      else if (step.what === 'suspend') peer.suspend();
      else peer.resume();
      return;
    }
    const { part } = step;
    const [start, stop] = parts.isSession(part)
      ? [() => parts.open(part), () => parts.close(part)]
      : [() => parts.start(part), () => parts.stop(part)];
    if (step.do !== 'start') await stop();
    if (step.do !== 'stop') await start();
  }

  async #expectEnd({ peer: name, code, timeoutMs }: Extract<PartStep, { do: 'expect-end' }>): Promise<void> {
    const peer = this.#parts.peer(name);
    const late = Promise.withResolvers<true>();
    const timer = setTimeout(() => late.resolve(true), timeoutMs);
    const isLate = await Promise.race([peer.ended.then(() => false), late.promise]);
    clearTimeout(timer);
    if (isLate) throw new Ended(`${name} did not end within ${timeoutMs} ms.`);
    const { exit } = peer.snapshot;
    if (code === null || exit?.code === code) return;
    const how = exit === null ? 'in another way' : `with ${exitWords(exit, this.#platform)}`;
    throw new Ended(`${name} ended ${how}, and ${code} was expected.`);
  }

  async #repeat({ times, steps }: Extract<HoldingStep, { do: 'repeat' }>, scope: Scope): Promise<void> {
    for (let n = 1; n <= times; n++) await this.#list(steps, { ...scope, n });
  }

  async #within({ ms, steps }: Extract<HoldingStep, { do: 'within' }>, scope: Scope): Promise<void> {
    const over = new AbortController();
    const timer = setTimeout(() => over.abort(), ms);
    try {
      await this.#list(steps, { ...scope, signal: AbortSignal.any([scope.signal, over.signal]) });
    } catch (error) {
      if (!over.signal.aborted || error instanceof Failed) throw error;
    } finally {
      clearTimeout(timer);
    }
    if (over.signal.aborted) throw new Ended(`The ${ms} ms that the steps have together were over.`);
  }

  /** When one list fails, the others are stopped. */
  async #parallel(branches: readonly (readonly Step[])[], scope: Scope): Promise<void> {
    const others = new AbortController();
    const both = { ...scope, signal: AbortSignal.any([scope.signal, others.signal]) };
    const results = await Promise.allSettled(
      branches.map((branch) =>
        this.#list(branch, both).catch((error) => {
          others.abort();
          throw error;
        }),
      ),
    );
    const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    const first = errors.find((error) => error instanceof Failed) ?? errors[0];
    if (first !== undefined) throw first;
  }
}

const stopped = () => new ShmscopeError('cancelled', 'It was stopped.');

/** What continues by itself isn't awaited after an abort; it ends with the parts. */
async function unlessAborted(signal: AbortSignal, work: Promise<void>): Promise<void> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(stopped());
  signal.addEventListener('abort', abort);
  work.catch(() => {});
  try {
    await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  return unlessAborted(signal, promise).finally(() => clearTimeout(timer));
}
