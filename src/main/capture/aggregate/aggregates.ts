import { DatabaseSync } from 'node:sqlite';
import type {
  Figures,
  FiguresQuery,
  Measured,
  MeasureQuery,
  Timeline,
  TimelineQuery,
} from '../../../shared/timeline.ts';
import { createTables } from '../store/migrations/migrations.ts';
import { isDamage } from '../store/reasons.ts';
import { versionOf } from '../store/schema.ts';
import { FiguresReader } from './figures-reader.ts';
import { MeasureReader } from './measure-reader.ts';
import { rebuildBuckets } from './rebuild.ts';
import { SpanFinder } from './span.ts';
import { TimelineReader } from './timeline-reader.ts';

interface Readers {
  readonly timeline: TimelineReader;
  readonly figures: FiguresReader;
  readonly measure: MeasureReader;
}

/**
 * Computes timelines and statistics of a capture, from its stored aggregates or, where it has none, from aggregates
 * built in memory.
 */
export class Aggregates {
  readonly #db: DatabaseSync;
  #stored: boolean;
  #readers: Promise<Readers> | undefined;
  #memory: DatabaseSync | undefined;

  /** @param options `computeAggregates`: the stored ones can't be trusted */
  constructor(db: DatabaseSync, { computeAggregates = false } = {}) {
    this.#db = db;
    this.#stored = !computeAggregates && versionOf(db) >= 2;
  }

  async timeline(query: TimelineQuery): Promise<Timeline> {
    return this.#ask(({ timeline }) => timeline.timeline(query));
  }

  async figures(query: FiguresQuery): Promise<Figures> {
    return this.#ask(({ figures }) => figures.figures(query));
  }

  async measure(query: MeasureQuery): Promise<Measured> {
    return this.#ask(({ measure }) => measure.measure(query));
  }

  close(): void {
    this.#memory?.close();
    this.#memory = undefined;
  }

  /** If the stored aggregates turn out to be damaged, the records may still be intact. */
  async #ask<T>(question: (readers: Readers) => T): Promise<T> {
    try {
      return question(await this.#open());
    } catch (error) {
      if (!this.#stored || !isDamage(error)) throw error;
      this.#stored = false;
      this.#readers = undefined;
      return question(await this.#open());
    }
  }

  #open() {
    this.#readers ??= this.#start();
    return this.#readers;
  }

  async #start() {
    const aggregates = this.#stored ? this.#db : await this.#compute();
    const span = new SpanFinder(this.#db);
    return {
      timeline: new TimelineReader(this.#db, aggregates, span),
      figures: new FiguresReader(aggregates, span),
      measure: new MeasureReader(this.#db, aggregates, span),
    };
  }

  /** In slices, so that other requests get a turn. */
  async #compute(): Promise<DatabaseSync> {
    const memory = new DatabaseSync(':memory:');
    this.#memory = memory;
    createTables(memory);
    for (const _ of rebuildBuckets(this.#db, memory)) await new Promise((resolve) => setImmediate(resolve));
    return memory;
  }
}
