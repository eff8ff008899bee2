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
 * Performs the steps of a scenario on the thread of their session: it sees every record from the first on, and proceeds
 * whenever the session's loop comes round.
 */
export class StepDriver {
  /** The channel's, while it is open; null for a session that only looks. */
  port: StepPort | null = null;
  readonly #events: StepEvents;
  #work: Work | null = null;
  /** Something has arrived since it last proceeded. */
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

  /** The anomalies recorded so far. */
  get anomalies(): readonly SeenAnomaly[] {
    return this.#events.seen;
  }

  /** Something that a step waits for was settled. */
  wake(): void {
    this.#isWoken = true;
  }

  /** `done` is called with the steps' results. Throws `busy` while others are being performed. */
  perform(program: StepProgram, done: Work['done'], fail: Work['fail']): void {
    if (this.#work) throw new ShmscopeError('busy', 'The session is doing other steps. Wait until they are done.');
    this.#work = { run: new StepRun(program, this.#events, () => this.port), done, fail };
    this.#isWoken = true;
  }

  /** Stops the steps where they are. */
  stop(): void {
    const work = this.#work;
    this.#work = null;
    work?.done(work.run.stop());
  }

  /** ms until there is something to do; Infinity if there isn't. */
  dueIn(): number {
    if (!this.#work) return Number.POSITIVE_INFINITY;
    return this.#isWoken ? 0 : Math.max(0, this.#work.run.due - performance.now());
  }

  /** Proceeds if there is something to do. */
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
