import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type FilterNode, inEncoding, printFilter } from '../../../shared/filter/filter.ts';
import { typedCatalogue } from '../../../shared/filter/typed-catalogue.ts';
import { readHex } from '../../../shared/filter/values.ts';
import type { FindAnswer, FindNeedle, FindQuery, PositionAnswer, PositionQuery } from '../../../shared/find.ts';
import type { Listing, Progress, RecordHead, RowQuery } from '../../../shared/log.ts';
import { MAX_SWEEPS, type SweepsQuery } from '../../../shared/sweeps.ts';
import type { EncodingChoice } from '../../../shared/text/encodings.ts';
import type { TriggerAnswer, TriggerHit, TriggerQuery } from '../../../shared/trigger/query.ts';
import { NO_TYPES, type SessionTypes } from '../../../shared/types/compiled/compiled.ts';
import { type OpenTypes, openTypes } from '../../../shared/types/compiled/open.ts';
import { FoldCache } from '../fold/fold-cache.ts';
import { both, filterNode, termNode } from '../search/filter-node.ts';
import { LiveResult } from '../search/live-result.ts';
import { volatileOf } from '../search/plan.ts';
import type { ScanWorker } from '../search/scan-worker.ts';
import type { SearchCatalogue } from '../search/search-term.ts';
import { SEARCHED } from '../search/terms.ts';
import { Lru } from '../store/lru.ts';
import { Removals } from '../store/removals.ts';
import { EdgeWalk } from './edge-walk.ts';
import { Neighbours } from './neighbours.ts';
import { type Extent, View } from './view.ts';

/** Results kept; each is extended by what was committed since it was last requested. */
const RESULTS = 8;
/** ms after which an answer goes out if anything was found. */
const FULL_MS = 30;
/** ms after which an answer goes out in any case. */
const ANSWER_MS = 100;

/** A session has one search of each at a time: a newer one stops the older. */
type Purpose = (typeof PURPOSES)[number];
const PURPOSES = ['rows', 'find', 'trigger', 'sweeps'] as const;

/** Which records begin sweeps; only the newest if there are many. */
interface SweepStarts {
  readonly starts: readonly number[];
  readonly found: number;
  readonly progress: Progress;
}

/** Filters' results, and queries on them. */
export class LogSearch {
  readonly #db: DatabaseSync;
  readonly #scanWorker: ScanWorker;
  readonly #catalogue: SearchCatalogue;
  readonly #results = new Lru<string, LiveResult>(RESULTS, () => 1);
  /** By session and purpose. */
  readonly #running = new Map<string, LiveResult>();
  /** By session. */
  readonly #types = new Map<number, { readonly open: OpenTypes; readonly version: number }>();
  #typesVersion = 0;
  readonly #removals: Removals;
  readonly #foldCache: FoldCache;
  readonly #last: StatementSync;
  readonly #times: StatementSync;

  /** @param options `computeRuns`: the runs in the file can't be trusted */
  constructor(db: DatabaseSync, scanWorker: ScanWorker, { computeRuns = false, catalogue = SEARCHED } = {}) {
    this.#db = db;
    this.#scanWorker = scanWorker;
    this.#catalogue = catalogue;
    this.#removals = new Removals(db);
    this.#foldCache = new FoldCache(db, { compute: computeRuns });
    this.#last = db.prepare('SELECT max(seq) AS seq FROM record WHERE session = ?');
    this.#times = db.prepare('SELECT wall, mono FROM record WHERE session = ? AND seq = ?');
  }

  /** Sets the types that a session's messages are read with. */
  bindTypes(types: SessionTypes): void {
    this.#types.set(types.session, { open: openTypes(types.types), version: ++this.#typesVersion });
    this.#scanWorker.bindTypes(types);
  }

