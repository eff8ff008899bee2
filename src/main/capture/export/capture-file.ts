import type { DatabaseSync } from 'node:sqlite';
import type { ExportScope } from '../../../shared/export.ts';
import type { CompiledTypes } from '../../../shared/types/compiled/compiled.ts';
import { openTypes } from '../../../shared/types/compiled/open.ts';
import type { MatchRegex } from '../search/regex-matcher.ts';
import { RegexThread } from '../search/regex-thread.ts';
import { explainOpenError, openForReading } from '../store/open-file.ts';
import { hideDamage, Inspection, type Readable } from '../store/salvage.ts';
import { readSessionTypes } from '../store/session-types.ts';
import type { TaskHost } from '../thread/task.ts';
import { type Selection, select } from './selection.ts';

/** A capture that is read from start to end; it may be written to meanwhile. */
export class CaptureFile {
  readonly db: DatabaseSync;
  readonly #path: string;
  readonly #regexes: RegexThread;

  /**
   * Throws the errors of openForReading.
   * @param captureWorker worker.ts of the capture, for the regular expression thread
   */
  constructor(path: string, captureWorker: string) {
    this.db = openForReading(path).db;
    this.#path = path;
    this.#regexes = new RegexThread(captureWorker);
  }

  /** From here on it sees one snapshot of the capture, whatever is written or removed meanwhile. */
  hold(): void {
    this.db.exec('BEGIN');
  }

  /** From here on only the readable part of these sessions is seen. Returns what can't be read. */
  async hideDamage(sessions: readonly number[], signal: AbortSignal): Promise<readonly Readable[]> {
    const inspection = new Inspection(this.db, sessions);
    await inspection.run(Number.POSITIVE_INFINITY, signal);
    const { damage } = inspection;
    if (damage.length > 0) await hideDamage(this.db, sessions, damage, signal);
    return damage;
  }

  /** Which types the session's messages were read with, as stored in the capture. */
  typesOf(session: number): CompiledTypes {
    return readSessionTypes(this.db, session);
  }

  /** Rejects with ShmscopeError `filter-invalid`, `filter-too-slow`, `cancelled`. */
  select(
    session: number,
    scope: ExportScope,
    host: TaskHost,
    types: CompiledTypes = this.typesOf(session),
  ): Promise<Selection> {
    const match: MatchRegex = (payloads, from) => this.#regexes.match(payloads, from, host.signal);
    return select({ db: this.db, session, match, types: openTypes(types), host }, scope);
  }

  /** An error from SQLite in plain words; any other unchanged. */
  explain(error: unknown): unknown {
    return explainOpenError(this.#path, error);
  }

  async close(): Promise<void> {
    await this.#regexes.close();
    this.db.close();
  }
}

export function sayDamage({ end, lost }: Readable): string {
  const n = (count: number) => count.toLocaleString('en-US');
  const missing = lost === null ? 'how many followed is unknown' : `${n(lost)} that followed are missing`;
  return `The capture is damaged: its first ${n(end)} records could be read, ${missing}.`;
}
