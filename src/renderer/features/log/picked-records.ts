import type { Api } from '../../../shared/api.ts';
import { failureToError } from '../../../shared/failure.ts';
import { type LogRow, MAX_ROWS, type RowQuery } from '../../../shared/log.ts';
import type { Ranges } from '../../view/ranges.ts';

type Asked = Pick<Api, 'rows' | 'position'>;

/** Where rows are selected: a listing as far as it is shown. */
export type Shown = Omit<RowQuery, 'from' | 'count'>;

/** Records that a row stands for. */
export const recordsIn = ({ run }: LogRow): number => (run?.until ? run.last - run.first + 1 : 1);

/** Each record that the selected rows stand for, in order. Throws a ShmscopeError if the host fails. */
export async function* pickedRecords(api: Asked, shown: Shown, ranges: Ranges): AsyncGenerator<LogRow> {
  for (const range of ranges)
    for await (const row of rowsOf(api, shown, range.from, range.to)) {
      if (recordsIn(row) === 1) yield row;
      else yield* run(api, shown.session, row);
    }
}

async function* run(api: Asked, session: number, row: LogRow): AsyncGenerator<LogRow> {
  const every = { session, filter: '' };
  const answer = await api.position({ ...every, at: { by: 'seq', seq: row.seq } });
  if (!answer.ok) throw failureToError(answer.failure);
  const from = answer.value.position ?? 0;
  yield* rowsOf(api, every, from, from + recordsIn(row));
}

/** Asks again while the filter's result has not come as far. */
async function* rowsOf(api: Asked, shown: Shown, first: number, end: number): AsyncGenerator<LogRow> {
  for (let from = first; from < end; ) {
    const page = await api.rows({ ...shown, from, count: Math.min(MAX_ROWS, end - from) });
    if (!page.ok) throw failureToError(page.failure);
    const { rows, progress } = page.value;
    yield* rows;
    from += rows.length;
    if (rows.length === 0 && progress.complete) return;
  }
}
