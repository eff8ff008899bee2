import type { DatabaseSync, StatementSync } from 'node:sqlite';
import {
  type ComparedHead,
  type ComparisonProgress,
  MAX_DIFFERENCES,
  type OnlyIn,
  type SessionComparison,
} from '../../../shared/captures.ts';
import { ShmscopeError } from '../../../shared/failure.ts';
import type { Viewpoint } from '../../../shared/session-kind.ts';
import { ChunkCache } from '../store/chunk-cache.ts';
import { readSessions, type SessionDescription } from '../store/describe.ts';
import {
  RECORD_COLUMNS,
  type RecordRow,
  recordOf,
  type StoredRecord,
  seenBy,
  Viewpoints,
} from '../store/record-row.ts';

/** Records read at once, a few ms. */
const SLICE = 2000;
/**
 * Distinct records of one session kept in memory, about 100 MB; beyond that it isn't reported which are in one log
 * only.
 */
const MAX_DISTINCT = 2_000_000;

/** What records are compared by. */
interface Compared {
  readonly head: NonNullable<ComparedHead>;
  /** A hash of everything that is compared; two different records collide in 1 of 2^53. */
  readonly hash: number;
}

/** How often a pair of logs is read at most: for the first difference, and for what is in one log only. */
const PASSES = 3;

/** Called between slices; `done` never decreases. Throws to stop. */
export type Progress = (progress: ComparisonProgress) => void;

interface Steps {
  done: number;
  readonly total: number;
  readonly progress: Progress;
}

/**
 * Compares the sessions of two captures pairwise: the first of each role and section with the first in the other file,
 * and so on.
 */
export async function compareCaptures(
  a: DatabaseSync,
  b: DatabaseSync,
  progress: Progress,
): Promise<SessionComparison[]> {
  const pairs = pair(readSessions(a), readSessions(b));
  const work = (those: readonly Pair[]) => those.reduce((sum, [x, y]) => sum + (x && y ? PASSES * held(x, y) : 0), 0);
  const steps = { done: 0, total: work(pairs), progress };
  const [logA, logB] = [new Log(a, steps), new Log(b, steps)];
  const comparisons: SessionComparison[] = [];
  for (const [index, [sessionA, sessionB]] of pairs.entries()) {
    comparisons.push(await comparePair(logA, logB, sessionA, sessionB));
    // Identical logs were read once.
    steps.done = work(pairs.slice(0, index + 1));
  }
  return comparisons;
}

type Pair = readonly [SessionDescription | undefined, SessionDescription | undefined];

/** Records that can be read. */
const held = (...sessions: readonly SessionDescription[]) =>
  sessions.reduce((sum, { records, removed }) => sum + records - removed, 0);

function pair(a: readonly SessionDescription[], b: readonly SessionDescription[]): Pair[] {
  const left = [...b];
  const pairs: Pair[] = a.map((session) => {
    const found = left.findIndex(({ role, section }) => role === session.role && section === session.section);
    return [session, found < 0 ? undefined : left.splice(found, 1)[0]];
  });
  return [...pairs, ...left.map((session): Pair => [undefined, session])];
}

async function comparePair(logA: Log, logB: Log, ...[a, b]: Pair): Promise<SessionComparison> {
  const { role, section } = (a ?? b) as SessionDescription;
  const about = { sessionA: a?.session ?? null, sessionB: b?.session ?? null, section, role };
  const counts = { recordsA: a?.records ?? 0, recordsB: b?.records ?? 0 };
  if (!a || !b) return { ...about, ...counts, firstDifference: null, onlyA: null, onlyB: null };
  const firstDifference = await findDifference(logA.read(a.session), logB.read(b.session));
  const none: OnlyIn = { count: 0, seqs: [] };
  if (!firstDifference) return { ...about, ...counts, firstDifference, onlyA: none, onlyB: none };
  const onlyA = await findOnly(logA.read(a.session), logB.read(b.session));
  const onlyB = await findOnly(logB.read(b.session), logA.read(a.session));
  return { ...about, ...counts, firstDifference, onlyA, onlyB };
}

async function findDifference(
  a: AsyncGenerator<Compared>,
  b: AsyncGenerator<Compared>,
): Promise<SessionComparison['firstDifference']> {
  try {
    for (let position = 0; ; position++) {
      const [x, y] = [(await a.next()).value, (await b.next()).value] as [Compared | undefined, Compared | undefined];
      if (!x && !y) return null;
      if (x?.hash !== y?.hash) return { position, a: x?.head ?? null, b: y?.head ?? null };
    }
  } finally {
    await Promise.all([a.return(undefined), b.return(undefined)]);
  }
}

/** What `of` has more often than `than`. */
async function findOnly(of: AsyncGenerator<Compared>, than: AsyncGenerator<Compared>): Promise<OnlyIn | null> {
  const there = new Map<number, number>();
  for await (const { hash } of than) {
    there.set(hash, (there.get(hash) ?? 0) + 1);
    if (there.size > MAX_DISTINCT) return null;
  }
  let count = 0;
  const seqs: number[] = [];
  for await (const { hash, head } of of) {
    const left = there.get(hash) ?? 0;
    if (left > 0) there.set(hash, left - 1);
    else if (count++ < MAX_DIFFERENCES) seqs.push(head.seq);
  }
  return { count, seqs };
}

class Log {
  readonly #slice: StatementSync;
  readonly #viewpoints: Viewpoints;
  readonly #chunks: ChunkCache;
  readonly #steps: Steps;

  constructor(db: DatabaseSync, steps: Steps) {
    this.#slice = db.prepare(
      `SELECT ${RECORD_COLUMNS} FROM record WHERE session = ? AND seq >= ? ORDER BY seq LIMIT ?`,
    );
    this.#slice.setReturnArrays(true);
    this.#viewpoints = new Viewpoints(db);
    this.#chunks = new ChunkCache(db);
    this.#steps = steps;
  }

  async *read(session: number): AsyncGenerator<Compared, undefined> {
    const role = this.#viewpoints.of(session);
    for (let next = 0; ; ) {
      const records = (this.#slice.all(session, next, SLICE) as unknown as RecordRow[]).map(recordOf);
      for (const record of records) yield this.#compared(record, role);
      const last = records.at(-1);
      if (!last) return undefined;
      next = last.seq + 1;
      this.#steps.done += records.length;
      this.#steps.progress({ done: this.#steps.done, total: this.#steps.total });
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #compared({ seq, kind, lane, size, code, chunk, offset }: StoredRecord, role: Viewpoint): Compared {
    const words = `${kind},${lane},${size},${code}`;
    const payload = chunk === null ? NONE : this.#chunks.whole(chunk).subarray(offset, offset + size);
    const head = { seq, kind, direction: seenBy(role, lane), size, code };
    return { head, hash: hashOf(Buffer.from(words), payload) };
  }
}

const NONE = new Uint8Array();

/** FNV-1a twice, from two offsets, as one 53-bit number. */
function hashOf(...parts: readonly Uint8Array[]): number {
  let [low, high] = [0x811c9dc5, 0x01234567];
  for (const bytes of parts) {
    for (const byte of bytes) {
      low = Math.imul(low ^ byte, 0x01000193);
      high = Math.imul(high ^ byte, 0x01000193) + 1;
    }
  }
  return (low >>> 0) + (high & 0x1fffff) * 2 ** 32;
}

export const cancelled = () => new ShmscopeError('cancelled', 'The comparison was stopped.');
