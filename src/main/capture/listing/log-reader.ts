import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { ShmscopeError } from '../../../shared/failure.ts';
import { type LogRow, type PayloadQuery, PREVIEW_BYTES, type RowPage, type RowQuery } from '../../../shared/log.ts';
import type { Viewpoint } from '../../../shared/session-kind.ts';
import { ChunkCache } from '../store/chunk-cache.ts';
import { loadText } from '../store/codes.ts';
import {
  RECORD_COLUMNS,
  type RecordRow,
  recordOf,
  type StoredRecord,
  type StoredText,
  seenBy,
  Viewpoints,
} from '../store/record-row.ts';
import { noticeRow, removedRecord } from '../store/removals.ts';
import { repliedTo } from '../store/reply.ts';
import type { LogSearch } from './log-search.ts';
import type { Stretch } from './view.ts';

/** With the user's notes, and the message that it replies to. */
type Row = [...RecordRow, label: StoredText, note: StoredText, asked: number | null, askedMono: number | null];

/** A row is read again and again while it is shown, so that of millions of timeouts before it not all are passed. */
const REPLY_WITHIN = 100_000;

/** The reading side of a capture's tables. */
export class LogReader {
  readonly #chunks: ChunkCache;
  readonly #range: StatementSync;
  readonly #one: StatementSync;
  /** How often the events of one kind happened, by their records' counts. */
  readonly #times: StatementSync;
  readonly #viewpoints: Viewpoints;
  readonly #search: LogSearch;

  constructor(db: DatabaseSync, search: LogSearch) {
    this.#search = search;
    this.#chunks = new ChunkCache(db);
    this.#viewpoints = new Viewpoints(db);
    this.#range = db.prepare(
      `SELECT ${RECORD_COLUMNS}, label, note, ${repliedTo('seq', REPLY_WITHIN)}, ${repliedTo('mono', REPLY_WITHIN)}
       FROM record LEFT JOIN mark USING (session, seq) WHERE session = ? AND seq >= ? AND seq <= ? ORDER BY seq`,
    );
    this.#range.setReturnArrays(true);
    this.#one = db.prepare(`SELECT ${RECORD_COLUMNS} FROM record WHERE session = ? AND seq = ?`);
    this.#one.setReturnArrays(true);
    this.#times = db.prepare('SELECT total(count) AS times FROM record WHERE session = ? AND seq BETWEEN ? AND ?');
  }

  /** Rows by position in the listing; fewer than requested where it ends, or where it isn't known any further yet. */
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
    return this.#at(session, seq)?.mono ?? 0;
  }

  /** Throws ShmscopeError `no-such-record`. Shorter than requested at the end of the payload. */
  payload({ session, seq, offset, length }: PayloadQuery): Uint8Array<ArrayBuffer> {
    const record = this.#at(session, seq);
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
    const end = this.#at(session, last);
    const until = end && { wall: end.wall, mono: end.mono };
    if (!until) return this.#rows(session, first, first);
    const count = end.kind === 'timeout' ? last - first + 1 : this.#timesOf(session, first, last);
    return this.#rows(session, first, first).map((row) => ({ ...row, count, run: { ...ends, until } }));
  }

  #at(session: number, seq: number): StoredRecord | undefined {
    const row = this.#one.get(session, seq) as unknown as RecordRow | undefined;
    return row && recordOf(row);
  }

  #timesOf(session: number, first: number, last: number): number {
    return (this.#times.get(session, first, last) as { times: number }).times;
  }

  /** Records `first` to `last`, read together with the one before, for the first delta. */
  #rows(session: number, first: number, last: number): LogRow[] {
    if (last < first) return [];
    const role = this.#viewpoints.of(session);
    const stored = this.#range.all(session, first - 1, last) as unknown as Row[];
    const rows: LogRow[] = [];
    for (const row of stored) rows.push(this.#row(row, role, rows.at(-1)));
    return rows[0]?.seq === first - 1 ? rows.slice(1) : rows;
  }

  #row(stored: Row, role: Viewpoint, before: LogRow | undefined): LogRow {
    const record = recordOf(stored as unknown as RecordRow);
    const { seq, kind, lane, wall, mono, size, code, detail, count, unreadMicros } = record;
    const preview = this.#preview(record);
    const [label, note, asked, askedMono] = stored.slice(-4) as [StoredText, StoredText, number | null, number | null];
    return {
      ...{ seq, kind, lane, wall, mono, size, code, count, unreadMicros },
      direction: seenBy(role, lane),
      detail: preview ? detail : UNREADABLE,
      delta: before ? mono - before.mono : null,
      reply: asked === null || askedMono === null ? null : { seq: asked, latency: Math.max(0, mono - askedMono) },
      preview: preview ?? new Uint8Array(),
      mark: loadText(label),
      note: loadText(note),
      run: null,
    };
  }

  /** Undefined if the file is damaged there. */
  #preview({ chunk, offset, size }: StoredRecord): Uint8Array | undefined {
    if (chunk === null) return new Uint8Array();
    try {
      return copy(this.#chunks.start(chunk), offset, offset + Math.min(size, PREVIEW_BYTES));
    } catch {
      return undefined;
    }
  }
}

const UNREADABLE = "This record's payload can't be read because the capture is damaged there.";

/** A buffer of its own: a view would carry its whole chunk to the other thread. */
const copy = (bytes: Uint8Array, from: number, to: number) => new Uint8Array(bytes.subarray(from, to));
