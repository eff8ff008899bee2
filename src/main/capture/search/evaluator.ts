import type { FilterNode } from '../../../shared/filter/filter.ts';
import type { Circumstances } from '../../match/record-predicate.ts';
import { type Condition, EVERYTHING } from './condition.ts';
import { conditionOf } from './filter-condition.ts';
import { type Mask, maskOf, seqsOf, union, without } from './mask.ts';
import { type Piece, Pieces } from './pieces.ts';
import { type Plan, planOf, readsPayloads } from './plan.ts';
import type { PayloadSearch, SearchCatalogue, SearchPlace } from './search-term.ts';
import { SEARCHED } from './terms.ts';

/** A scan of a piece's records, which are those below `to`. */
export interface Look {
  readonly to: number;
  /** The matching ones, ascending. Rejects with what ended a regular expression. */
  readonly seqs: Promise<Uint32Array>;
}

/** Matches among `among`, or among all records of the piece if omitted. */
type Step = (piece: Piece, among?: Mask) => Mask | Promise<Mask>;

/** Computes which records of a session match a filter. */
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

  /** Scans records from `from` on, not beyond `limit`: as many as take a few ms. */
  look(from: number, limit: number): Look {
    const piece = readsPayloads(this.#plan)
      ? this.#pieces.withChunks(from, limit)
      : this.#pieces.withoutChunks(from, limit);
    const seqs = this.#seqs(piece);
    // Reported to whoever waits for it, perhaps later.
    seqs.catch(() => {});
    return { to: piece.to, seqs };
  }

  async #seqs(piece: Piece): Promise<Uint32Array> {
    return seqsOf(await this.#step(piece), piece.from);
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
    const { db, session } = this.#place;
    // All numbers in one text are read faster than a row each. A parameter is REAL and would be written as such.
    const statement = db.prepare(
      `SELECT group_concat(seq - CAST(?2 AS INTEGER)) AS passing FROM record
       WHERE session = ?1 AND seq >= ?2 AND seq < ?3 AND ${sql}`,
    );
    return ({ from, to }, among) => {
      const { passing } = statement.get(session, from, to, ...parameters) as { passing: string | null };
      return maskOf(passing ?? '', to - from, among);
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

/** Of records that exist, and so may be fewer: retention leaves numbers without a record. */
const negation =
  (step: Step, existing: Step): Step =>
  async (piece, among) => {
    const candidates = among ?? (await existing(piece));
    return without(candidates, await step(piece, candidates));
  };
