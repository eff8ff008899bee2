import type { ReportedAnomaly } from '../../shared/scenario/anomalies.ts';
import { eachStep, type Step } from '../../shared/scenario/model.ts';
import type {
  ReportedPeer,
  ReportedSession,
  ScenarioReport,
  ScenarioState,
  StepFailure,
  StepProgress,
  StepResult,
} from '../../shared/scenario/report.ts';
import { partOf, peerWords, stepWords } from '../../shared/scenario/words.ts';
import type { LoadedScenario } from './load.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };
const now = () => performance.timeOrigin + performance.now();

/** A scenario's report while it is being written. */
export class ReportBook {
  readonly #report: Writable<ScenarioReport>;
  readonly #steps: Map<string, StepResult>;
  readonly #onChange: () => void;

  constructor(scenario: LoadedScenario, onChange: () => void = () => {}) {
    const { file, name, tags, row, sessions, peers, steps } = scenario;
    this.#steps = new Map([...eachStep(steps)].map(({ step, depth }) => [step.path, planned(step, depth)]));
    this.#onChange = onChange;
    this.#report = {
      ...{
        file,
        name,
        tags,
        row,
        state: 'pending',
        startedAt: null,
        tookMs: 0,
        anomalies: [],
        reason: null,
        steps: [],
      },
      sessions: Object.entries(sessions).map(([each, { role }]) => ({ name: each, role, id: null, section: '' })),
      peers: Object.entries(peers).map(([each, peer]) => ({
        ...{ name: each, id: null, pid: null, bits: peer.bits ?? null, program: peerWords(peer) },
      })),
    };
  }

  /** As it is now. */
  get report(): ScenarioReport {
    const { startedAt, state, tookMs } = this.#report;
    const isOver = state !== 'running' || startedAt === null;
    return { ...this.#report, steps: [...this.#steps.values()], tookMs: isOver ? tookMs : now() - startedAt };
  }

  begin(): void {
    Object.assign(this.#report, { state: 'running', startedAt: now() });
    this.#onChange();
  }

  /** What hasn't been run is skipped, for the given reason. */
  end(state: ScenarioState, reason: string | null, skipped: string, anomalies: readonly ReportedAnomaly[] = []): void {
    const tookMs = this.#report.startedAt === null ? 0 : now() - this.#report.startedAt;
    Object.assign(this.#report, { state, reason, tookMs, anomalies });
    for (const step of this.#steps.values())
      if (step.state === 'pending' || step.state === 'running') this.#set(step.path, { state: 'skipped' });
    for (const step of this.#steps.values())
      if (step.state === 'skipped' && step.reason === null) this.#set(step.path, { reason: skipped });
    this.#onChange();
  }

  session(name: string, found: Partial<ReportedSession>): void {
    this.#report.sessions = this.#report.sessions.map((each) => (each.name === name ? { ...each, ...found } : each));
    this.#onChange();
  }

  peer(name: string, found: Pick<ReportedPeer, 'id' | 'pid' | 'bits'>): void {
    this.#report.peers = this.#report.peers.map((each) => (each.name === name ? { ...each, ...found } : each));
    this.#onChange();
  }

  /** What a thread reports about its steps. `round`: how often they were done before, in an enclosing repeat. */
  progress(all: readonly StepProgress[], before: ReadonlyMap<string, StepResult>): void {
    for (const { path, runs, tookMs, ...progress } of all) {
      const earlier = before.get(path);
      this.#set(path, { ...progress, runs: runs + (earlier?.runs ?? 0), tookMs: tookMs + (earlier?.tookMs ?? 0) });
    }
    this.#onChange();
  }

  /** These steps' current state, for {@link progress}. */
  snapshotOf(steps: readonly Step[]): ReadonlyMap<string, StepResult> {
    const all = [...eachStep(steps)].flatMap(({ step }) => this.#steps.get(step.path) ?? []);
    return new Map(all.map((result) => [result.path, result]));
  }

  stepBegins({ path }: Step): void {
    this.#set(path, { state: 'running', startedAt: now() });
    this.#onChange();
  }

  stepEnds({ path }: Step, state: 'passed' | 'failed' | 'skipped', failure: StepFailure | null): void {
    const step = this.#steps.get(path);
    if (!step) return;
    const tookMs = step.tookMs + now() - (step.startedAt ?? now());
    this.#set(path, { state, failure, tookMs, runs: step.runs + (state === 'skipped' ? 0 : 1) });
    this.#onChange();
  }

  /** The innermost of these that has begun, or else the first. */
  current(steps: readonly Step[]): Step {
    const all = [...eachStep(steps)].map(({ step }) => step);
    return (all.findLast(({ path }) => this.#steps.get(path)?.state === 'running') ?? all[0]) as Step;
  }

  /** Adds to the reason why a step failed. */
  explain(sentence: string, part: string): void {
    for (const { path, failure, part: own } of this.#steps.values())
      if (failure && own !== part)
        this.#set(path, { failure: { ...failure, message: `${failure.message} ${sentence}` } });
  }

  #set(path: string, change: Partial<StepResult>): void {
    const step = this.#steps.get(path);
    if (step) this.#steps.set(path, { ...step, ...change });
  }
}

/** Of a scenario that isn't run, with the reason. */
export function skippedReport(scenario: LoadedScenario, reason: string): ScenarioReport {
  const book = new ReportBook(scenario);
  book.end('skipped', reason, reason);
  return book.report;
}

const planned = (step: Step, depth: number): StepResult => ({
  ...{ path: step.path, depth, line: step.line, words: stepWords(step), name: step.name ?? null, part: partOf(step) },
  ...{ state: 'pending', runs: 0, seq: null, startedAt: null, tookMs: 0, failure: null, reason: null },
});
