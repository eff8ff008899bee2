import type { LensField, LensReading, LensSpan } from '../../../shared/lens.ts';

const HEADER_BYTES = 24;
const WORD = 4;
const ROW = 8;
/** This many consecutive empty rows are shown as one. */
const FOLDED = 3;

/** Bytes of a row that a reading takes for one field, or for none. */
export interface Segment {
  readonly field: LensField | null;
  readonly from: number;
  readonly to: number;
}

/** Bytes in one line, and how each reading takes them. */
export interface ByteRow {
  readonly kind: 'bytes';
  readonly from: number;
  readonly bytes: readonly number[];
  readonly readings: readonly (readonly Segment[])[];
}

/** Bytes that aren't shown: zeros, or what lies between two shown parts. */
export interface GapRow {
  readonly kind: 'zeros' | 'gap';
  readonly from: number;
  readonly to: number;
}
export type TableRow = ByteRow | GapRow;

/** The header word by word, then the slots' first bytes in rows of 8. */
export function rowsOf(spans: readonly LensSpan[], readings: readonly LensReading[]): TableRow[] {
  return spans.flatMap((span, index): TableRow[] => {
    const before = spans[index - 1];
    const gap = before && { kind: 'gap' as const, from: before.from + before.bytes.length, to: span.from };
    return [...(gap ? [gap] : []), ...folded(byteRows(span, readings))];
  });
}

function byteRows({ from, bytes }: LensSpan, readings: readonly LensReading[]): ByteRow[] {
  const rows: ByteRow[] = [];
  for (let at = 0; at < bytes.length; ) {
    const step = from + at < HEADER_BYTES ? WORD : ROW;
    const row = bytes.subarray(at, at + step);
    const begin = from + at;
    const segments = readings.map(({ fields }) => segmentsOf(fields, begin, begin + row.length));
    rows.push({ kind: 'bytes', from: begin, bytes: [...row], readings: segments });
    at += step;
  }
  return rows;
}

function segmentsOf(fields: readonly LensField[], from: number, to: number): Segment[] {
  const segments: Segment[] = [];
  for (let at = from; at < to; at++) {
    const field = fields.find((one) => at >= one.from && at < one.to) ?? null;
    const last = segments.at(-1);
    if (last && last.field === field) segments[segments.length - 1] = { ...last, to: at + 1 };
    else segments.push({ field, from: at, to: at + 1 });
  }
  return segments;
}

function folded(rows: readonly ByteRow[]): TableRow[] {
  const shown: TableRow[] = [];
  for (let at = 0; at < rows.length; ) {
    let end = at;
    while (isBlank(rows[end])) end++;
    const [first, last] = [rows[at], rows[end - 1]];
    if (end - at >= FOLDED && first && last) {
      shown.push({ kind: 'zeros', from: first.from, to: last.from + last.bytes.length });
      at = end;
    } else if (first) {
      shown.push(first);
      at++;
    }
  }
  return shown;
}

/** Zeros, and nothing begins here. */
const isBlank = (row: ByteRow | undefined): boolean =>
  row !== undefined &&
  row.from >= HEADER_BYTES &&
  row.bytes.every((byte) => byte === 0) &&
  row.readings.every((segments) => segments.every(({ field, from }) => field?.from !== from));

/** Bytes of a reading's message in a lane, according to its length. */
export const messageEnd = ({ fields }: LensReading, { lane, from }: LensField): number =>
  from + (fields.find((field) => field.kind === 'length' && field.lane === lane)?.value ?? 0);
