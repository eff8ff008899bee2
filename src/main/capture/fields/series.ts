import type { FieldSeries } from '../../../shared/field-plot.ts';
import type { Grid } from '../aggregate/grid.ts';
import type { FieldBucket } from './field-bucket.ts';

type Columns = { -readonly [K in keyof Omit<FieldSeries, 'states'>]: number[] };

/** A field's columns while they are being filled, in order of time. */
export class SeriesColumns {
  readonly #grid: Omit<Grid, 'level'>;
  readonly #columns: Columns;
  readonly #sums: number[];

  constructor(grid: Omit<Grid, 'level'>) {
    this.#grid = grid;
    const zeros = () => new Array<number>(grid.count).fill(0);
    this.#columns = { count: zeros(), least: zeros(), most: zeros(), mean: zeros(), first: zeros(), last: zeros() };
    this.#sums = zeros();
  }

  /** Adds values at `mono`; ignored if that isn't drawn. */
  add(mono: number, { count, least, most, sum, first, last }: FieldBucket): void {
    const i = Math.floor((mono - this.#grid.begin) / this.#grid.width);
    const columns = this.#columns;
    const before = columns.count[i];
    if (before === undefined) return;
    const isFirst = before === 0;
    columns.count[i] = before + count;
    columns.least[i] = isFirst ? least : Math.min(columns.least[i] as number, least);
    columns.most[i] = isFirst ? most : Math.max(columns.most[i] as number, most);
    if (isFirst) columns.first[i] = first;
    columns.last[i] = last;
    this.#sums[i] = (this.#sums[i] ?? 0) + sum;
    columns.mean[i] = (this.#sums[i] as number) / (before + count);
  }

  series(states: FieldSeries['states']): FieldSeries {
    return { ...this.#columns, states };
  }
}
