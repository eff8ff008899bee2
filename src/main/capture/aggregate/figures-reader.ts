import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Distribution, Figures, FiguresQuery } from '../../../shared/timeline.ts';
import { widthOf } from '../store/levels.ts';
import { HISTOGRAMS, type HistogramName } from './bucket.ts';
import { Histogram, slotStart } from './histogram.ts';
import { pieces, type SpanFinder } from './span.ts';

type Encoded = readonly (Uint8Array | null)[];

/** Sums the histograms of a span, using the largest buckets that fit: a few dozen rows for any span. */
export class FiguresReader {
  readonly #range: StatementSync;
  readonly #span: SpanFinder;

  constructor(aggregates: DatabaseSync, span: SpanFinder) {
    this.#span = span;
    this.#range = aggregates.prepare(
      `SELECT ${HISTOGRAMS.join(', ')} FROM bucket WHERE session = ? AND level = ? AND bucket >= ? AND bucket < ?`,
    );
    this.#range.setReturnArrays(true);
  }

  figures({ session, fromMono, toMono }: FiguresQuery): Figures {
    const width = widthOf(0);
    const last = Math.min(toMono, this.#span.lastMono(session) + 1);
    const [begin, end] = [Math.floor(fromMono / width), Math.ceil(Math.max(fromMono + 1, last) / width)];
    const sums = Object.fromEntries(HISTOGRAMS.map((name) => [name, new Histogram()])) as Record<
      HistogramName,
      Histogram
    >;
    for (const [level, from, to] of pieces(begin, end)) {
      for (const row of this.#range.all(session, level, from, to) as unknown as Encoded[])
        for (const [i, name] of HISTOGRAMS.entries()) sums[name].mergeEncoded(row[i] ?? null);
    }
    const both = (name: 'sizes' | 'unreads' | 'replies') => ({
      s2c: distribution(sums[`${name}_s2c`]),
      c2s: distribution(sums[`${name}_c2s`]),
    });
    const span = { fromMono: begin * width, toMono: end * width };
    return { ...span, size: both('sizes'), unread: both('unreads'), reply: both('replies') };
  }
}

function distribution(histogram: Histogram): Distribution {
  const slots = histogram.slots();
  return {
    count: histogram.count,
    mean: histogram.count ? histogram.sum / histogram.count : 0,
    p50: histogram.quantile(0.5),
    p90: histogram.quantile(0.9),
    p99: histogram.quantile(0.99),
    max: histogram.max,
    starts: slots.map(([slot]) => slotStart(slot)),
    ends: slots.map(([slot]) => slotStart(slot + 1)),
    counts: slots.map(([, count]) => count),
  };
}
