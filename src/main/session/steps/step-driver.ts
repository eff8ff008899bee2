import type { WatchedRecord } from '../../../shared/alarm/sensors/sensor.ts';
import type { Lane } from '../../../shared/domain.ts';
import { ShmscopeError } from '../../../shared/failure.ts';
import type { SeenAnomaly } from '../../../shared/scenario/anomalies.ts';
import type { Performed, StepProgram } from '../../../shared/scenario/program.ts';
import type { StepProgress } from '../../../shared/scenario/report.ts';
import { StepEvents } from './events.ts';
import { type StepPort, StepRun } from './step-run.ts';

interface Work {
  readonly run: StepRun;
  readonly done: (performed: Performed) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Does the steps of a scenario on the thread of their session: it hears of every record from the first on, and goes on
 * whenever the loop of the session comes round.
 */
export class StepDriver {
  /** That of the channel while it is open; null for who only looks. */
  port: StepPort | null = null;
  readonly #events: StepEvents;
  #work: Work | null = null;
  /** Something has come since it went on last. */
  #isWoken = false;

  /** `incoming`: as for {@link StepEvents}. */
  constructor(incoming: Lane | null) {
    this.#events = new StepEvents(incoming, () => {
      this.#isWoken = true;
    });
  }

  record(record: WatchedRecord, bytes: Uint8Array | undefined): void {
    this.#events.record(record, bytes);
  }

  /** What was recorded that should not be there, so far. */
  get anomalies(): readonly SeenAnomaly[] {
    return this.#events.seen;
  }

  /** Something was settled that a step waits for. */
  wake(): void {
    this.#isWoken = true;
  }

  /** `done` hears what came of the steps. Throws `busy` while others are being done. */
  perform(program: StepProgram, done: Work['done'], fail: Work['fail']): void {
    if (this.#work) throw new ShmscopeError('busy', 'The session is doing other steps. Wait until they are done.');
    this.#work = { run: new StepRun(program, this.#events, () => this.port), done, fail };
    this.#isWoken = true;
  }

  /** Ends the steps where they are. */
  stop(): void {
    const work = this.#work;
    this.#work = null;
    work?.done(work.run.stop());
  }

  /** ms until there is something to do; Infinity while there is not. */
  dueIn(): number {
    if (!this.#work) return Number.POSITIVE_INFINITY;
    return this.#isWoken ? 0 : Math.max(0, this.#work.run.due - performance.now());
  }

  /** Goes on where there is something to do. */
  step(): void {
    const work = this.#work;
    if (!work || (!this.#isWoken && performance.now() < work.run.due)) return;
    this.#isWoken = false;
    try {
      const performed = work.run.proceed();
      if (!performed) return;
      this.#work = null;
      work.done(performed);
    } catch (error) {
      this.#work = null;
      work.fail(error);
    }
  }

  takeProgress(): readonly StepProgress[] {
    return this.#work?.run.takeProgress() ?? [];
  }
}
