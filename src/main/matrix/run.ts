import { toFailure } from '../../shared/failure.ts';
import {
  ALL_PLACES,
  type CellPlace,
  type MatrixCell,
  placeWords,
  withBytesCompared,
} from '../../shared/matrix/matrix.ts';
import type { Bits } from '../../shared/peers.ts';
import { failedStep, type ScenarioReport } from '../../shared/scenario/report.ts';
import { skippedReport } from '../scenario/book.ts';
import type { LoadedScenario } from '../scenario/load.ts';
import { type RunHost, runScenario } from '../scenario/run.ts';
import { type Ends, endsOf, scenarioIn } from './cells.ts';
import { roundTripOf, roundTrips } from './round-trips.ts';

/** Cells that run at once: more would distort each other's times. */
const AT_ONCE = 4;

export interface MatrixHost extends RunHost {
  /** Why programs of this bitness can't be started here, as a sentence; undefined if they can. */
  readonly missing: (bits: Bits) => Promise<string | undefined>;
  /** Is told about a finished cell before its sessions are released. */
  readonly onEnded?: (place: CellPlace, report: ScenarioReport) => Promise<void>;
}

export interface MatrixRun {
  readonly cells: readonly MatrixCell[];
  /** Of each cell, in order. */
  readonly reports: readonly ScenarioReport[];
}

/** A scenario in every cell. Throws ShmscopeError `scenario-invalid` if it can't be varied. */
export class Matrix {
  readonly #scenario: LoadedScenario;
  readonly #ends: Ends;
  readonly #host: MatrixHost;
  readonly #onChange: () => void;
  #cells: readonly MatrixCell[];
  readonly #reports: ScenarioReport[];

  constructor(scenario: LoadedScenario, host: MatrixHost, onChange: () => void = () => {}) {
    this.#scenario = scenario;
    this.#ends = endsOf(scenario);
    this.#host = host;
    this.#onChange = onChange;
    this.#cells = ALL_PLACES.map(pendingCell);
    this.#reports = ALL_PLACES.map((place) => this.#notRun(place, 'It was not started.'));
  }

  get state(): MatrixRun {
    return { cells: this.#cells, reports: this.#reports };
  }

  /** Runs all cells, several at once, and ends everything that they started. */
  async all(signal: AbortSignal): Promise<MatrixRun> {
    let next = 0;
    const work = async () => {
      while (next < ALL_PLACES.length) await this.#cell(next++, signal);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    this.#cells = withBytesCompared(this.#cells);
    this.#onChange();
    return this.state;
  }

  async #cell(at: number, signal: AbortSignal): Promise<void> {
    const place = ALL_PLACES[at] as CellPlace;
    const scenario = (await this.#obstacle(place)) ?? scenarioIn(this.#scenario, this.#ends, place);
    if (typeof scenario === 'string') {
      this.#reports[at] = this.#notRun(place, scenario);
      this.#set(at, { state: 'not-run', reason: scenario });
    } else if (signal.aborted) {
      this.#set(at, { state: 'cancelled', reason: 'The run was stopped before.' });
    } else {
      this.#set(at, { state: 'running' });
      await this.#run(at, titled(scenario, place), signal);
    }
  }

  async #run(at: number, scenario: LoadedScenario, signal: AbortSignal): Promise<void> {
    const place = ALL_PLACES[at] as CellPlace;
    const report = await runScenario(scenario, this.#host, { signal });
    this.#reports[at] = report;
    await this.#host.onEnded?.(place, report);
    const took = (name: string) => report.sessions.find((session) => session.name === name)?.taken ?? null;
    const state = report.state === 'passed' || report.state === 'cancelled' ? report.state : 'failed';
    const roundTripMicros = state === 'passed' ? await this.#timed(place, signal) : null;
    this.#set(at, {
      ...{ state, reason: state === 'passed' ? null : reasonOf(report), tookMs: report.tookMs, roundTripMicros },
      ...{ serverTook: took(this.#ends.server), clientTook: took(this.#ends.client) },
      sessions: report.sessions.flatMap(({ id }) => id ?? []),
    });
  }

  async #timed(place: CellPlace, signal: AbortSignal): Promise<number | null> {
    const report = await runScenario(roundTrips(place), this.#host, { signal });
    const micros = roundTripOf(place, report, this.#host.peers);
    for (const { id } of report.sessions) if (id !== null) this.#host.sessions.remove(id);
    for (const { id } of report.peers) if (id !== null) this.#host.peers.remove(id);
    return micros;
  }

  async #obstacle({ server, client }: CellPlace): Promise<string | undefined> {
    for (const end of [server, client]) {
      const why = end === 'shmscope' ? undefined : await this.#host.missing(end);
      if (why !== undefined) return why;
    }
    return undefined;
  }

  #notRun(place: CellPlace, reason: string): ScenarioReport {
    return skippedReport(titled(this.#scenario, place), reason);
  }

  #set(at: number, change: Partial<MatrixCell>): void {
    this.#cells = this.#cells.map((cell, index) => (index === at ? { ...cell, ...change } : cell));
    this.#onChange();
  }
}

const titled = (scenario: LoadedScenario, place: CellPlace): LoadedScenario => ({
  ...scenario,
  name: `${scenario.name} (${placeWords(place)})`,
});

const pendingCell = (place: CellPlace): MatrixCell => ({
  ...place,
  ...{ state: 'pending', reason: null, tookMs: 0, roundTripMicros: null, serverTook: null, clientTook: null },
  ...{ hasOtherBytes: false, sessions: [] },
});

function reasonOf(report: ScenarioReport): string {
  const step = failedStep(report);
  if (step?.failure) return `${step.words}: ${step.failure.message}`;
  return report.reason ?? toFailure(new Error('it did not pass')).message;
}
