import type { Lane } from '../../../shared/domain.ts';
import type { LateRead } from '../../../shared/log.ts';
import { directionOf, type Viewpoint } from '../../../shared/session-kind.ts';
import { type LastMessage, Replies } from '../../match/replies.ts';
import { bucketOf, TOP, WIDTHS, widthOf } from '../store/levels.ts';
import { Bucket, type BucketValues, type Counted } from './bucket.ts';

/**
 * The longest time a message is believed to have been unread, in µs (100 days): anything longer is a damaged record.
 */
const LONGEST_SPELL = 100 * 24 * 3600 * 1e6;

/** A message that was unread in its slot. */
export interface UnreadPeriod {
  readonly lane: Lane;
  /** µs since the session began. */
  readonly from: number;
  readonly micros: number;
}

/** Where buckets are stored. */
export interface BucketStore {
  load(session: number, level: number, bucket: number): BucketValues | undefined;
  save(session: number, level: number, bucket: number, values: BucketValues): void;
}

/** The buckets of one session on every level; those still growing stay in memory until they are complete and stored. */
export class Pyramid {
  readonly #session: number;
  readonly #role: Viewpoint;
  readonly #store: BucketStore;
  readonly #levels: readonly Map<number, Bucket>[] = WIDTHS.map(() => new Map());
  readonly #touched: readonly Set<number>[] = WIDTHS.map(() => new Set());
  /** What was counted since the last {@link save}, on the lowest level only. */
  #fresh = new Map<number, Bucket>();
  readonly #replies: Replies;

  constructor(session: number, role: Viewpoint, store: BucketStore, last: LastMessage | null) {
    this.#session = session;
    this.#role = role;
    this.#store = store;
    this.#replies = new Replies(last);
  }

  count(record: Counted): void {
    const bucket = this.#freshAt(record.mono);
    bucket.count(record);
    const { kind, lane, mono, unreadMicros } = record;
    const reply = this.#replies.next(record);
    if (kind !== 'message' || !lane) return;
    if (reply !== null) bucket.histograms[`replies_${lane}`].add(reply);
    if (unreadMicros != null) this.#unread(unreadPeriodOf(this.#role, lane, mono, unreadMicros), mono);
  }

  /** Records that a message already counted at `mono` was unread. */
  readLater({ lane, mono, unreadMicros }: LateRead): void {
    this.#unread(unreadPeriodOf(this.#role, lane, mono, unreadMicros), mono);
  }

  /** Counts an unread message; `mono` is that of its record. */
  #unread({ lane, from, micros }: UnreadPeriod, mono: number): void {
    this.#freshAt(mono).histograms[`unreads_${lane}`].add(micros);
    const length = Math.min(micros, LONGEST_SPELL);
    if (length > 0) this.#fill(TOP, lane, from, from + length);
  }

  save(): void {
    for (const [bucket, fresh] of this.#fresh) {
      const lowest = this.#at(0, bucket);
      lowest.merge(fresh);
      lowest.reach(lowest);
      for (let level = 1; level <= TOP; level++) {
        const above = this.#at(level, bucketOf(level, bucket * widthOf(0)));
        above.merge(fresh);
        above.reach(lowest);
      }
    }
    this.#fresh = new Map();
    for (const [level, touched] of this.#touched.entries()) this.#saveLevel(level, touched);
  }

  /**
   * Adds [from, to) to the slot's unread time. Nothing is written below a bucket that is unread throughout, since all
   * its parts are too: a message that is never read costs a handful of rows per level, however long it stays.
   */
  #fill(level: number, lane: Lane, from: number, to: number): void {
    const width = widthOf(level);
    for (let n = bucketOf(level, from); n * width < to; n++) {
      const [a, b] = [Math.max(from, n * width), Math.min(to, (n + 1) * width)];
      this.#at(level, n).numbers[`unread_${lane}`] += b - a;
      if (b - a < width && level > 0) this.#fill(level - 1, lane, a, b);
    }
  }

  #freshAt(mono: number): Bucket {
    const n = bucketOf(0, mono);
    const known = this.#fresh.get(n);
    if (known) return known;
    const bucket = new Bucket();
    this.#fresh.set(n, bucket);
    return bucket;
  }

  #at(level: number, n: number): Bucket {
    this.#touched[level]?.add(n);
    const buckets = this.#levels[level] as Map<number, Bucket>;
    const known = buckets.get(n);
    if (known) return known;
    const stored = this.#store.load(this.#session, level, n);
    const bucket = stored ? Bucket.from(stored) : new Bucket();
    buckets.set(n, bucket);
    return bucket;
  }

  /** Only the newest bucket is likely to grow. */
  #saveLevel(level: number, touched: Set<number>): void {
    const buckets = this.#levels[level] as Map<number, Bucket>;
    for (const n of touched) this.#store.save(this.#session, level, n, (buckets.get(n) as Bucket).values());
    touched.clear();
    const newest = Math.max(...buckets.keys());
    for (const n of buckets.keys()) if (n !== newest) buckets.delete(n);
  }
}

/**
 * A message that we received was taken at `mono` and had been there before; any other was sent, or seen, at `mono` and
 * read later.
 */
export const unreadPeriodOf = (role: Viewpoint, lane: Lane, mono: number, micros: number): UnreadPeriod => ({
  lane,
  from: directionOf(role, lane) === 'in' ? mono - micros : mono,
  micros,
});
