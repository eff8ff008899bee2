import type { Progress } from '../../../shared/log.ts';
import type { Removal } from '../removals.ts';
import type { LiveResult } from './live-result.ts';

/** Record numbers, both included. */
export type Run = readonly [first: number, last: number];

/** What is committed of a session. */
export interface Extent {
  /** One above the last record's number. */
  readonly end: number;
  readonly removal: Removal | undefined;
}

/**
 * Positions and record numbers in a filter's result, or in all records where there is no filter. Where retention has removed records,
 * position 0 is the row that says so.
 */
export class View {
  readonly end: number;
  readonly removal: Removal | undefined;
  readonly #result: LiveResult | undefined;

  constructor({ end, removal }: Extent, result?: LiveResult) {
    this.end = end;
    this.removal = removal;
    this.#result = result;
  }

  get total(): number {
    return (this.#result?.seqs.length ?? this.end) - this.#gone + this.#notices;
  }

  get progress(): Progress {
    const scanned = this.#result?.scanned ?? this.end;
    return { scanned, complete: scanned >= this.end };
  }

  /** Undefined beyond what is known. The row of what was removed counts as the record after it. */
  seqAt(position: number): number | undefined {
    const index = this.#gone + Math.max(0, position - this.#notices);
    if (this.#result) return this.#result.seqs.at(index);
    return index < this.end ? index : undefined;
  }

  /** The position of the first row at or after record `seq`, as far as is known. */
  positionOf(seq: number): number {
    return Math.max(0, this.#below(seq) - this.#gone) + this.#notices;
  }

  /** The records at `count` positions from `from` on. */
  runs(from: number, count: number): Run[] {
    const index = this.#gone + Math.max(0, from - this.#notices);
    const left = from < this.#notices ? count - 1 : count;
    if (this.#result) return runsOf(this.#result.seqs.slice(index, Math.max(0, left)));
    const last = Math.min(index + left, this.end) - 1;
    return last < index ? [] : [[index, last]];
  }

  /** Rows of the result that retention has removed. */
  get #gone(): number {
    return this.removal ? this.#below(this.removal.records) : 0;
  }

  get #notices(): number {
    return this.removal ? 1 : 0;
  }

  #below(seq: number): number {
    return this.#result ? this.#result.seqs.below(seq) : Math.min(seq, this.end);
  }
}

function runsOf(numbers: Uint32Array): Run[] {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run?.[1] === number - 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs;
}
