import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { KIND_CODES } from '../store/codes.ts';
import type { Beside } from './edge-walk.ts';

interface Head {
  readonly kind: number;
  readonly lane: number | null;
}

/** What is next to a record: for a message, the messages of its lane; for any other, the adjacent records. */
export class Neighbours implements Beside {
  readonly #session: number;
  readonly #head: StatementSync;
  readonly #before: StatementSync;
  readonly #after: StatementSync;

  constructor(db: DatabaseSync, session: number) {
    this.#session = session;
    const { message } = KIND_CODES;
    this.#head = db.prepare('SELECT kind, lane FROM record WHERE session = ? AND seq = ?');
    const beside = (condition: string, order: string) =>
      db.prepare(
        `SELECT seq FROM record WHERE session = ?1 AND seq ${condition} AND (?3 IS NULL OR (kind = ${message} AND lane = ?3))
         ORDER BY seq ${order} LIMIT 1`,
      );
    this.#before = beside('< ?2', 'DESC');
    this.#after = beside('> ?2', 'ASC');
  }

  before(seq: number): number | null {
    return this.#beside(this.#before, seq);
  }

  after(seq: number): number | null {
    return this.#beside(this.#after, seq);
  }

  laneOf(seq: number): string {
    return String(this.#messageLane(seq));
  }

  #beside(statement: StatementSync, seq: number): number | null {
    const found = statement.get(this.#session, seq, this.#messageLane(seq)) as { seq: number } | undefined;
    return found?.seq ?? null;
  }

  /** null if it isn't a message. */
  #messageLane(seq: number): number | null {
    const head = this.#head.get(this.#session, seq) as Head | undefined;
    return head?.kind === KIND_CODES.message ? head.lane : null;
  }
}
