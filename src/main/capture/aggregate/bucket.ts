import type { Lane } from '../../../shared/domain.ts';
import type { RecordDraft } from '../../../shared/log.ts';
import { COUNTERS, counterOf } from '../../../shared/record-kind.ts';
import { Histogram } from './histogram.ts';

/** What the aggregates need to know about a record. */
export type Counted = Pick<RecordDraft, 'seq' | 'kind' | 'code' | 'lane' | 'mono' | 'size' | 'count' | 'unreadMicros'>;

/** The columns of a stored bucket after its key, in this order: numbers, then encoded histograms. */
export const NUMBERS = [
  'first_seq',
  'messages_s2c',
  'messages_c2s',
  'bytes_s2c',
  'bytes_c2s',
  'largest_s2c',
  'largest_c2s',
  'unread_s2c',
  'unread_c2s',
  'peak_messages',
  'peak_bytes',
  ...COUNTERS,
  'others',
] as const;
export const HISTOGRAMS = [
  'sizes_s2c',
  'sizes_c2s',
  'unreads_s2c',
  'unreads_c2s',
  'replies_s2c',
  'replies_c2s',
] as const;

type NumberName = (typeof NUMBERS)[number];
export type HistogramName = (typeof HISTOGRAMS)[number];
export type BucketValues = readonly (number | Uint8Array | null)[];

/** Building the names for every record would dominate the cost. */
const LANE_NAMES = {
  s2c: { messages: 'messages_s2c', bytes: 'bytes_s2c', largest: 'largest_s2c', sizes: 'sizes_s2c' },
  c2s: { messages: 'messages_c2s', bytes: 'bytes_c2s', largest: 'largest_c2s', sizes: 'sizes_c2s' },
} as const;

/** A number that JavaScript can represent: imported records may claim any count. */
const storable = (n: number | null) => n && Math.min(n, Number.MAX_SAFE_INTEGER);

/** What happened in one interval of a session. */
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

  count({ seq, kind, code, lane, size, count }: Counted): void {
    const n = this.numbers;
    if (seq < n.first_seq) n.first_seq = seq;
    if (kind === 'message' && lane) this.#message(lane, size);
    else n[counterOf(kind, code) ?? 'others'] += count;
  }

  merge(other: Bucket): void {
    const [a, b] = [this.numbers, other.numbers];
    const { first_seq, largest_s2c, largest_c2s, peak_messages, peak_bytes } = a;
    for (const name of NUMBERS) a[name] += b[name];
    a.first_seq = Math.min(first_seq, b.first_seq);
    a.largest_s2c = Math.max(largest_s2c, b.largest_s2c);
    a.largest_c2s = Math.max(largest_c2s, b.largest_c2s);
    a.peak_messages = Math.max(peak_messages, b.peak_messages);
    a.peak_bytes = Math.max(peak_bytes, b.peak_bytes);
    for (const name of HISTOGRAMS) this.histograms[name].merge(other.histograms[name]);
  }

  /** Merges in the current state of one of its lowest-level buckets. */
  reach({ numbers: lowest }: Bucket): void {
    const n = this.numbers;
    n.peak_messages = Math.max(n.peak_messages, lowest.messages_s2c + lowest.messages_c2s);
    n.peak_bytes = Math.max(n.peak_bytes, lowest.bytes_s2c + lowest.bytes_c2s);
  }

  #message(lane: Lane, size: number): void {
    const n = this.numbers;
    const { messages, bytes, largest, sizes } = LANE_NAMES[lane];
    n[messages]++;
    n[bytes] += size;
    n[largest] = Math.max(n[largest], size);
    this.histograms[sizes].add(size);
  }
}
