import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Anomaly } from '../../shared/domain.ts';
import { type FailureCode, ShmscopeError } from '../../shared/failure.ts';
import { type LogRow, type PayloadQuery, PREVIEW_BYTES, type RowPage, type RowQuery } from '../../shared/log.ts';
import { ChunkCache } from './chunk-cache.ts';
import { directionOf, kindOf, loadText } from './codes.ts';
import { FilterResult, filterKey, isEmptyFilter } from './filter-result.ts';
import { Lru } from './lru.ts';
import { noticeRow, Removals } from './removals.ts';
import { versionOf } from './schema.ts';

/** Filter results kept; each is extended by what was committed since it was last asked for. */
const FILTERS = 8;

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
  readonly label?: string | Uint8Array | null;
  readonly note?: string | Uint8Array | null;
}

/** The reading side of a capture's tables. */
export class LogReader {
  readonly #db: DatabaseSync;
  readonly #chunks: ChunkCache;
  readonly #last: StatementSync;
  readonly #range: StatementSync;
  readonly #one: StatementSync;
  readonly #removals: Removals;
  readonly #filters = new Lru<string, FilterResult>(FILTERS, () => 1);

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#chunks = new ChunkCache(db);
    this.#last = db.prepare('SELECT max(seq) AS seq FROM record WHERE session = ?');
    const marked = versionOf(db) >= 2 ? 'record LEFT JOIN mark USING (session, seq)' : 'record';
    this.#range = db.prepare(`SELECT * FROM ${marked} WHERE session = ? AND seq >= ? AND seq <= ? ORDER BY seq`);
    this.#removals = new Removals(db);
    this.#one = db.prepare('SELECT * FROM record WHERE session = ? AND seq = ?');
  }

  /** Rows by their position in the filter's result; fewer than asked for where it ends. */
  async rows({ session, filter, from, count }: RowQuery): Promise<RowPage> {
    const records = this.#records(session);
    if (isEmptyFilter(filter)) {
      const rows = (first: number, n: number) => this.#rows(session, first, Math.min(first + n, records) - 1);
      return { ...this.#page({ session, from, count }, records, (gone) => gone, rows), records };
    }
    const result = this.#filterResult(session, filter);
    await result.extendTo(records);
    const { seqs } = result;
    const rows = (first: number, n: number) =>
      [...runs(seqs.slice(first, n))].flatMap(([a, b]) => this.#rows(session, a, b));
    const page = this.#page({ session, from, count }, seqs.length, (gone) => seqs.countBelow(gone), rows);
    return { ...page, records: result.scanned };
  }

  /**
   * Positions of a result of `length` records. Those that retention has removed, `below` its end, are one row: the first.
   */
  #page(
    { session, from, count }: Pick<RowQuery, 'session' | 'from' | 'count'>,
    length: number,
    below: (gone: number) => number,
    rows: (first: number, count: number) => LogRow[],
  ): Omit<RowPage, 'records'> {
    const removal = this.#removals.of(session);
    if (!removal) return { total: length, from, rows: rows(from, count) };
    const gone = below(removal.records);
    const notice = from === 0 && count > 0 ? [noticeRow(removal, this.#firstMono(session, removal.records))] : [];
    const found = rows(gone + Math.max(0, from - 1), count - notice.length);
    return { total: length - gone + 1, from, rows: [...notice, ...found] };
  }

  #firstMono(session: number, seq: number): number {
    return (this.#one.get(session, seq) as unknown as StoredRecord | undefined)?.mono ?? 0;
  }

  /** Throws ShmscopeError `no-such-record`. Shorter than asked for where the payload ends. */
  payload({ session, seq, offset, length }: PayloadQuery): Uint8Array<ArrayBuffer> {
    const record = this.#one.get(session, seq) as unknown as StoredRecord | undefined;
    if (!record)
      throw new ShmscopeError(
        'no-such-record',
        seq < (this.#removals.of(session)?.records ?? 0)
          ? `Record ${seq} of session ${session} was removed by retention.`
          : `Session ${session} has no record ${seq} in the capture: ${this.#records(session)} are committed, counted from 0.`,
      );
    const end = Math.min(offset + length, record.size);
    if (record.chunk === null || offset >= end) return new Uint8Array();
    return copy(this.#chunks.whole(record.chunk), record.offset + offset, record.offset + end);
  }

  #records(session: number): number {
    const { seq } = this.#last.get(session) as { seq: number | null };
    return seq === null ? 0 : seq + 1;
  }

  #filterResult(session: number, filter: RowQuery['filter']): FilterResult {
    const key = filterKey(session, filter);
    return this.#filters.get(key) ?? this.#filters.set(key, new FilterResult(this.#db, session, filter));
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
    return {
      seq,
      kind: kindOf(record.kind),
      direction: directionOf(record.direction),
      wall,
      mono,
      size,
      code: record.code as Anomaly | FailureCode | null,
      detail: loadText(record.detail),
      delta: before ? mono - before.mono : null,
      preview: this.#preview(record),
      unreadMicros: record.unread ?? null,
      mark: loadText(record.label ?? null),
      note: loadText(record.note ?? null),
    };
  }

  #preview({ chunk, offset, size }: StoredRecord): Uint8Array {
    if (chunk === null) return new Uint8Array();
    return copy(this.#chunks.start(chunk), offset, offset + Math.min(size, PREVIEW_BYTES));
  }
}

/** A buffer of its own: a view would take its whole chunk along to another thread. */
const copy = (bytes: Uint8Array, from: number, to: number) => new Uint8Array(bytes.subarray(from, to));

/** Runs of numbers that follow each other, as [first, last]. */
function* runs(numbers: Uint32Array): Generator<readonly [number, number]> {
  let first = numbers[0];
  if (first === undefined) return;
  for (let i = 1; i <= numbers.length; i++) {
    const before = numbers[i - 1] as number;
    if (numbers[i] === before + 1) continue;
    yield [first, before];
    first = numbers[i] as number;
  }
}
