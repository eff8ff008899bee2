import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { FilterNode } from '../../../shared/filter/filter.ts';
import { countColumn } from '../schema.ts';
import { type Circumstances, type Condition, conditionOf } from './condition.ts';
import { type Mask, seqsOf, union, without } from './mask.ts';
import { PayloadScan } from './payload-scan.ts';
import { type Piece, Pieces } from './pieces.ts';
import { type Plan, planOf, readsPayloads } from './plan.ts';

/** What one piece gave: all records below `to` were looked at. */
export interface Found {
  readonly to: number;
  /** Ascending. */
  readonly seqs: Uint32Array;
}

/** Passes of `among`, or of all records of the piece when that is left out. */
type Step = (piece: Piece, among?: Mask) => Mask;

const EVERYTHING: Condition = { sql: 'TRUE', parameters: [] };

/** Works out which records of a session pass a filter. */
export class Evaluator {
  readonly #db: DatabaseSync;
  readonly #session: number;
  readonly #pieces: Pieces;
  readonly #plan: Plan;
  readonly #circumstances: Circumstances;
  readonly #step: Step;

  constructor(db: DatabaseSync, session: number, filter: FilterNode) {
    this.#db = db;
    this.#session = session;
    this.#pieces = new Pieces(db, session);
    this.#plan = planOf(filter);
    const row = db.prepare('SELECT opened_at AS at FROM session WHERE id = ?').get(session) as
      | { at: number }
      | undefined;
    this.#circumstances = { openedAt: row?.at ?? 0, count: countColumn(db) };
    this.#step = this.#compile(this.#plan);
  }

  /** Looks at records from `from` on, not beyond `limit`: as many as take a few ms. */
  next(from: number, limit: number): Found {
    const piece = readsPayloads(this.#plan)
      ? this.#pieces.withChunks(from, limit)
      : this.#pieces.withoutChunks(from, limit);
    return { to: piece.to, seqs: seqsOf(this.#step(piece), from) };
  }

  #compile(plan: Plan): Step {
    switch (plan.type) {
      case 'fields':
        return this.#fields(conditionOf(plan.filter, this.#circumstances));
      case 'payload':
        return this.#payload(new PayloadScan(this.#db, this.#session, plan.needle));
      case 'and':
        return conjunction(plan.plans.map((each) => this.#compile(each)));
      case 'or':
        return disjunction(plan.plans.map((each) => this.#compile(each)));
      case 'not':
        return negation(this.#compile(plan.plan), this.#fields(EVERYTHING));
    }
  }

  #fields({ sql, parameters }: Condition): Step {
    const statement = this.#db.prepare(`SELECT seq FROM record WHERE session = ? AND seq >= ? AND seq < ? AND ${sql}`);
    statement.setReturnArrays(true);
    return ({ from, to }, among) => {
      const mask = new Uint8Array(to - from);
      for (const [seq] of allSeqs(statement, [this.#session, from, to, ...parameters]))
        mask[seq - from] = among?.[seq - from] ?? 1;
      return mask;
    };
  }

  #payload(scan: PayloadScan): Step {
    return (piece, among) => {
      const mask = new Uint8Array(piece.to - piece.from);
      scan.scan(piece, among, mask);
      return mask;
    };
  }
}

const allSeqs = (statement: StatementSync, parameters: (number | string | Uint8Array)[]) =>
  statement.all(...parameters) as unknown as [number][];

const conjunction =
  (steps: readonly Step[]): Step =>
  (piece, among) =>
    steps.reduce<Mask | undefined>((left, step) => step(piece, left), among) ?? new Uint8Array(piece.to - piece.from);

const disjunction =
  (steps: readonly Step[]): Step =>
  (piece, among) =>
    union(
      steps.map((step) => step(piece, among)),
      piece.to - piece.from,
    );

/** Of records that are there, as all that passed something are: retention leaves numbers without a record. */
const negation =
  (step: Step, existing: Step): Step =>
  (piece, among) => {
    const candidates = among ?? existing(piece);
    return without(candidates, step(piece, candidates));
  };
