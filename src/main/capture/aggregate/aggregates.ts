import { DatabaseSync } from 'node:sqlite';
import type { Figures, FiguresQuery, Timeline, TimelineQuery } from '../../../shared/timeline.ts';
import { createBuckets, versionOf } from '../schema.ts';
import { FiguresReader } from './figures-reader.ts';
import { rebuild } from './rebuild.ts';
import { SpanFinder } from './span.ts';
import { TimelineReader } from './timeline-reader.ts';

/** Answers timelines and figures of a capture, from aggregates computed in memory where the file has none. */
export class Aggregates {
  readonly #db: DatabaseSync;
  readonly #stored: boolean;
  #readers: Promise<{ readonly timeline: TimelineReader; readonly figures: FiguresReader }> | undefined;
  #memory: DatabaseSync | undefined;

  /** @param options `computeAggregates`: those in the file can't be relied on */
  constructor(db: DatabaseSync, { computeAggregates = false } = {}) {
    this.#db = db;
    this.#stored = !computeAggregates && versionOf(db) >= 2;
  }

  async timeline(query: TimelineQuery): Promise<Timeline> {
    return (await this.#open()).timeline.timeline(query);
  }

  async figures(query: FiguresQuery): Promise<Figures> {
    return (await this.#open()).figures.figures(query);
  }

  close(): void {
    this.#memory?.close();
    this.#memory = undefined;
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
    };
  }

  /** In slices: other questions get their turn meanwhile. */
  async #compute(): Promise<DatabaseSync> {
    const memory = new DatabaseSync(':memory:');
    this.#memory = memory;
    createBuckets(memory);
    for (const _ of rebuild(this.#db, memory)) await new Promise((resolve) => setImmediate(resolve));
    return memory;
  }
}
