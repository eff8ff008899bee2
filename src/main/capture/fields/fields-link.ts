import { ShmscopeError } from '../../../shared/failure.ts';
import type { FieldPlot } from '../../../shared/field-plot.ts';
import type { Searched } from '../search/search.ts';
import { WorkerLink } from '../thread/worker-link.ts';
import type { FieldsCalls, ReadSweeps, SweepCut, TypedPlotQuery } from './calls.ts';

/** The reader's end of the fields thread, which starts with the first request, and again after it died. */
export class FieldsLink {
  readonly #workerPath: string;
  readonly #searched: Searched;
  #thread: Promise<WorkerLink<FieldsCalls>> | undefined;
  #isClosed = false;

  constructor(workerPath: string, searched: Searched) {
    this.#workerPath = workerPath;
    this.#searched = searched;
  }

  /** Rejects with the thread's ShmscopeError, `worker-died` or `closed`. */
  async plot(query: TypedPlotQuery): Promise<FieldPlot> {
    return (await this.#started()).call('plot', query);
  }

  async sweeps(cut: SweepCut): Promise<ReadSweeps> {
    return (await this.#started()).call('sweeps', cut);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const thread = await this.#thread?.catch(() => undefined);
    await thread?.end();
  }

  async #started(): Promise<WorkerLink<FieldsCalls>> {
    if (this.#isClosed) throw new ShmscopeError('closed', 'The capture is closed.');
    this.#thread ??= this.#start();
    return this.#thread;
  }

  async #start(): Promise<WorkerLink<FieldsCalls>> {
    const forget = () => {
      this.#thread = undefined;
    };
    const link = new WorkerLink<FieldsCalls>(this.#workerPath, { role: 'fields' }, { onDeath: forget });
    try {
      await link.call('open', this.#searched);
      return link;
    } catch (error) {
      forget();
      await link.end();
      throw error;
    }
  }
}
