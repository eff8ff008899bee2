import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { FieldPlot, FieldPlotQuery } from '../../../shared/field-plot.ts';
import type { Progress } from '../../../shared/log.ts';
import type { OpenTypes } from '../../../shared/types/compiled/open.ts';
import { FieldValues } from '../../match/field-values.ts';
import { closeGridFor, type Grid, gridFor } from '../aggregate/grid.ts';
import type { SpanFinder } from '../aggregate/span.ts';
import { FEW_RECORDS } from '../aggregate/timeline-reader.ts';
import { bucketOf, widthOf } from '../store/levels.ts';
import { FieldBucket } from './field-bucket.ts';
import type { FieldCache } from './field-cache.ts';
import type { MessageReader } from './message-reader.ts';
import { ReadField } from './read-field.ts';
import { SeriesColumns } from './series.ts';

/** ms of reading before an answer goes out. */
const SLICE_MS = 60;
/** Records between two looks at the clock. */
const STEP = 1000;

/** What a capture's fields are drawn from. */
interface Sources {
  readonly db: DatabaseSync;
  readonly cache: FieldCache;
  readonly span: SpanFinder;
  readonly messages: MessageReader;
}

interface Types {
  readonly open: OpenTypes;
  /** The key of these types in the cache. */
  readonly digest: string;
}

/** Tells how fields of a session changed over time: in detail from its records, else from what was read before. */
export class Plotter {
  readonly #sources: Sources;
  readonly #section: StatementSync;

  constructor(sources: Sources) {
    this.#sources = sources;
    this.#section = sources.db.prepare('SELECT section FROM session WHERE id = ?');
  }

  plot(query: FieldPlotQuery, { open, digest }: Types): FieldPlot {
    const { session } = query;
    const { db, cache } = this.#sources;
    const fields = query.fields.map(
      ({ path, lane }) => new ReadField(db, cache, { session, path, lane: lane ?? '', types: digest }),
    );
    const section = (this.#section.get(session) as { section: string } | undefined)?.section ?? '';
    const values = new FieldValues(open, section, query.fields);
    return this.#closely(query, fields, values) ?? this.#fromBuckets(query, fields, values);
  }

  #closely(query: FieldPlotQuery, fields: readonly ReadField[], values: FieldValues): FieldPlot | undefined {
    const { session, fromMono, toMono } = query;
    const { span, messages } = this.#sources;
    const grid = closeGridFor(query);
    const first = span.firstAt(session, fromMono);
    const end = span.firstAt(session, toMono);
    if (!grid || end - first > FEW_RECORDS) return undefined;
    const columns = fields.map(() => new SeriesColumns(grid));
    for (const { lane, mono, bytes } of messages.read(session, first, end))
      values.read(lane, bytes, (i, value) => {
        const number = fields[i]?.states.numberOf(value) ?? 0;
        columns[i]?.add(mono, FieldBucket.of(number));
      });
    return answerOf(grid, fields, columns, { scanned: end, complete: true });
  }

  #fromBuckets(query: FieldPlotQuery, fields: readonly ReadField[], values: FieldValues): FieldPlot {
    const progress = this.#readOn(query.session, fields, values);
    const grid = gridFor(query);
    const { cache } = this.#sources;
    const end = grid.begin + grid.count * grid.width;
    const columns = fields.map(({ id }) => {
      const series = new SeriesColumns(grid);
      const range = [bucketOf(grid.level, grid.begin), bucketOf(grid.level, end - 1) + 1] as const;
      for (const [bucket, each] of cache.buckets(id, grid.level, ...range))
        series.add(bucket * widthOf(grid.level), each);
      return series;
    });
    return answerOf(grid, fields, columns, progress);
  }

  /** Reads on for a while, starting with the field that is furthest behind. */
  #readOn(session: number, fields: readonly ReadField[], values: FieldValues): Progress {
    const { cache, span } = this.#sources;
    const { first, end } = span.ends(session);
    for (const field of fields) field.begin(first, end);
    let at = Math.min(end, ...fields.map(({ read }) => read));
    const startedAt = performance.now();
    if (at < end)
      cache.together(() => {
        while (at < end && performance.now() - startedAt < SLICE_MS) {
          const to = Math.min(end, at + STEP);
          this.#step(session, at, to, fields, values);
          at = to;
        }
        for (const field of fields) field.save(at);
      });
    return { scanned: at, complete: at >= end };
  }

  #step(session: number, from: number, to: number, fields: readonly ReadField[], values: FieldValues): void {
    for (const { seq, lane, mono, bytes } of this.#sources.messages.read(session, from, to))
      values.read(lane, bytes, (i, value) => fields[i]?.take(seq, mono, value));
  }
}

function answerOf(
  { begin, width }: Omit<Grid, 'level'>,
  fields: readonly ReadField[],
  columns: readonly SeriesColumns[],
  progress: Progress,
): FieldPlot {
  const series = columns.map((column, i) => column.series(fields[i]?.states.all ?? []));
  return { fromMono: begin, width, series, progress };
}
