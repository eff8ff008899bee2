import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { ShmscopeError } from '../../../shared/failure.ts';
import type { FieldPlot, FieldPlotQuery } from '../../../shared/field-plot.ts';
import type { FindAnswer, FindQuery, PositionAnswer, PositionQuery } from '../../../shared/find.ts';
import type { PayloadQuery, RowPage, RowQuery } from '../../../shared/log.ts';
import type { Mark, MarksQuery } from '../../../shared/marks.ts';
import type { Sweeps, SweepsQuery } from '../../../shared/sweeps.ts';
import type {
  Figures,
  FiguresQuery,
  Measured,
  MeasureQuery,
  Timeline,
  TimelineQuery,
} from '../../../shared/timeline.ts';
import type { TriggerAnswer, TriggerQuery } from '../../../shared/trigger/query.ts';
import { type CompiledTypes, NO_TYPES, type SessionTypes } from '../../../shared/types/compiled/compiled.ts';
import { Aggregates } from '../aggregate/aggregates.ts';
import { FieldsLink } from '../fields/fields-link.ts';
import { LogReader } from '../listing/log-reader.ts';
import { LogSearch } from '../listing/log-search.ts';
import { ScanWorker } from '../search/scan-worker.ts';
import type { Damaged } from '../search/search.ts';
import { readSessions } from '../store/describe.ts';
import { readMarks } from '../store/marks.ts';
import { explainOpenError, openForReading, readFailure } from '../store/open-file.ts';
import { captureFailure } from '../store/reasons.ts';
import { hideDamage, Inspection } from '../store/salvage.ts';
import { readSessionTypes } from '../store/session-types.ts';
import type { ClosedCapture, ReaderCalls, ReaderNews } from './calls.ts';

/**
 * How much of a capture that seems intact is checked for damage before it counts as open; the rest is checked
 * afterwards.
 */
const FIRST_SLICES = 2;
/** ms of pause after each further slice, to leave the machine to others. */
const PAUSE_MS = 50;

/**
 * Answers requests over a read-only connection of its own: in WAL mode it never waits for the writer, nor the writer
 * for it.
 */
export class Reader implements ReaderCalls {
  #db: DatabaseSync | undefined;
  #file = '';
  #log: LogReader | undefined;
  #search: LogSearch | undefined;
  #aggregates: Aggregates | undefined;
  readonly #types = new Map<number, SessionTypes>();
  #fields: FieldsLink | undefined;
  readonly #closing = new AbortController();
  /** Work on the database between requests. */
  #background: Promise<void> = Promise.resolve();
  readonly #workerPath: string;
  readonly #tell: (news: ReaderNews) => void;

  /** @param workerPath worker.ts, for the search thread */
  constructor(workerPath: string, tell: (news: ReaderNews) => void) {
    this.#workerPath = workerPath;
    this.#tell = tell;
  }

  open(file: string): void {
    this.#file = file;
    try {
      this.#db = new DatabaseSync(file, { readOnly: true });
      this.#begin(this.#db, { isDamaged: false });
    } catch (error) {
      throw captureFailure(`The capture ${file} can't be read`, error);
    }
  }