  /** All records of the session. */
  everything(session: number): View {
    return new View(this.#extent(session));
  }

  /**
   * The listing, as soon as it has rows at `count` positions from `from` on, or has some of them after a short wait, or
   * a longer wait is over. Rejects with ShmscopeError `filter-invalid`, `filter-too-slow`.
   */
  async view(query: RowQuery): Promise<View> {
    const { view, result } = await this.#list(query);
    if (!result) this.#stop(query.session, 'rows');
    const last = query.from + query.count;
    await result?.wait(() => view.isWhole || view.total >= Math.max(1, last), FULL_MS);
    await result?.wait(() => view.isWhole || view.total > query.from, ANSWER_MS - FULL_MS);
    return view;
  }

  /** Rejects with ShmscopeError `filter-invalid`, `filter-too-slow`. */
  async find(query: FindQuery): Promise<FindAnswer> {
    const { session, needle, from, direction } = query;
    const { view, result, extent, node } = await this.#list(query);
    const found = this.#result(session, both(node, needleNode(needle, query.encoding)), extent);
    this.#run(session, 'find', found, extent);
    const look = () => nearest(view, found, from, direction);
    await found.wait(() => look() !== null, ANSWER_MS);
    // The match exists; its position is known once the filter's result has come as far.
    await result?.wait(() => look() !== null, ANSWER_MS);
    const scanned = Math.min(view.progress.scanned, found.scanned);
    const progress = { scanned, complete: scanned >= view.end };
    return { hit: look(), hits: found.seqs.length - removed(view, found), progress };
  }

  /** Rejects with ShmscopeError `filter-invalid`, `filter-too-slow`. */
  async position(query: PositionQuery): Promise<PositionAnswer> {
    const { at, session } = query;
    const { view, result, extent } = await this.#list(query);
    const seq = at.by === 'seq' ? at.seq : this.#seqAt(session, at, extent);
    const isKnown = () => view.progress.complete || view.positionOf(seq) < view.total;
    await result?.wait(isKnown, ANSWER_MS);
    return { position: isKnown() ? view.positionOf(seq) : null, total: view.total, progress: view.progress };
  }

  /** Rejects with ShmscopeError `filter-invalid`, `filter-too-slow`. */
  async trigger({ session, filter, encoding, edge, from, around }: TriggerQuery): Promise<TriggerAnswer> {
    const extent = this.#extent(session);
    const result = this.#result(session, filterNode(filter, encoding, this.#catalogueOf(session)), extent);
    this.#run(session, 'trigger', result, extent);
    const first = extent.removal?.records ?? 0;
    const walk = new EdgeWalk(result.seqs, edge, Math.max(first, from), new Neighbours(this.#db, session));
    const look = () => walk.hit(result.scanned);
    await result.wait(() => look() !== null, ANSWER_MS);
    const seq = look();
    const scanned = Math.min(result.scanned, extent.end);
    const progress = { scanned, complete: scanned >= extent.end };
    return { hit: seq === null ? null : this.#around(session, seq, around, first), next: walk.next(scanned), progress };
  }

  /** The numbers of the records that begin sweeps, ascending. Rejects with `filter-invalid`, `filter-too-slow`. */
  async sweepStarts({ session, filter, encoding, fromMono, toMono }: SweepsQuery): Promise<SweepStarts> {
    const extent = this.#extent(session);
    const result = this.#result(session, filterNode(filter, encoding, this.#catalogueOf(session)), extent);
    this.#run(session, 'sweeps', result, extent);
    const from = this.#seqAt(session, { by: 'mono', mono: fromMono }, extent);
    const to = this.#seqAt(session, { by: 'mono', mono: toMono }, extent);
    await result.wait(() => result.scanned >= to, ANSWER_MS);
    const { seqs, scanned } = result;
    const [first, end] = [seqs.below(from), seqs.below(to)];
    const starts = [...seqs.slice(Math.max(first, end - MAX_SWEEPS), Math.min(MAX_SWEEPS, end - first))];
    const progress = { scanned: Math.min(scanned, extent.end), complete: scanned >= to };
    return { starts, found: end - first, progress };
  }

  #around(session: number, seq: number, around: number, first: number): TriggerHit {
    const timesOf = (at: number) => this.#times.get(session, at) as Times | undefined;
    const { mono, wall } = timesOf(seq) ?? { mono: 0, wall: 0 };
    const from = timesOf(Math.max(first, seq - around))?.mono ?? mono;
    return { seq, mono, wall, from, to: timesOf(seq + around)?.mono ?? null };
  }

  /** Stops all searches of the session; what was found stays. */
  cancel(session: number): void {
    for (const purpose of PURPOSES) this.#stop(session, purpose);
  }

  async close(): Promise<void> {
    for (const result of this.#running.values()) result.stop();
    await this.#scanWorker.close();
  }

  /** Starts computing the filter's result, if there is a filter. */
  async #list({ session, filter, encoding, fold, until }: Listing & Pick<RowQuery, 'until'>) {
    const node = filterNode(filter, encoding, this.#catalogueOf(session));
    const extent = this.#extent(session);
    const result = node.type === 'all' ? undefined : this.#result(session, node, extent);
    if (result) this.#run(session, 'rows', result, extent);
    const folding = fold && (await this.#foldCache.of(session, result, extent.end, fold.unfolded));
    return { node, extent, result, view: new View(extent, { result, folding, until }) };
  }

  /** With the fields of its types. */
  #catalogueOf(session: number): SearchCatalogue {
    return typedCatalogue(this.#catalogue, this.#types.get(session)?.open ?? openTypes(NO_TYPES));
  }

  #extent(session: number): Extent {
    const { seq } = this.#last.get(session) as { seq: number | null };
    const removal = this.#removals.of(session);
    return { end: seq === null ? (removal?.records ?? 0) : seq + 1, removal };
  }

  #result(session: number, filter: FilterNode, { removal }: Extent): LiveResult {
    // Marks come and go, and each change makes another result.
    const others = volatileOf(filter, this.#catalogue, this.#db, session);
    const types = this.#types.get(session)?.version;
    const key = JSON.stringify([session, printFilter(filter, this.#catalogue), others, types]);
    return (
      this.#results.get(key) ??
      this.#results.set(key, new LiveResult(this.#scanWorker, session, filter, removal?.records ?? 0))
    );
  }

  #run(session: number, purpose: Purpose, result: LiveResult, { end }: Extent): void {
    if (this.#running.get(`${session} ${purpose}`) !== result) this.#stop(session, purpose);
    this.#running.set(`${session} ${purpose}`, result);
    result.extendTo(end);
  }

  #stop(session: number, purpose: Purpose): void {
    this.#running.get(`${session} ${purpose}`)?.stop();
    this.#running.delete(`${session} ${purpose}`);
  }

  /**
   * The first record at or after a time, by binary search: the wall clock nearly always increases, the monotonic clock
   * always does.
   */
  #seqAt(session: number, at: Exclude<PositionQuery['at'], { by: 'seq' }>, { removal, end }: Extent): number {
    const isBefore = ({ wall, mono }: Times) => (at.by === 'wall' ? wall < at.wall : mono < at.mono);
    let [low, high] = [removal?.records ?? 0, end];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const row = this.#times.get(session, middle) as Times | undefined;
      if (!row || isBefore(row)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

type Times = Pick<RecordHead, 'wall' | 'mono'>;

/** The match at or nearest to position `from`, once it is certain. */
function nearest(view: View, found: LiveResult, from: number, direction: FindQuery['direction']): FindAnswer['hit'] {
  const start = view.seqAt(from);
  const isAhead = direction === 'next';
  if (start === undefined && (isAhead || !view.progress.complete)) return null;
  if (!isAhead && found.scanned <= (start ?? view.end - 1)) return null;
  const at = start ?? view.end;
  const place = isAhead ? found.seqs.below(at) : found.seqs.below(at + 1) - 1;
  const seq = found.seqs.at(place);
  const index = place - removed(view, found);
  if (seq === undefined || index < 0 || seq >= view.progress.scanned) return null;
  return { position: view.positionOf(seq), seq, index };
}

/** Matches that retention has removed. */
const removed = ({ removal }: View, found: LiveResult) => (removal ? found.seqs.below(removal.records) : 0);

function needleNode(needle: FindNeedle, encoding: EncodingChoice = 'utf-8'): FilterNode {
  if (needle.type === 'text') return inEncoding(termNode(needle), encoding);
  return termNode({ type: 'hex', bytes: readHex(needle.hex, { from: 0, to: needle.hex.length }) });
}
