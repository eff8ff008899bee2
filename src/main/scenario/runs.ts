import { ShmscopeError } from '../../shared/failure.ts';
import { eachStep } from '../../shared/scenario/model.ts';
import { failedStep, type ScenarioReport, titleOf } from '../../shared/scenario/report.ts';
import {
  MAX_RUNS,
  type ScenarioCheck,
  type ScenarioFile,
  type ScenarioReports,
  type ScenarioRun,
} from '../../shared/scenario/runs.ts';
import type { Problem } from '../../shared/types/model.ts';
import { TypesCompiler } from '../types/compiler.ts';
import { ReportBook, skippedReport } from './book.ts';
import { ChannelClaims } from './channel-names.ts';
import { type LoadedScenario, loadScenario } from './load.ts';
import type { PartsHost } from './parts.ts';
import { runScenario } from './run.ts';

const now = () => performance.timeOrigin + performance.now();

interface Run {
  readonly id: number;
  readonly scenarios: readonly LoadedScenario[];
  /** As they are when requested. */
  readonly reports: (() => ScenarioReport)[];
  readonly startedAt: number;
  readonly controller: AbortController;
  readonly ended: Promise<void>;
  endedAt: number | null;
  version: number;
}

/** The scenarios that run for the windows of this host. */
export class ScenarioRuns {
  readonly #host: PartsHost;
  readonly #claims = new ChannelClaims();
  readonly #compiler: TypesCompiler;
  readonly #onChange: () => void;
  readonly #runs = new Map<number, Run>();
  #nextId = 1;

  constructor(host: PartsHost & { readonly typesWorker: string; readonly onChange: () => void }) {
    this.#host = host;
    this.#compiler = new TypesCompiler(host.typesWorker);
    this.#onChange = host.onChange;
  }

  async check(file: ScenarioFile): Promise<ScenarioCheck> {
    const { scenarios, problems } = await this.#load(file);
    const [first] = scenarios;
    const { name = '', description = '', tags = [] } = first ?? {};
    return {
      name,
      description,
      tags,
      problems,
      rows: scenarios.length,
      steps: [...eachStep(first?.steps ?? [])].length,
    };
  }

  /** Starts running a file; its rows one after another. Throws `scenario-invalid` with what is wrong in it. */
  async start(file: ScenarioFile): Promise<ScenarioRun> {
    const { scenarios, problems } = await this.#load(file);
    const [problem] = problems;
    if (problem) throw new ShmscopeError('scenario-invalid', sentenceOf(problem, problems.length));
    this.#forgetOldest();
    const id = this.#nextId++;
    const ended = Promise.withResolvers<void>();
    const reports = scenarios.map((scenario) => {
      const { report } = new ReportBook(scenario);
      return () => report;
    });
    const controller = new AbortController();
    const run: Run = {
      ...{ id, scenarios, reports, startedAt: now(), controller, ended: ended.promise, endedAt: null, version: 0 },
    };
    this.#runs.set(id, run);
    void this.#all(run).then(ended.resolve);
    return this.#summary(run);
  }

  /** Resolves when it has ended, and everything that it had started. */
  async cancel(id: number): Promise<void> {
    const run = this.#get(id);
    run.controller.abort();
    await run.ended;
  }

  reports(id: number): ScenarioReports {
    return this.#get(id).reports.map((report) => report());
  }

  /** Takes an ended one off the list. Throws `busy` while it runs. */
  remove(id: number): void {
    if (this.#get(id).endedAt === null)
      throw new ShmscopeError('busy', 'The scenario is still running. Stop it first.');
    this.#runs.delete(id);
    this.#onChange();
  }

  snapshots(): ScenarioRun[] {
    return [...this.#runs.values()].map((run) => this.#summary(run));
  }

  /** Stops all of them. */
  async close(): Promise<void> {
    await Promise.all([...this.#runs.keys()].map((id) => this.cancel(id)));
    await this.#compiler.close();
  }

  #load({ file, text, vars }: ScenarioFile) {
    const given = new Map(Object.entries(vars));
    return loadScenario({ file, ...(text !== undefined && { text }), given, compiler: this.#compiler });
  }

  async #all(run: Run): Promise<void> {
    const { scenarios, reports, controller } = run;
    const { signal } = controller;
    for (const [at, scenario] of scenarios.entries()) {
      const tell = (report: () => ScenarioReport) => {
        reports[at] = report;
        run.version += 1;
        this.#onChange();
      };
      const host = { ...this.#host, claims: this.#claims };
      const report = signal.aborted
        ? skippedReport(scenario, 'The run was stopped before.')
        : await runScenario(scenario, host, { signal, onChange: tell });
      tell(() => report);
    }
    run.endedAt = now();
    this.#onChange();
  }

  #get(id: number): Run {
    const run = this.#runs.get(id);
    if (run) return run;
    throw new ShmscopeError('no-such-run', `There is no run ${id} of a scenario here. It may have been removed.`);
  }

  #summary({ id, scenarios, reports: made, startedAt, endedAt, version }: Run): ScenarioRun {
    const reports = made.map((report) => report());
    const count = (state: ScenarioReport['state']) => reports.filter((report) => report.state === state).length;
    const [passed, failed] = [count('passed'), count('failed')];
    const isOver = endedAt !== null;
    const state = !isOver ? 'running' : failed > 0 ? 'failed' : passed === reports.length ? 'passed' : 'cancelled';
    return {
      ...{
        id,
        state,
        startedAt,
        tookMs: (endedAt ?? now()) - startedAt,
        passed,
        failed,
        rows: reports.length,
        version,
      },
      ...{ file: scenarios[0]?.file ?? '', name: scenarios[0]?.name ?? '', words: wordsOf(reports) },
    };
  }

  #forgetOldest(): void {
    const over = [...this.#runs.values()].filter(({ endedAt }) => endedAt !== null);
    for (const { id } of over.slice(0, Math.max(0, over.length + 1 - MAX_RUNS))) this.#runs.delete(id);
  }
}

/** The step that runs, or what failed first. */
function wordsOf(reports: readonly ScenarioReport[]): string | null {
  const failed = reports.find(({ state }) => state === 'failed');
  const step = failed && failedStep(failed);
  if (failed) {
    const why = step ? `${step.words}: ${step.failure?.message}` : failed.reason;
    return reports.length > 1 ? `${titleOf(failed)}: ${why}` : why;
  }
  const running = reports.find(({ state }) => state === 'running');
  return running?.steps.findLast(({ state }) => state === 'running')?.words ?? null;
}

const sentenceOf = ({ file, line, column, message }: Problem, count: number) =>
  `${file}:${line}:${column}: ${message}${count > 1 ? ` And ${count - 1} more.` : ''}`;
