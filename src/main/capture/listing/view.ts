import type { Progress } from '../../../shared/log.ts';
import type { Fold, FoldIndex } from '../fold/fold-index.ts';
import { EVERY, type Indexed, type ResultFolds } from '../fold/result-folds.ts';
import type { LiveResult } from '../search/live-result.ts';
import type { Removal } from '../store/removals.ts';

/** Record numbers, both included. */
export type Span = readonly [first: number, last: number];

/** Consecutive rows. */
export interface Stretch {
  /** A row each, or one for all if they are a folded run. */
  readonly span: Span;
  /** The run that they are, or are part of. */
  readonly run: { readonly span: Span; readonly isOpen: boolean } | null;
}

/** What is committed of a session. */
export interface Extent {
  /** One above the last record's number. */
  readonly end: number;
  readonly removal: Removal | undefined;
}

/** What is shown of it, and how. */
export interface Lens {
  /** Omitted: all records pass. */
  readonly result?: LiveResult | undefined;
  /** Of that result; omitted: every record is a row. */
  readonly folding?: ResultFolds | undefined;
  /** Records from this number on are left out. */
  readonly until?: number | undefined;
}

/**
 * Positions and record numbers in a listing: a filter's result, or all records if there is no filter. If retention has
 * removed records, position 0 is the row that says so.
 */
export class View {
  readonly end: number;
  readonly removal: Removal | undefined;
  readonly #limit: number;
  readonly #result: LiveResult | undefined;
  readonly #seqs: Indexed;
  readonly #folding: ResultFolds | undefined;

  constructor({ end, removal }: Extent, { result, folding, until = end }: Lens = {}) {
    this.end = end;
    this.removal = removal;
    this.#limit = Math.min(until, end);
    this.#result = result;
    this.#seqs = result?.seqs ?? EVERY;
    this.#folding = folding;
  }

  /** Rows. */
  get total(): number {
    const [from, to] = [this.#gone, this.#length];
    return this.#notices + (to > from ? this.#rowOf(to - 1) - this.#rowOf(from) + 1 : 0);
  }

  /** Rows if nothing were folded or left out. */
  get found(): number {
    return (this.#result?.seqs.length ?? this.end) - this.#gone + this.#notices;
  }

  get progress(): Progress {
    const scanned = this.#result?.scanned ?? this.end;
    return { scanned, complete: scanned >= this.end };
  }

  /** Only what is committed later can extend the listing. */
  get isWhole(): boolean {
    return this.progress.scanned >= this.#limit;
  }

  /** Undefined beyond what is known. The row for removed records counts as the record after it. */
  seqAt(position: number): number | undefined {
    const index = this.#indexOf(position);
    return index < this.#length ? this.#seqs.at(index) : undefined;
  }

  /** The position of the row that stands for record `seq`, else of the first one after it, as far as known. */
  positionOf(seq: number): number {
    const index = Math.max(this.#gone, this.#below(seq));
    return index < this.#length ? this.#rowOf(index) - this.#rowOf(this.#gone) + this.#notices : this.total;
  }

  /** What is at `count` positions from `from` on. */
  stretches(from: number, count: number): Stretch[] {
    const stretches: Stretch[] = [];
    const length = this.#length;
    let left = Math.min(from + count, this.total) - Math.max(from, this.#notices);
    for (let index = this.#indexOf(from); left > 0 && index < length; ) {
      const fold = this.#folds?.from(index);
      const run = fold && fold.first <= index ? this.#run(fold) : null;
      if (fold && run?.isOpen === false) {
        stretches.push({ span: run.span, run });
        index = fold.last + 1;
        left -= 1;
        continue;
      }
      const end = Math.min(index + left, length, fold ? (fold.first > index ? fold.first : fold.last + 1) : length);
      stretches.push(...this.#spans(index, end).map((span) => ({ span, run })));
      left -= end - index;
      index = end;
    }
    return stretches;
  }

  /** A fold without what retention has removed of it, and what is left out at its end. */
  #run({ first, last, isOpen }: Fold): Stretch['run'] {
    const [from, to] = [Math.max(first, this.#gone), Math.min(last, this.#length - 1)];
    const span = [this.#seqs.at(from) as number, this.#seqs.at(to) as number] as const;
    return from < to ? { span, isOpen } : null;
  }

  #spans(index: number, end: number): Span[] {
    return this.#result ? spansOf(this.#result.seqs.slice(index, end - index)) : [[index, end - 1]];
  }

  get #folds(): FoldIndex | undefined {
    this.#folding?.extendTo(Math.min(this.progress.scanned, this.end));
    return this.#folding?.folds;
  }

  #rowOf(index: number): number {
    return this.#folds?.rowOf(index) ?? index;
  }

  #indexOf(position: number): number {
    const row = this.#rowOf(this.#gone) + Math.max(0, position - this.#notices);
    return Math.max(this.#gone, this.#folds?.indexOf(row) ?? row);
  }

  /** Records of the result that are shown. */
  get #length(): number {
    return this.#below(this.#limit);
  }

  /** Records of the result that retention has removed. */
  get #gone(): number {
    return this.removal ? this.#below(this.removal.records) : 0;
  }

  get #notices(): number {
    return this.removal ? 1 : 0;
  }

  #below(seq: number): number {
    return this.#seqs.below(Math.min(seq, this.end));
  }
}

function spansOf(numbers: Uint32Array): Span[] {
  const spans: [number, number][] = [];
  for (const number of numbers) {
    const span = spans.at(-1);
    if (span?.[1] === number - 1) span[1] = number;
    else spans.push([number, number]);
  }
  return spans;
}
