import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { LANES } from '../../../shared/domain.ts';
import { COUNTERS, counterOf } from '../../../shared/record-kind.ts';
import type { Viewpoint } from '../../../shared/session-kind.ts';
import type { Timeline, TimelineQuery } from '../../../shared/timeline.ts';
import { Replies } from '../../match/replies.ts';
import { bucketOf, TOP, widthOf } from '../store/levels.ts';
import { RECORD_COLUMNS, type RecordRow, recordOf, type StoredRecord, Viewpoints } from '../store/record-row.ts';
import { add, Columns } from './columns.ts';
import { closeGridFor, gridFor } from './grid.ts';
import { type Extent, extentOf } from './histogram.ts';
import { unreadPeriodOf } from './pyramid.ts';
import type { SpanFinder } from './span.ts';
import { WallClock } from './wall-clock.ts';

/** Records that are drawn individually where aggregates would be coarser than requested: about 20 ms. */
export const FEW_RECORDS = 20_000;
/** How many records before and after are checked for one that was unread in the span. */
const AROUND = 64;

const LANE_COLUMNS = ['messages', 'bytes', 'largest', 'unread'];
const ROW = [
  'bucket, first_seq, peak_messages, peak_bytes',
  ...LANES.flatMap((lane) => LANE_COLUMNS.map((name) => `${name}_${lane}`)),
  ...COUNTERS,
].join(', ');
/** One per entry of LANE_COLUMNS. */
type LaneRow = [messages: number, bytes: number, largest: number, unread: number];
type ReplyRow = [bucket: number, s2c: Uint8Array | null, c2s: Uint8Array | null];
type Row = [
  bucket: number,
  firstSeq: number | null,
  peakMessages: number,
  peakBytes: number,
  ...s2c: LaneRow,
  ...c2s: LaneRow,
  ...counted: number[],
];

/** Draws a session's time as at most the requested number of buckets, reading about as many stored rows. */
export class TimelineReader {
  readonly #span: SpanFinder;
  readonly #clock: WallClock;
  readonly #level: StatementSync;
  readonly #unread: StatementSync;
  readonly #replies: StatementSync;
  readonly #viewpoints: Viewpoints;
  readonly #records: StatementSync;

  /** `aggregates` is the capture itself, or what was computed for it. */
  constructor(db: DatabaseSync, aggregates: DatabaseSync, span: SpanFinder) {
    this.#span = span;
    this.#clock = new WallClock(db, span);
    const range = 'FROM bucket WHERE session = ? AND level = ? AND bucket >= ? AND bucket <= ?';
    this.#level = aggregates.prepare(`SELECT ${ROW} ${range}`);
    this.#level.setReturnArrays(true);
    this.#unread = aggregates.prepare(`SELECT bucket, unread_s2c, unread_c2s ${range}`);
    this.#unread.setReturnArrays(true);
    this.#replies = aggregates.prepare(`SELECT bucket, replies_s2c, replies_c2s ${range}`);
    this.#replies.setReturnArrays(true);
    this.#viewpoints = new Viewpoints(db);
    this.#records = db.prepare(
      `SELECT ${RECORD_COLUMNS} FROM record WHERE session = ? AND seq >= ? AND seq < ? ORDER BY seq`,
    );
    this.#records.setReturnArrays(true);
  }

  timeline(query: TimelineQuery): Timeline {
    return (this.#closely(query) ?? this.#fromBuckets(query)).timeline;
  }

  #fromBuckets(query: TimelineQuery): Columns {
    const { begin, width, count, level } = gridFor(query);
    const columns = new Columns(begin, width, count, this.#around(query.session), query);
    this.#read(columns, query.session, level);
    return columns;
  }

  #around(session: number) {
    return { lastMono: this.#span.lastMono(session), clock: this.#clock.points(session) };
  }

  #read(columns: Columns, session: number, level: number): void {
    const end = columns.fromMono + columns.count * columns.width;
    const rows = (statement: StatementSync, at: number) =>
      statement.all(session, at, bucketOf(at, columns.fromMono), bucketOf(at, end - 1));
    for (const row of rows(this.#level, level) as unknown as Row[]) addRow(columns, widthOf(level), row);
    if (columns.timeline.replies)
      for (const [n, ...replies] of rows(this.#replies, level) as unknown as ReplyRow[])
        for (const [at, lane] of LANES.entries()) {
          const encoded = replies[at];
          if (encoded) columns.replies(lane, columns.indexOf(n * widthOf(level)), extentOf(encoded));
        }
    // A bucket that is unread throughout says so on the highest level that it fills, and nowhere below.
    for (let above = level + 1; above <= TOP; above++) {
      const width = widthOf(above);
      for (const [n, ...unread] of rows(this.#unread, above) as unknown as [number, number, number][])
        for (const [at, lane] of LANES.entries())
          if ((unread[at] ?? 0) >= width) columns.unread(lane, n * width, (n + 1) * width);
    }
  }

  /** Exact buckets of any width, for when the finest aggregates are too coarse and the records are few. */
  #closely(query: TimelineQuery): Columns | undefined {
    const { session, fromMono, toMono } = query;
    const grid = closeGridFor(query);
    if (!grid) return undefined;
    const first = this.#span.firstAt(session, fromMono);
    const end = this.#span.firstAt(session, toMono);
    if (end - first > FEW_RECORDS) return undefined;
    const columns = new Columns(grid.begin, grid.width, grid.count, this.#around(session), query);
    // A message may have been sent before the span, or read after it, and still have been unread within it.
    const around = this.#records.all(session, first - AROUND, end + AROUND) as unknown as RecordRow[];
    const role = this.#viewpoints.of(session);
    const replies = new Replies();
    for (const record of around.map(recordOf)) {
      const within = record.seq >= first && record.seq < end;
      addRecord(columns, record, role, within);
      const micros = replies.next(record);
      if (micros !== null && within && record.lane)
        columns.replies(record.lane, columns.indexOf(record.mono), oneOf(micros));
    }
    return columns;
  }
}

const oneOf = (micros: number): Extent => ({ count: 1, sum: micros, least: micros, most: micros });

function addRow(columns: Columns, width: number, row: Row): void {
  const [bucket, firstSeq, peakMessages, peakBytes, ...rest] = row;
  const i = columns.indexOf(bucket * width);
  columns.first(i, firstSeq);
  columns.peak(i, peakMessages, peakBytes);
  for (const [at, lane] of LANES.entries()) {
    const [messages, bytes, largest, unread] = rest.slice(at * LANE_COLUMNS.length) as LaneRow;
    columns.lane(lane, i, messages, bytes, largest);
    columns.unreadAt(lane, i, unread);
  }
  const counted = rest.slice(LANES.length * LANE_COLUMNS.length);
  for (const [at, counter] of COUNTERS.entries()) add(columns.timeline[counter], i, counted[at] as number);
}

function addRecord(columns: Columns, record: StoredRecord, role: Viewpoint, within: boolean): void {
  const { seq, kind, code, lane, mono, size, count, unreadMicros } = record;
  if (kind === 'message' && lane && unreadMicros) {
    const { from, micros } = unreadPeriodOf(role, lane, mono, unreadMicros);
    columns.unread(lane, from, from + micros);
  }
  const i = columns.indexOf(mono);
  if (!within || i < 0 || i >= columns.count) return;
  columns.first(i, seq);
  if (kind === 'message' && lane) columns.lane(lane, i, 1, size, size);
  const counter = counterOf(kind, code);
  if (counter) add(columns.timeline[counter], i, count);
}
