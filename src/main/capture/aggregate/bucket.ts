import type { Direction } from '../../../shared/domain.ts';
import type { RecordDraft } from '../../../shared/log.ts';
import { COUNTERS, RECORD_KINDS } from '../../../shared/record-kind.ts';
import { Histogram } from './histogram.ts';

/** What an aggregate needs to know of a record. */
export type Counted = Pick<RecordDraft, 'seq' | 'kind' | 'direction' | 'mono' | 'size' | 'count' | 'unreadMicros'>;

/** The columns of a stored bucket after its key, in this order: numbers, then encoded histograms. */
export const NUMBERS = [
  'first_seq',
  'messages_in',
  'messages_out',
  'bytes_in',
  'bytes_out',
  'largest_in',
  'largest_out',
  'unread_in',
  'unread_out',
  ...COUNTERS,
  'others',
] as const;
export const HISTOGRAMS = ['sizes_in', 'sizes_out', 'unreads_in', 'unreads_out', 'replies_in', 'replies_out'] as const;

type NumberName = (typeof NUMBERS)[number];
export type HistogramName = (typeof HISTOGRAMS)[number];
export type BucketValues = readonly (number | Uint8Array | null)[];

/** Put together for each record, the names would take longer than all else. */
const LANES = {
  in: { messages: 'messages_in', bytes: 'bytes_in', largest: 'largest_in', sizes: 'sizes_in' },
  out: { messages: 'messages_out', bytes: 'bytes_out', largest: 'largest_out', sizes: 'sizes_out' },
} as const;

/** A number that JavaScript can read back: what is imported may claim any count. */
const storable = (n: number | null) => n && Math.min(n, Number.MAX_SAFE_INTEGER);

/** What happened in one stretch of a session's time. */
export class Bucket {
  readonly numbers: Record<NumberName, number>;
  readonly histograms: Readonly<Record<HistogramName, Histogram>>;

  constructor() {
    this.numbers = Object.fromEntries(NUMBERS.map((name) => [name, 0])) as Record<NumberName, number>;
    this.numbers.first_seq = Number.POSITIVE_INFINITY;
    this.histograms = Object.fromEntries(HISTOGRAMS.map((name) => [name, new Histogram()])) as Record<
      HistogramName,
      Histogram
    >;
  }

  static from(values: BucketValues): Bucket {
    const bucket = new Bucket();
    for (const [i, name] of NUMBERS.entries())
      bucket.numbers[name] = (values[i] as number | null) ?? Number.POSITIVE_INFINITY;
    for (const [i, name] of HISTOGRAMS.entries())
      bucket.histograms[name].mergeEncoded(values[NUMBERS.length + i] as Uint8Array | null);
    return bucket;
  }

  values(): BucketValues {
    const { first_seq: first, ...others } = this.numbers;
    const numbers = [Number.isFinite(first) ? first : null, ...Object.values(others)];
    return [...numbers.map(storable), ...HISTOGRAMS.map((name) => this.histograms[name].encode())];
  }

  count({ seq, kind, direction, size, count }: Counted): void {
    const n = this.numbers;
    if (seq < n.first_seq) n.first_seq = seq;
    if (kind === 'message' && direction) this.#message(direction, size);
    else n[RECORD_KINDS[kind].counter ?? 'others'] += count;
  }

  merge(other: Bucket): void {
    const [a, b] = [this.numbers, other.numbers];
    const { first_seq, largest_in, largest_out } = a;
    for (const name of NUMBERS) a[name] += b[name];
    a.first_seq = Math.min(first_seq, b.first_seq);
    a.largest_in = Math.max(largest_in, b.largest_in);
    a.largest_out = Math.max(largest_out, b.largest_out);
    for (const name of HISTOGRAMS) this.histograms[name].merge(other.histograms[name]);
  }

  #message(direction: Direction, size: number): void {
    const n = this.numbers;
    const { messages, bytes, largest, sizes } = LANES[direction];
    n[messages]++;
    n[bytes] += size;
    n[largest] = Math.max(n[largest], size);
    this.histograms[sizes].add(size);
  }
}
