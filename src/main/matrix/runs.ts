import { ShmscopeError } from '../../shared/failure.ts';
import { countCells, type MatrixSnapshot, type StartMatrix } from '../../shared/matrix/matrix.ts';
import type { ScenarioReport } from '../../shared/scenario/report.ts';
import { ChannelClaims } from '../scenario/channel-names.ts';
import { TypesCompiler } from '../types/compiler.ts';
import { loadForMatrix } from './load.ts';
import { Matrix, type MatrixHost } from './run.ts';

const now = () => performance.timeOrigin + performance.now();

interface Run {
  readonly id: number;
  readonly name: string;
  readonly file: string;
  readonly matrix: Matrix;
  readonly startedAt: number;
  readonly controller: AbortController;
  readonly ended: Promise<void>;
  endedAt: number | null;
}

/** The matrix that runs for the windows of this host, one at a time. */
export class MatrixRuns {
  /** A new object when it has changed. */
  version = 0;
  readonly #host: MatrixHost;
  readonly #compiler: TypesCompiler;
  readonly #onChange: () => void;
  #run: Run | null = null;
  #lastId = 0;

  constructor(host: Omit<MatrixHost, 'claims'> & { readonly typesWorker: string; readonly onChange: () => void }) {
    this.#host = { ...host, claims: new ChannelClaims() };
    this.#compiler = new TypesCompiler(host.typesWorker);
    this.#onChange = host.onChange;
  }

  get snapshot(): MatrixSnapshot | null {
    if (!this.#run) return null;
    const { id, name, file, matrix, startedAt, endedAt } = this.#run;
    const { cells } = matrix.state;
    const { passed, failed, cancelled } = countCells(cells);
    const outcome = failed > 0 || (passed === 0 && cancelled === 0) ? 'failed' : cancelled > 0 ? 'cancelled' : 'passed';
    return {
      ...{ id, name, file, state: endedAt === null ? 'running' : outcome },
      ...{ startedAt, tookMs: (endedAt ?? now()) - startedAt, cells },
    };
  }

  /** Replaces the previous one. Throws `busy` while that runs, `scenario-invalid`. */
  async start(given: StartMatrix): Promise<MatrixSnapshot> {
    this.#checkIdle();
    const scenario = await loadForMatrix(given, this.#compiler);
    this.#checkIdle();
    const matrix = new Matrix(scenario, this.#host, () => this.#changed());
    this.#forget();
    const controller = new AbortController();
    const { name, file } = scenario;
    const ended = matrix.all(controller.signal).then(() => {
      run.endedAt = now();
      this.#changed();
    });
    const run: Run = {
      ...{ id: ++this.#lastId, name, file, matrix, startedAt: now(), controller, ended, endedAt: null },
    };
    this.#run = run;
    this.#changed();
    return this.snapshot as MatrixSnapshot;
  }

  /** Resolves when it has ended, and everything that it had started. */
  async cancel(): Promise<void> {
    this.#run?.controller.abort();
    await this.#run?.ended;
  }

  /** The result of a cell, by its position in the list; null if there is none. */
  report(at: number): ScenarioReport | null {
    return this.#run?.matrix.state.reports[at] ?? null;
  }

  async close(): Promise<void> {
    await this.cancel();
    await this.#compiler.close();
  }

  /** The previous matrix's sessions are taken off the list; their logs stay in the capture. */
  #forget(): void {
    const listed = new Set(this.#host.sessions.snapshots().map(({ id }) => id));
    for (const { sessions } of this.#run?.matrix.state.cells ?? [])
      for (const id of sessions) if (listed.has(id)) this.#host.sessions.remove(id);
  }

  #checkIdle(): void {
    if (this.#run && this.#run.endedAt === null)
      throw new ShmscopeError('busy', 'A matrix is running already. Stop it first.');
  }

  #changed(): void {
    this.version += 1;
    this.#onChange();
  }
}
