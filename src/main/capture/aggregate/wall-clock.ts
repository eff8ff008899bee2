import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ClockPoint } from '../../../shared/timeline.ts';
import { isDamage } from '../store/reasons.ts';
import type { SpanFinder } from './span.ts';

/** Evenly spaced records of a session that are checked for a clock change between them. */
const SAMPLES = 17;
/** µs by which the wall clock must jump to count as set; less is drift. */
const SET = 1_000_000;
/** The most clock changes that are found. */
const MOST_STEPS = 100;

/** Finds how the wall clock ran while a session was recorded, as it may have been set. */
export class WallClock {
  readonly #span: SpanFinder;
  readonly #at: StatementSync;

  constructor(db: DatabaseSync, span: SpanFinder) {
    this.#span = span;
    this.#at = db.prepare('SELECT seq, mono, wall FROM record WHERE session = ? AND seq >= ? ORDER BY seq LIMIT 1');
  }

  /** See {@link Timeline.clock}. */
  points(session: number): ClockPoint[] {
    const { first, end } = this.#span.ends(session);
    if (first === end) return [];
    const points: Point[] = [];
    for (let i = 0; i < SAMPLES; i++) {
      const point = this.#point(session, first + Math.floor(((end - 1 - first) * i) / (SAMPLES - 1)));
      const before = points.at(-1);
      if (!point || point.seq === before?.seq) continue;
      if (before && wasSet(before, point)) this.#steps(session, before, point, points);
      else if (!before || zeroOf(point) !== zeroOf(before)) points.push(point);
    }
    return points.map(({ mono, wall }) => ({ mono, wall }));
  }

  /** Adds the first record after each clock change between two records. */
  #steps(session: number, from: Point, to: Point, points: Point[]): void {
    if (!wasSet(from, to) || points.length > MOST_STEPS) return;
    const middle = this.#point(session, Math.floor((from.seq + to.seq) / 2));
    if (to.seq - from.seq < 2 || !middle || middle.seq === to.seq || middle.seq === from.seq) {
      points.push(to);
      return;
    }
    this.#steps(session, from, middle, points);
    this.#steps(session, middle, to, points);
  }

  #point(session: number, seq: number): Point | undefined {
    try {
      return this.#at.get(session, seq) as unknown as Point | undefined;
    } catch (error) {
      // What is left of a damaged capture still gets a timeline.
      if (isDamage(error)) return undefined;
      throw error;
    }
  }
}

interface Point extends ClockPoint {
  readonly seq: number;
}

/** What the wall clock would have shown when the session began. */
const zeroOf = ({ mono, wall }: ClockPoint) => wall - mono;
const wasSet = (a: Point, b: Point) => Math.abs(zeroOf(b) - zeroOf(a)) > SET;
