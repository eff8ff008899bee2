import { type LogRow, MAX_ROWS, type RowPage } from '../../../shared/log.ts';
import type { Range } from '../../kit/virtual/row-window.ts';
import type { SourceKind, SourcePort, SourceState } from '../../view/source-state.ts';

/** Rows requested beyond those in view, on either side. */
const MARGIN = 60;
/** The most rows kept, however much was captured. */
const KEPT = 2000;
/** ms between checks of the result's length while nobody follows it. */
const COUNT_EVERY = 250;
/** The same while the host still searches. */
const SEARCH_EVERY = 100;

interface Ask {
  readonly from: number;
  readonly count: number;
  /** The answer becomes the end that a following view shows. */
  readonly tail: boolean;
  /** What is in view is fetched even if it may be here. */
  readonly again?: true;
}
const COUNT: Ask = { from: 0, count: 0, tail: false };

/**
 * The rows of one session under one filter, fetched as they are viewed: one request in flight, at most one a frame, a
 * bounded number of rows kept.
 */
export class RowSource {
  readonly #port: SourcePort;
  readonly #unfiltered: boolean;
  /** Every record is a row, so the end is known without asking. */
  readonly #plain: boolean;
  readonly #rows = new Map<number, LogRow>();
  readonly #listeners = new Set<() => void>();
  #state: SourceState = {
    total: 0,
    found: 0,
    reach: { records: 0, found: 0 },
    end: 0,
    loaded: false,
    search: null,
    stopped: false,
    failure: null,
    version: 0,
  };
  #look: Range = { from: 0, to: 0 };
  #follow = true;
  #committed = 0;
  #seen = -1;
  /** Records of the session that the capture no longer has. */
  #gone = 0;
  #until: number | undefined;
  /** The last row, if it is a timeout: with more records it may stand for more of them. */
  #last: { readonly position: number; readonly records: number } | null = null;
  #countedAt = Number.NEGATIVE_INFINITY;
  #stale = false;
  #busy = false;
  #waiting = false;
  #disposed = false;

  constructor(port: SourcePort, { isUnfiltered, isFolded }: SourceKind) {
    this.#port = port;
    this.#unfiltered = isUnfiltered;
    this.#plain = isUnfiltered && !isFolded;
  }

  get state(): SourceState {
    return this.#state;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  row(position: number): LogRow | undefined {
    return this.#rows.get(position);
  }

  /** Sets which rows are in view, and whether the view follows the end. */
  look(range: Range, follow: boolean): void {
    this.#look = range;
    this.#follow = follow;
    this.#wake();
  }

  isLookedAt(position: number): boolean {
    return this.#look.from <= position && position < this.#look.to;
  }

  /** Sets how many records of the session the capture has. */
  committed(count: number): void {
    this.#committed = count;
    const found = count - this.#gone;
    if (this.#unfiltered && found > this.#state.found)
      this.#update({ found, ...(this.#plain && this.#until === undefined && { total: found }) });
    this.#wake();
  }

  /** From now on only the first `records` records exist; undefined: all of them. */
  limit(records: number | undefined): void {
    if (records === this.#until) return;
    this.#until = records;
    this.#last = null;
    if (records !== undefined && this.#follow) this.#update({ total: this.#state.end });
    this.refresh();
  }

  /** Shows another source's rows before position `before`, which are the same in both, until its own answer arrives. */
  begin(other: RowSource, before: number): void {
    for (const [position, row] of other.#rows) if (position < before) this.#rows.set(position, row);
    const { total, found, reach, end } = other.#state;
    this.#update({ total, found, reach, end });
  }

  /**
   * Requests the rows in view again, also after a failure; they stay until the answer arrives, all others are dropped.
   */
  refresh(): void {
    this.#forget(this.#look, 0);
    this.#stale = true;
    this.retry();
  }

  /** Asks again after a failure. */
  retry(): void {
    this.#update({ failure: null });
    this.#wake();
  }

  /** Ends the search; {@link resume} continues it. */
  stop(): void {
    this.#update({ stopped: true });
    this.#port.cancel();
  }

  resume(): void {
    this.#update({ stopped: false });
    this.#wake();
  }

  /** Undoes {@link dispose}: React may unmount an effect and run it again on the same source. */
  revive(): void {
    this.#disposed = false;
    this.#wake();
  }

  dispose(): void {
    this.#disposed = true;
    this.#rows.clear();
  }

  #wake(): void {
    if (this.#busy || this.#disposed || this.#state.failure) return;
    if (this.#next()) {
      this.#busy = true;
      this.#port.frame(() => void this.#step());
    } else if (this.#uncounted() && !this.#waiting) {
      this.#waiting = true;
      this.#port.later(() => {
        this.#waiting = false;
        this.#wake();
      }, this.#countEvery);
    }
  }

  async #step(): Promise<void> {
    const ask = this.#disposed ? undefined : this.#next();
    if (ask?.again) this.#stale = false;
    const until = this.#until;
    const result = ask && (await this.#port.fetch(ask.from, ask.count, until));
    this.#busy = false;
    if (!ask || !result || this.#disposed) return;
    // Paused or resumed meanwhile, the log ends elsewhere: that is fetched next.
    if (until !== this.#until) return this.#wake();
    if (result.ok) this.#take(result.value, ask);
    else this.#update({ failure: result.failure, loaded: true });
    this.#wake();
  }

  /** What to request now, or undefined if everything in view is here. */
  #next(): Ask | undefined {
    // A folded log has at most as many rows as records, usually as many: then its end arrives with the first answer.
    if (!this.#state.loaded && !this.#plain) return this.#unfiltered && this.#follow ? this.#tail() : COUNT;
    if (this.#stale) return this.#again();
    if (this.#follow) return this.#tail();
    const isDue = this.#port.now() - this.#countedAt >= this.#countEvery;
    return this.#missing() ?? (this.#uncounted() && isDue ? COUNT : undefined);
  }

  get #countEvery(): number {
    return this.#state.search ? SEARCH_EVERY : COUNT_EVERY;
  }

  /** The host has more records than the last answer covered, or hasn't scanned all of them. */
  #uncounted(): boolean {
    if (this.#state.stopped) return false;
    if (this.#state.search) return true;
    return this.#committed > this.#seen && !(this.#plain && this.#state.loaded && !this.#follow);
  }

  #tail(): Ask | undefined {
    const { loaded, found, end } = this.#state;
    const total = loaded ? this.#state.total : found;
    const rows = Math.max(1, this.#look.to - this.#look.from);
    if (!this.#uncounted() && end >= total && this.#holds(Math.max(0, total - rows), total)) return undefined;
    return { from: Math.max(0, total - rows - MARGIN), count: Math.min(MAX_ROWS, rows + 5 * MARGIN), tail: true };
  }

  #holds(from: number, to: number): boolean {
    for (let i = from; i < to; i += 1) if (!this.#rows.has(i)) return false;
    return true;
  }

  #again(): Ask {
    const { from, to } = this.#look;
    return { from, count: Math.min(MAX_ROWS, Math.max(0, to - from)), tail: false, again: true };
  }

  #missing(): Ask | undefined {
    const to = Math.min(this.#look.to, this.#state.total);
    let first = this.#look.from;
    while (first < to && this.#rows.has(first) && !this.#hasGrown(first)) first += 1;
    if (first >= to) return undefined;
    const from = Math.max(0, first - MARGIN);
    return { from, count: Math.min(MAX_ROWS, to - from + MARGIN), tail: false };
  }

  #hasGrown(position: number): boolean {
    return this.#last?.position === position && this.#last.records < this.#seen;
  }

  #take(page: RowPage, ask: Ask): void {
    page.rows.forEach((row, i) => {
      this.#rows.set(page.from + i, row);
    });
    if (this.#rows.size > KEPT)
      this.#forget(ask.tail ? { from: page.from, to: page.from + page.rows.length } : this.#look);
    this.#seen = page.records;
    if (this.#unfiltered) this.#gone = page.records - page.found;
    this.#keepLast(page);
    this.#countedAt = this.#port.now();
    const reached = page.from + page.rows.length;
    const { complete, scanned } = page.progress;
    if (this.#state.stopped && !complete) this.#port.cancel();
    this.#update({
      search: complete ? null : { scanned, records: page.records },
      total: page.total,
      found: page.found,
      reach: { records: page.records, found: page.found },
      end: Math.min(page.total, ask.tail && page.rows.length > 0 ? reached : this.#state.end),
      loaded: true,
    });
  }

  #keepLast({ from, rows, total, records }: RowPage): void {
    const last = total - 1;
    const isHere = (position: number) => rows[position - from] !== undefined;
    if (this.#last && isHere(this.#last.position)) this.#last = null;
    if (rows[last - from]?.kind !== 'timeout' || this.#until !== undefined) return;
    if (this.#last) this.#rows.delete(this.#last.position);
    this.#last = { position: last, records };
  }

  #forget(around: Range, margin = KEPT / 4): void {
    for (const position of this.#rows.keys()) {
      if (position < around.from - margin || position >= around.to + margin) this.#rows.delete(position);
    }
  }

  #update(change: Partial<SourceState>): void {
    this.#state = { ...this.#state, ...change, version: this.#state.version + 1 };
    for (const listener of this.#listeners) listener();
  }
}
