import type { Edge } from '../../../shared/trigger/query.ts';
import type { NumberList } from '../store/number-list.ts';

/** What is next to a record: for a message, the messages of its lane. */
export interface Beside {
  readonly before: (seq: number) => number | null;
  readonly after: (seq: number) => number | null;
  /** Records of one lane share it. */
  readonly laneOf: (seq: number) => string;
}

/** Passing records before the first possible trigger whose end may still be needed. */
const BEFORE = 16;

/** Walks the records that pass a filter, as they are found, to the first that triggers. */
export class EdgeWalk {
  readonly #passing: NumberList;
  readonly #edge: Edge;
  readonly #from: number;
  readonly #beside: Beside;
  /** In the list; null until it has reached the first possible trigger. */
  #at: number | null = null;
  #hit: number | null = null;
  /** By lane: how many passed in a row, the first and the last of them. */
  readonly #rows = new Map<string, { count: number; first: number; last: number }>();

  constructor(passing: NumberList, edge: Edge, from: number, beside: Beside) {
    this.#passing = passing;
    this.#edge = edge;
    this.#from = from;
    this.#beside = beside;
  }

  /** The record that triggers, of those below `scanned`; null if none has. */
  hit(scanned: number): number | null {
    if (scanned < this.#from) return null;
    let at = this.#at ?? this.#first();
    while (this.#hit === null) {
      const seq = this.#passing.at(at);
      const found = seq === undefined ? 'later' : this.#look(seq, scanned);
      if (found === 'later') break;
      this.#hit = found;
      at++;
    }
    this.#at = at;
    return this.#hit;
  }

  /** Where another walk continues once everything below `scanned` has been covered. */
  next(scanned: number): number {
    const open = [...this.#rows.values()].map(({ first }) => first);
    const undecided = this.#at === null ? undefined : this.#passing.at(this.#at);
    return Math.max(this.#from, Math.min(scanned, ...open, ...(undecided === undefined ? [] : [undecided])));
  }

  #first(): number {
    const first = this.#passing.below(this.#from);
    return this.#edge.type === 'falling' ? Math.max(0, first - BEFORE) : first;
  }

  #look(seq: number, scanned: number): number | null | 'later' {
    switch (this.#edge.type) {
      case 'level':
        return seq;
      case 'rising': {
        const before = this.#beside.before(seq);
        return before !== null && !this.#passes(before) ? seq : null;
      }
      case 'falling': {
        const after = this.#beside.after(seq);
        if (after === null || after >= scanned) return 'later';
        return after >= this.#from && !this.#passes(after) ? after : null;
      }
      case 'row':
        return this.#inRow(seq, this.#edge.times);
    }
  }

  #inRow(seq: number, times: number): number | null {
    const lane = this.#beside.laneOf(seq);
    const row = this.#rows.get(lane);
    const goesOn = row && this.#beside.before(seq) === row.last;
    const next = goesOn ? { count: row.count + 1, first: row.first, last: seq } : { count: 1, first: seq, last: seq };
    this.#rows.set(lane, next);
    return next.count >= times ? seq : null;
  }

  #passes(seq: number): boolean {
    return this.#passing.at(this.#passing.below(seq)) === seq;
  }
}
