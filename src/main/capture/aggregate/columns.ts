import type { Lane } from '../../../shared/domain.ts';
import { perCounter } from '../../../shared/record-kind.ts';
import type { Timeline } from '../../../shared/timeline.ts';
import type { Extent } from './histogram.ts';

type Numbers<T> = T extends null
  ? null
  : { -readonly [K in keyof T]: T[K] extends readonly number[] ? number[] : Numbers<T[K]> };
/** Which kinds the columns leave out. */
type Around = Pick<Timeline, 'lastMono' | 'clock'>;

/** The columns of a timeline while it is being filled; every element starts as 0, those of `firstSeq` as -1. */
export class Columns {
  readonly fromMono: number;
  readonly width: number;
  readonly count: number;
  readonly timeline: Numbers<Omit<Timeline, keyof Around>> & Around;
  /** Replies per bucket. */
  readonly #counts = { s2c: [] as number[], c2s: [] as number[] };

  constructor(fromMono: number, width: number, count: number, around: Around, { replies = false } = {}) {
    this.fromMono = fromMono;
    this.width = width;
    this.count = count;
    const zeros = () => new Array<number>(count).fill(0);
    const none = () => ({ least: zeros().fill(-1), mean: zeros().fill(-1), most: zeros().fill(-1) });
    const lane = () => ({ messages: zeros(), bytes: zeros(), largest: zeros(), unread: zeros() });
    this.timeline = {
      fromMono,
      width,
      s2c: lane(),
      c2s: lane(),
      peaks: { messages: zeros(), bytes: zeros() },
      replies: replies ? { s2c: none(), c2s: none() } : null,
      ...perCounter(zeros),
      firstSeq: zeros().fill(-1),
      ...around,
    };
  }

  /** The bucket that contains `mono`; may be out of range. */
  indexOf(mono: number): number {
    return Math.floor((mono - this.fromMono) / this.width);
  }

  first(index: number, seq: number | null): void {
    const { firstSeq } = this.timeline;
    const known = firstSeq[index] ?? -1;
    if (seq !== null && (known < 0 || seq < known)) firstSeq[index] = seq;
  }

  lane(lane: Lane, index: number, messages: number, bytes: number, largest: number): void {
    const columns = this.timeline[lane];
    add(columns.messages, index, messages);
    add(columns.bytes, index, bytes);
    columns.largest[index] = Math.max(columns.largest[index] ?? 0, largest);
  }

  /** The most within a tenth of a second. */
  peak(index: number, messages: number, bytes: number): void {
    const { peaks } = this.timeline;
    peaks.messages[index] = Math.max(peaks.messages[index] ?? 0, messages);
    peaks.bytes[index] = Math.max(peaks.bytes[index] ?? 0, bytes);
  }

  /** Adds a bucket's replies; `sum` is their total in µs. */
  replies(lane: Lane, index: number, { count, sum, least, most }: Extent): void {
    const replies = this.timeline.replies?.[lane];
    const known = this.#counts[lane];
    if (!replies || count === 0) return;
    const before = known[index] ?? 0;
    replies.least[index] = before === 0 ? least : Math.min(replies.least[index] as number, least);
    replies.most[index] = Math.max(replies.most[index] as number, most);
    replies.mean[index] = (Math.max(0, replies.mean[index] as number) * before + sum) / (before + count);
    known[index] = before + count;
  }

  /** A bucket can't be unread for longer than its width. */
  unreadAt(lane: Lane, index: number, micros: number): void {
    const { unread } = this.timeline[lane];
    unread[index] = Math.min(this.width, (unread[index] ?? 0) + micros);
  }

  /** Adds [from, to) to a slot's unread time. */
  unread(lane: Lane, from: number, to: number): void {
    const last = Math.min(this.count - 1, this.indexOf(to - 1));
    for (let i = Math.max(0, this.indexOf(from)); i <= last; i++) {
      const begin = this.fromMono + i * this.width;
      const micros = Math.min(to, begin + this.width) - Math.max(from, begin);
      this.unreadAt(lane, i, micros);
    }
  }
}

export function add(numbers: number[], index: number, value: number): void {
  numbers[index] = (numbers[index] ?? 0) + value;
}
