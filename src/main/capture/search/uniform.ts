import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { LANES, type Lane } from '../../../shared/domain.ts';
import { TOP } from '../store/levels.ts';

/** That a session's payloads up to a record are all of messages, and all of one size. */
export interface Uniform {
  /** Bytes. */
  readonly size: number;
  readonly lanes: readonly Lane[];
}

type Row = Readonly<Record<'stored' | 'last' | `${'messages' | 'bytes' | 'largest'}_${Lane}`, number>>;

/**
 * Knows from the capture's sums whether finding a session's payloads needs its records. If each of n messages has at
 * most so many bytes, and all together n times as many, each has exactly that many; and if all chunks together hold no
 * more, they hold nothing else.
 */
export class UniformPayloads {
  readonly #session: number;
  readonly #sums: StatementSync;
  #known: Uniform | null = null;
  /** One above the last record for which it is known. */
  #end = 0;
  #differ = false;

  constructor(db: DatabaseSync, session: number) {
    this.#session = session;
    const sums = LANES.map(
      (lane) =>
        `total(messages_${lane}) AS messages_${lane}, total(bytes_${lane}) AS bytes_${lane},
         coalesce(max(largest_${lane}), 0) AS largest_${lane}`,
    );
    this.#sums = db.prepare(
      `SELECT (SELECT total(length(data)) FROM chunk WHERE session = ?1) AS stored,
         (SELECT coalesce(max(seq), -1) FROM record WHERE session = ?1) AS last, ${sums.join(', ')}
       FROM bucket WHERE session = ?1 AND level = ${TOP}`,
    );
  }

  /** Of the records below `end`; null if not certain. */
  upTo(end: number): Uniform | null {
    if (this.#differ) return null;
    if (end > this.#end) this.#look();
    return end <= this.#end ? this.#known : null;
  }

  #look(): void {
    const row = this.#sums.get(this.#session) as unknown as Row;
    const lanes = LANES.filter((lane) => row[`messages_${lane}`] > 0);
    const bytes = lanes.reduce((sum, lane) => sum + row[`bytes_${lane}`], 0);
    const [size = 0, ...others] = new Set(lanes.map((lane) => row[`largest_${lane}`]));
    const isSame = lanes.every((lane) => row[`messages_${lane}`] * size === row[`bytes_${lane}`]);
    this.#end = row.last + 1;
    this.#known = size > 0 ? { size, lanes } : null;
    this.#differ = lanes.length > 0 && (others.length > 0 || !isSame || size === 0 || bytes !== row.stored);
  }
}
