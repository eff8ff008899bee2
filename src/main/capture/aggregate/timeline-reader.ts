import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { COUNTERS, RECORD_KINDS } from '../../../shared/record-kind.ts';
import type { Timeline, TimelineQuery } from '../../../shared/timeline.ts';
import { directionOf, kindOf } from '../store/codes.ts';
import { bucketOf, TOP, WIDTHS, widthOf } from '../store/levels.ts';
import { countColumn, unreadColumn } from '../store/schema.ts';
import { add, Columns } from './columns.ts';
import { spellOf } from './pyramid.ts';
import type { SpanFinder } from './span.ts';
import { WallClock } from './wall-clock.ts';

/** Records that are drawn one by one, instead of from aggregates, where those would be coarser than asked for. */
const FEW_RECORDS = 1000;
/** Records before and after them that are looked at for one that was unread meanwhile. */
const AROUND = 64;

const ROW = `bucket, first_seq, messages_in, messages_out, bytes_in, bytes_out, largest_in, largest_out, unread_in,
  unread_out, ${COUNTERS.join(', ')}`;
type N = number;
type Row = [
  bucket: N,
  firstSeq: N | null,
  in_: N,
  out: N,
  bytesIn: N,
  bytesOut: N,
  largestIn: N,
  largestOut: N,
  ...Rest,
];
type Rest = [unreadIn: N, unreadOut: N, ...counted: N[]];
type Stored = [seq: N, kind: N, direction: N | null, mono: N, size: N, unread: N | null, count: N];

/** Draws a session's time as at most as many buckets as asked for, from at most about as many stored rows. */
export class TimelineReader {
  readonly #span: SpanFinder;
  readonly #clock: WallClock;
  readonly #level: StatementSync;
  readonly #unread: StatementSync;
  readonly #records: StatementSync;

  /** `aggregates` is the capture itself, or what was computed for it. */
  constructor(db: DatabaseSync, aggregates: DatabaseSync, span: SpanFinder) {
    this.#span = span;
    this.#clock = new WallClock(db, span);
    const range = 'FROM bucket WHERE session = ? AND level = ? AND bucket >= ? AND bucket <= ?';
    this.#level = aggregates.prepare(`SELECT ${ROW} ${range}`);
    this.#level.setReturnArrays(true);
    this.#unread = aggregates.prepare(`SELECT bucket, unread_in, unread_out ${range}`);
    this.#unread.setReturnArrays(true);
    const record = `seq, kind, direction, mono, size, ${unreadColumn(db)}, ${countColumn(db)}`;
    this.#records = db.prepare(`SELECT ${record} FROM record WHERE session = ? AND seq >= ? AND seq < ? ORDER BY seq`);
    this.#records.setReturnArrays(true);
  }

  timeline(query: TimelineQuery): Timeline {
    return (this.#closely(query) ?? this.#fromBuckets(query)).timeline;
  }

  #fromBuckets({ session, fromMono, toMono, buckets }: TimelineQuery): Columns {
    const level = WIDTHS.findIndex((width) => bucketsIn(width, fromMono, toMono) <= buckets);
    const width = level === -1 ? mergedWidth(fromMono, toMono, buckets) : widthOf(level);
    const begin = Math.floor(fromMono / width) * width;
    const columns = new Columns(begin, width, bucketsIn(width, fromMono, toMono), this.#around(session));
    this.#read(columns, session, level === -1 ? TOP : level);
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
    // What is unread throughout says so on the highest level that it fills, and nowhere below.
    for (let above = level + 1; above <= TOP; above++) {
      const width = widthOf(above);
      for (const [n, unreadIn, unreadOut] of rows(this.#unread, above) as unknown as [number, number, number][]) {
        if (unreadIn >= width) columns.unread('in', n * width, (n + 1) * width);
        if (unreadOut >= width) columns.unread('out', n * width, (n + 1) * width);
      }
    }
  }

  /** Exact buckets of any width, where the finest aggregates are too coarse and the records are few. */
  #closely({ session, fromMono, toMono, buckets }: TimelineQuery): Columns | undefined {
    if (bucketsIn(widthOf(0), fromMono, toMono) * 2 > buckets) return undefined;
    const first = this.#span.firstAt(session, fromMono);
    const end = this.#span.firstAt(session, toMono);
    if (end - first > FEW_RECORDS) return undefined;
    const width = Math.max(1, Math.ceil((toMono - fromMono) / buckets));
    const count = Math.ceil((toMono - fromMono) / width);
    const columns = new Columns(fromMono, width, count, this.#around(session));
    // A message may have been sent before the span, or taken after it, and stood unread within.
    const around = this.#records.all(session, first - AROUND, end + AROUND) as unknown as Stored[];
    for (const record of around) addRecord(columns, record, record[0] >= first && record[0] < end);
    return columns;
  }
}

/** Past the top level several of its buckets become one. */
function mergedWidth(from: number, to: number, buckets: number): number {
  let merged = Math.ceil((to - from) / widthOf(TOP) / buckets);
  // A span that begins or ends within a bucket can touch one more.
  while (bucketsIn(widthOf(TOP) * merged, from, to) > Math.max(2, buckets)) merged++;
  return widthOf(TOP) * merged;
}

const bucketsIn = (width: number, from: number, to: number) => Math.ceil(to / width) - Math.floor(from / width);

function addRow(columns: Columns, width: number, row: Row): void {
  const [bucket, firstSeq, messagesIn, messagesOut, bytesIn, bytesOut, largestIn, largestOut, ...rest] = row;
  const [unreadIn, unreadOut, ...counted] = rest;
  const i = columns.indexOf(bucket * width);
  columns.first(i, firstSeq);
  columns.lane('in', i, messagesIn, bytesIn, largestIn);
  columns.lane('out', i, messagesOut, bytesOut, largestOut);
  columns.unreadAt('in', i, unreadIn);
  columns.unreadAt('out', i, unreadOut);
  for (const [at, counter] of COUNTERS.entries()) add(columns.timeline[counter], i, counted[at] ?? 0);
}

function addRecord(
  columns: Columns,
  [seq, kindCode, directionCode, mono, size, unread, count]: Stored,
  within: boolean,
): void {
  const direction = directionOf(directionCode);
  const kind = kindOf(kindCode);
  if (kind === 'message' && direction && unread) {
    const { from, micros } = spellOf(direction, mono, unread);
    columns.unread(direction, from, from + micros);
  }
  const i = columns.indexOf(mono);
  if (!within || i < 0 || i >= columns.count) return;
  columns.first(i, seq);
  if (kind === 'message' && direction) columns.lane(direction, i, 1, size, size);
  const { counter } = RECORD_KINDS[kind];
  if (counter) add(columns.timeline[counter], i, count);
}
