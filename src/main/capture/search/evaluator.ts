import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { FilterNode } from '../../../shared/filter/filter.ts';
import { countColumn } from '../store/schema.ts';
import { type Circumstances, type Condition, conditionOf } from './condition.ts';
import { type Mask, seqsOf, union, without } from './mask.ts';
import { PayloadScan } from './payload-scan.ts';
import { type Piece, Pieces } from './pieces.ts';
import { type Needle, type Plan, planOf, readsPayloads } from './plan.ts';
import { type MatchRegex, RegexScan } from './regex-scan.ts';

/** What one piece gave: all records below `to` were looked at. */
export interface Found {
  readonly to: number;
  /** Ascending. */
  readonly seqs: Uint32Array;
}

/** Passes of `among`, or of all records of the piece when that is left out. */
type Step = (piece: Piece, among?: Mask) => Promise<Mask>;

const EVERYTHING: Condition = { sql: 'TRUE', parameters: [] };

/** Works out which records of a session pass a filter. */
export class Evaluator {
  readonly #db: DatabaseSync;
  readonly #session: number;
  readonly #match: MatchRegex;
  readonly #pieces: Pieces;
  readonly #plan: Plan;
  readonly #circumstances: Circumstances;
  readonly #step: Step;

  constructor(db: DatabaseSync, session: number, filter: FilterNode, match: MatchRegex) {
    this.#db = db;
    this.#session = session;
    this.#match = match;
    this.#pieces = new Pieces(db, session);
    this.#plan = planOf(filter);
    const row = db.prepare('SELECT opened_at AS at FROM session WHERE id = ?').get(session) as
      | { at: number }
      | undefined;
    this.#circumstances = { openedAt: row?.at ?? 0, count: countColumn(db) };
    this.#step = this.#compile(this.#plan);
  }

  /** Looks at records from `from` on, not beyond `limit`: as many as take a few ms. Rejects with what ended a regular expression. */
  async next(from: number, limit: number): Promise<Found> {
    const piece = readsPayloads(this.#plan)
      ? this.#pieces.withChunks(from, limit)
      : this.#pieces.withoutChunks(from, limit);
    return { to: piece.to, seqs: seqsOf(await this.#step(piece), from) };
  }

  #compile(plan: Plan): Step {
    switch (plan.type) {
      case 'fields':
        return this.#fields(conditionOf(plan.filter, this.#circumstances));
      case 'payload':
        return this.#payload(plan.needle);
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
    return async ({ from, to }, among) => {
      const mask = new Uint8Array(to - from);
      for (const [seq] of allSeqs(statement, [this.#session, from, to, ...parameters]))
        mask[seq - from] = among?.[seq - from] ?? 1;
      return mask;
    };
  }

  #payload(needle: Needle): Step {
    const scan =
      needle.type === 'regex'
        ? new RegexScan(this.#db, this.#session, needle, this.#match)
        : new PayloadScan(this.#db, this.#session, needle);
    return async (piece, among) => {
      const mask = new Uint8Array(piece.to - piece.from);
      await scan.scan(piece, among, mask);
      return mask;
    };
  }
}

const allSeqs = (statement: StatementSync, parameters: (number | string | Uint8Array)[]) =>
  statement.all(...parameters) as unknown as [number][];

const conjunction =
  (steps: readonly Step[]): Step =>
  async (piece, among) => {
    let left = among;
    for (const step of steps) left = await step(piece, left);
    return left ?? new Uint8Array(piece.to - piece.from);
  };

const disjunction =
  (steps: readonly Step[]): Step =>
  async (piece, among) => {
    const masks: Mask[] = [];
    for (const step of steps) masks.push(await step(piece, among));
    return union(masks, piece.to - piece.from);
  };

/** Of records that are there, as all that passed something are: retention leaves numbers without a record. */
const negation =
  (step: Step, existing: Step): Step =>
  async (piece, among) => {
    const candidates = among ?? (await existing(piece));
    return without(candidates, await step(piece, candidates));
  };
