import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { LANES } from '../../../shared/domain.ts';
import { COUNTERS, counterOf, perCounter } from '../../../shared/record-kind.ts';
import type { Measured, MeasureQuery } from '../../../shared/timeline.ts';
import { storedKind, storedLane } from '../store/codes.ts';
import { widthOf } from '../store/levels.ts';
import { pieces, type SpanFinder } from './span.ts';

type Writable<T> = { -readonly [K in keyof T]: { -readonly [L in keyof T[K]]: T[K][L] } };
/** In the order of {@link SUMS}. */
type Sums = readonly number[];
type Row = [kind: number, lane: number | null, size: number, count: number, code: string | null];

const SUMS = [...LANES.flatMap((lane) => [`messages_${lane}`, `bytes_${lane}`]), ...COUNTERS];

/** Counts what a span holds, exact to the microsecond: whole buckets, plus single records at both ends. */
export class MeasureReader {
  readonly #span: SpanFinder;
  readonly #buckets: StatementSync;
  readonly #records: StatementSync;

  constructor(db: DatabaseSync, aggregates: DatabaseSync, span: SpanFinder) {
    this.#span = span;
    const sums = SUMS.map((column) => `coalesce(sum(${column}), 0)`).join(', ');
    this.#buckets = aggregates.prepare(
      `SELECT ${sums} FROM bucket WHERE session = ? AND level = ? AND bucket >= ? AND bucket < ?`,
    );
    this.#buckets.setReturnArrays(true);
    this.#records = db.prepare(
      'SELECT kind, lane, size, count, code FROM record WHERE session = ? AND seq >= ? AND seq < ?',
    );
    this.#records.setReturnArrays(true);
  }

  measure({ session, fromMono, toMono }: MeasureQuery): Measured {
    const measured: Writable<Measured> = {
      messages: { s2c: 0, c2s: 0 },
      bytes: { s2c: 0, c2s: 0 },
      counted: perCounter(() => 0),
    };
    const width = widthOf(0);
    const end = Math.min(toMono, this.#span.lastMono(session) + 1);
    const [low, high] = [Math.ceil(fromMono / width), Math.floor(end / width)];
    if (low >= high) this.#addRecords(measured, session, fromMono, end);
    else {
      for (const [level, from, to] of pieces(low, high))
        addSums(measured, this.#buckets.get(session, level, from, to) as unknown as Sums);
      this.#addRecords(measured, session, fromMono, low * width);
      this.#addRecords(measured, session, high * width, end);
    }
    return measured;
  }

  #addRecords(measured: Writable<Measured>, session: number, from: number, to: number): void {
    if (from >= to) return;
    const numbers = [from, to].map((mono) => this.#span.firstAt(session, mono)) as [number, number];
    for (const row of this.#records.iterate(session, ...numbers)) addRecord(measured, row as unknown as Row);
  }
}

function addSums({ messages, bytes, counted }: Writable<Measured>, sums: Sums): void {
  for (const [i, lane] of LANES.entries()) {
    messages[lane] += sums[2 * i] ?? 0;
    bytes[lane] += sums[2 * i + 1] ?? 0;
  }
  for (const [i, counter] of COUNTERS.entries()) counted[counter] += sums[2 * LANES.length + i] ?? 0;
}

function addRecord(
  { messages, bytes, counted }: Writable<Measured>,
  [kindCode, laneCode, size, count, code]: Row,
): void {
  const [kind, lane] = [storedKind(kindCode), storedLane(laneCode)];
  const counter = counterOf(kind, code);
  if (counter) counted[counter] += count;
  if (kind !== 'message' || !lane) return;
  messages[lane]++;
  bytes[lane] += size;
}