  async openClosed(file: string): Promise<ClosedCapture> {
    this.#file = file;
    const { db, cutOff } = openForReading(file);
    this.#db = db;
    try {
      const sessions = readSessions(db);
      const ids = sessions.map(({ session }) => session);
      const inspection = new Inspection(db, ids);
      const { damage } = inspection;
      const isComplete = await inspection.run(cutOff ? Number.POSITIVE_INFINITY : FIRST_SLICES, this.#closing.signal);
      if (damage.length > 0) await this.#beginDamaged(db, { sessions: ids, damage });
      else this.#begin(db, { isDamaged: cutOff });
      if (!isComplete) this.#background = this.#inspectOn(db, ids, inspection);
      return { sessions, cutOff, damage };
    } catch (error) {
      throw readFailure(file, error);
    }
  }

  rows(query: RowQuery): Promise<RowPage> {
    return this.#reading(() => this.#open().rows(query));
  }

  payload(query: PayloadQuery): Uint8Array<ArrayBuffer> {
    return this.#open().payload(query);
  }

  find(query: FindQuery): Promise<FindAnswer> {
    return this.#searched().find(query);
  }

  position(query: PositionQuery): Promise<PositionAnswer> {
    return this.#searched().position(query);
  }

  async sweeps(query: SweepsQuery): Promise<Sweeps> {
    const { session, length, field } = query;
    const { starts, found, progress } = await this.#searched().sweepStarts(query);
    if (!this.#fields) throw closed();
    const types = this.#types.get(session)?.types ?? NO_TYPES;
    const read = await this.#fields.sweeps({ session, starts, length, field, types });
    return { ...read, sweeps: starts.length, found, progress };
  }

  trigger(query: TriggerQuery): Promise<TriggerAnswer> {
    return this.#searched().trigger(query);
  }

  cancelSearch({ session }: { readonly session: number }): void {
    this.#searched().cancel(session);
  }

  timeline(query: TimelineQuery): Promise<Timeline> {
    return this.#reading(() => this.#aggregated().timeline(query));
  }

  figures(query: FiguresQuery): Promise<Figures> {
    return this.#reading(() => this.#aggregated().figures(query));
  }

  measure(query: MeasureQuery): Promise<Measured> {
    return this.#reading(() => this.#aggregated().measure(query));
  }

  fieldPlot(query: FieldPlotQuery): Promise<FieldPlot> {
    if (!this.#fields) throw closed();
    return this.#fields.plot({ ...query, types: this.#types.get(query.session)?.types ?? NO_TYPES });
  }

  marks({ session }: MarksQuery): Mark[] {
    this.#open();
    return this.#db ? readMarks(this.#db, session) : [];
  }

  types({ session }: { readonly session: number }): CompiledTypes {
    this.#open();
    return this.#db ? readSessionTypes(this.#db, session) : NO_TYPES;
  }

  bindTypes(types: SessionTypes): void {
    this.#types.set(types.session, types);
    this.#search?.bindTypes(types);
  }

  async close(): Promise<void> {
    this.#closing.abort(closed());
    await this.#background;
    this.#log = undefined;
    await this.#search?.close();
    this.#search = undefined;
    await this.#fields?.close();
    this.#fields = undefined;
    this.#aggregates?.close();
    this.#aggregates = undefined;
    this.#db?.close();
    this.#db = undefined;
  }

  /** SQLite's messages about the file are put in plain words. */
  async #reading<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      throw explainOpenError(this.#file, error);
    }
  }

  /** Checks what opening left unchecked; damaged parts are reported, and left out from then on. */
  async #inspectOn(db: DatabaseSync, sessions: readonly number[], inspection: Inspection): Promise<void> {
    const { damage } = inspection;
    const { signal } = this.#closing;
    try {
      do await pause(PAUSE_MS, undefined, { signal });
      while (!(await inspection.run(1, signal)));
      if (damage.length === 0) return;
      await this.#beginDamaged(db, { sessions, damage });
      this.#tell({ damage });
    } catch {
      // Closed meanwhile, or no room for the copy: then each request that meets the damage fails.
    }
  }

  /** Starts, or starts over, with what can be read. */
  async #beginDamaged(db: DatabaseSync, damaged: Damaged): Promise<void> {
    await hideDamage(db, damaged.sessions, damaged.damage, this.#closing.signal);
    await this.#search?.close();
    await this.#fields?.close();
    this.#aggregates?.close();
    this.#closing.signal.throwIfAborted();
    this.#begin(db, { isDamaged: true, damaged });
  }

  /** `isDamaged`: what the file stores beside its records can't be trusted. */
  #begin(db: DatabaseSync, { isDamaged, damaged }: { readonly isDamaged: boolean; readonly damaged?: Damaged }): void {
    const searched = { file: this.#file, ...(damaged && { damaged }) };
    const scanWorker = new ScanWorker(this.#workerPath, searched);
    this.#fields = new FieldsLink(this.#workerPath, searched);
    this.#search = new LogSearch(db, scanWorker, { computeRuns: isDamaged });
    for (const types of this.#types.values()) this.#search.bindTypes(types);
    this.#log = new LogReader(db, this.#search);
    this.#aggregates = new Aggregates(db, { computeAggregates: isDamaged });
  }

  #searched(): LogSearch {
    if (!this.#search) throw closed();
    return this.#search;
  }

  #aggregated(): Aggregates {
    if (!this.#aggregates) throw closed();
    return this.#aggregates;
  }

  #open(): LogReader {
    if (!this.#log) throw closed();
    return this.#log;
  }
}

const closed = () => new ShmscopeError('closed', 'The capture is closed.');
