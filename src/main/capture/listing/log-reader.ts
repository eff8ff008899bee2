import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Anomaly } from '../../../shared/domain.ts';
import { type FailureCode, ShmscopeError } from '../../../shared/failure.ts';
import { type LogRow, type PayloadQuery, PREVIEW_BYTES, type RowPage, type RowQuery } from '../../../shared/log.ts';
import { ChunkCache } from '../store/chunk-cache.ts';
import { directionOf, KIND_CODES, kindOf, loadText } from '../store/codes.ts';
import { noticeRow, removedRecord } from '../store/removals.ts';
import { countColumn, versionOf } from '../store/schema.ts';
import type { LogSearch } from './log-search.ts';
import type { Stretch } from './view.ts';

interface StoredRecord {
  readonly seq: number;
  readonly kind: number;
  readonly direction: number | null;
  readonly wall: number;
  readonly mono: number;
  readonly size: number;
  readonly chunk: number | null;
  readonly offset: number;
  readonly code: string | null;
  readonly detail: string | Uint8Array | null;
  /** Since version 2. */
  readonly unread?: number | null;
  /** Since version 4. */
  readonly count?: number;
  readonly label?: string | Uint8Array | null;
  readonly note?: string | Uint8Array | null;
}

/** The reading side of a capture's tables. */
export class LogReader {
  readonly #chunks: ChunkCache;
  readonly #range: StatementSync;
  readonly #one: StatementSync;
  /** How often what records of one kind say happened. */
  readonly #times: StatementSync;
  readonly #search: LogSearch;

  constructor(db: DatabaseSync, search: LogSearch) {
    this.#search = search;
    this.#chunks = new ChunkCache(db);
    const marked = versionOf(db) >= 2 ? 'record LEFT JOIN mark USING (session, seq)' : 'record';
    this.#range = db.prepare(`SELECT * FROM ${marked} WHERE session = ? AND seq >= ? AND seq <= ? ORDER BY seq`);
    this.#one = db.prepare('SELECT * FROM record WHERE session = ? AND seq = ?');
    const times = `SELECT total(${countColumn(db)}) AS times FROM record WHERE session = ? AND seq BETWEEN ? AND ?`;
    this.#times = db.prepare(times);
  }

  /** Rows by their position in the listing; fewer than asked for where it ends, or where it is known so far. */
  async rows(query: RowQuery): Promise<RowPage> {
    const { session, from, count } = query;
    const view = await this.#search.view(query);
    const { total, found, progress, removal, end } = view;
    const hasNotice = removal && from === 0 && count > 0;
    const notice = hasNotice ? [noticeRow(removal, this.#firstMono(session, removal.records))] : [];
    const rows = view.stretches(from, count).flatMap((stretch) => this.#stretch(session, stretch));
    return { total, found, records: Math.max(end, progress.scanned), from, rows: [...notice, ...rows], progress };
  }

  #firstMono(session: number, seq: number): number {
    return (this.#one.get(session, seq) as unknown as StoredRecord | undefined)?.mono ?? 0;
  }

  /** Throws ShmscopeError `no-such-record`. Shorter than asked for where the payload ends. */
  payload({ session, seq, offset, length }: PayloadQuery): Uint8Array<ArrayBuffer> {
    const record = this.#one.get(session, seq) as unknown as StoredRecord | undefined;
    if (!record) {
      const { removal, end } = this.#search.everything(session);
      throw new ShmscopeError(
        'no-such-record',
        seq < (removal?.records ?? 0)
          ? removedRecord(session, seq)
          : `Session ${session} has no record ${seq} in the capture: ${end} are committed, counted from 0.`,
      );
    }
    const end = Math.min(offset + length, record.size);
    if (record.chunk === null || offset >= end) return new Uint8Array();
    try {
      return copy(this.#chunks.whole(record.chunk), record.offset + offset, record.offset + end);
    } catch {
      throw new ShmscopeError('capture-damaged', UNREADABLE);
    }
  }

  #stretch(session: number, { span: [first, last], run }: Stretch): LogRow[] {
    if (!run) return this.#rows(session, first, last);
    const ends = { first: run.span[0], last: run.span[1] };
    if (run.isOpen) return this.#rows(session, first, last).map((row) => ({ ...row, run: { ...ends, until: null } }));
    const end = this.#one.get(session, last) as unknown as StoredRecord | undefined;
    const until = end && { wall: end.wall, mono: end.mono };
    if (!until) return this.#rows(session, first, first);
    const count = end.kind === KIND_CODES.timeout ? last - first + 1 : this.#timesOf(session, first, last);
    return this.#rows(session, first, first).map((row) => ({ ...row, count, run: { ...ends, until } }));
  }

  #timesOf(session: number, first: number, last: number): number {
    return (this.#times.get(session, first, last) as { times: number }).times;
  }

  /** Records `first` to `last`, read together with the one before, from which the first delta is taken. */
  #rows(session: number, first: number, last: number): LogRow[] {
    if (last < first) return [];
    const stored = this.#range.all(session, first - 1, last) as unknown as StoredRecord[];
    const rows = stored.map((record, index) => this.#row(record, stored[index - 1]));
    return stored[0]?.seq === first - 1 ? rows.slice(1) : rows;
  }

  #row(record: StoredRecord, before: StoredRecord | undefined): LogRow {
    const { seq, wall, mono, size } = record;
    const preview = this.#preview(record);
    return {
      seq,
      kind: kindOf(record.kind),
      direction: directionOf(record.direction),
      wall,
      mono,
      size,
      code: record.code as Anomaly | FailureCode | null,
      detail: preview ? loadText(record.detail) : UNREADABLE,
      count: record.count ?? 1,
      delta: before ? mono - before.mono : null,
      preview: preview ?? new Uint8Array(),
      unreadMicros: record.unread ?? null,
      mark: loadText(record.label ?? null),
      note: loadText(record.note ?? null),
      run: null,
    };
  }

  /** Undefined where the file is damaged there. */
  #preview({ chunk, offset, size }: StoredRecord): Uint8Array | undefined {
    if (chunk === null) return new Uint8Array();
    try {
      return copy(this.#chunks.start(chunk), offset, offset + Math.min(size, PREVIEW_BYTES));
    } catch {
      return undefined;
    }
  }
}

const UNREADABLE = 'The payload of this record can not be read: the capture is damaged there.';

/** A buffer of its own: a view would take its whole chunk along to another thread. */
const copy = (bytes: Uint8Array, from: number, to: number) => new Uint8Array(bytes.subarray(from, to));
