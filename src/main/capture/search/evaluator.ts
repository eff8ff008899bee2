import type { StatementSync } from 'node:sqlite';
import type { FilterNode } from '../../../shared/filter/filter.ts';
import type { Circumstances } from '../../match/record-predicate.ts';
import { type Condition, EVERYTHING } from './condition.ts';
import { conditionOf } from './filter-condition.ts';
import { type Mask, seqsOf, union, without } from './mask.ts';
import { type Piece, Pieces } from './pieces.ts';
import { type Plan, planOf, readsPayloads } from './plan.ts';
import type { PayloadSearch, SearchCatalogue, SearchPlace } from './search-term.ts';
import { SEARCHED } from './terms.ts';

/** What one piece gave: all records below `to` were looked at. */
export interface Found {
  readonly to: number;
  /** Ascending. */
  readonly seqs: Uint32Array;
}

/** Passes of `among`, or of all records of the piece when that is left out. */
type Step = (piece: Piece, among?: Mask) => Promise<Mask>;

/** Works out which records of a session pass a filter. */
export class Evaluator {
  readonly #place: SearchPlace;
  readonly #catalogue: SearchCatalogue;
  readonly #pieces: Pieces;
  readonly #plan: Plan;
  readonly #circumstances: Circumstances;
  readonly #step: Step;

  constructor(place: SearchPlace, filter: FilterNode, catalogue: SearchCatalogue = SEARCHED) {
    const { db, session } = place;
    this.#place = place;
    this.#catalogue = catalogue;
    this.#pieces = new Pieces(db, session);
    this.#plan = planOf(filter, catalogue);
    const row = db.prepare('SELECT opened_at AS openedAt, role FROM session WHERE id = ?').get(session) as
      | Circumstances
      | undefined;
    this.#circumstances = row ?? { openedAt: 0, role: 'server' };
    this.#step = this.#compile(this.#plan);
  }

  /**
   * Looks at records from `from` on, not beyond `limit`: as many as take a few ms. Rejects with what ended a regular
   * expression.
   */
  async next(from: number, limit: number): Promise<Found> {
    const piece = readsPayloads(this.#plan)
      ? this.#pieces.withChunks(from, limit)
      : this.#pieces.withoutChunks(from, limit);
    return { to: piece.to, seqs: seqsOf(await this.#step(piece), from) };
  }

  #compile(plan: Plan): Step {
    switch (plan.type) {
      case 'fields':
        return this.#fields(conditionOf(plan.filter, this.#catalogue, this.#circumstances));
      case 'payload':
        return payloads(plan.open(this.#place));
      case 'and':
        return conjunction(plan.plans.map((each) => this.#compile(each)));
      case 'or':
        return disjunction(plan.plans.map((each) => this.#compile(each)));
      case 'not':
        return negation(this.#compile(plan.plan), this.#fields(EVERYTHING));
    }
  }

  #fields({ sql, parameters }: Condition): Step {
    const statement = this.#place.db.prepare(
      `SELECT seq FROM record WHERE session = ? AND seq >= ? AND seq < ? AND ${sql}`,
    );
    statement.setReturnArrays(true);
    return async ({ from, to }, among) => {
      const mask = new Uint8Array(to - from);
      for (const [seq] of allSeqs(statement, [this.#place.session, from, to, ...parameters]))
        mask[seq - from] = among?.[seq - from] ?? 1;
      return mask;
    };
  }
}

const payloads =
  (search: PayloadSearch): Step =>
  async (piece, among) => {
    const mask = new Uint8Array(piece.to - piece.from);
    await search.scan(piece, among, mask);
    return mask;
  };

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
