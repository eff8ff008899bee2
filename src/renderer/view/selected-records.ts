import type { Api } from '../../shared/api.ts';
import { MAX_RANGES, type SeqRange } from '../../shared/export.ts';
import type { Result } from '../../shared/failure.ts';
import type { Listing, LogRow } from '../../shared/log.ts';
import { formatInteger } from '../kit/format/bytes.ts';
import { refused } from '../kit/format/refused.ts';
import type { Ranges } from './ranges.ts';
import { type LogView, listing } from './view-store.ts';

type Rows = Pick<Api, 'rows'>;
type Selected = Pick<LogView, 'resolved' | 'fold' | 'unfolded' | 'picked' | 'position' | 'row'>;

/**
 * The records that the selected rows stand for, as ranges of record numbers under the same filter: positions may shift,
 * numbers stay. Costs two rows per range, however long it is. Fails if the rows have changed, because retention removed
 * some or marks were changed.
 */
export async function selectedRecords(api: Rows, session: number, selected: Selected): Promise<Result<SeqRange[]>> {
  const { picked, position, row } = selected;
  if (picked.length > MAX_RANGES)
    return refused(
      `${formatInteger(picked.length)} separate ranges are selected, but at most ${formatInteger(MAX_RANGES)} can be exported. Filter for what they have in common and export the result.`,
    );
  const rowAt = askFor(api, listing(session, selected));
  if (position !== null && row !== null) {
    const now = await rowAt(position);
    if (!now.ok) return now;
    if (now.value?.seq !== row.seq) return moved;
  }
  return ranged(picked, rowAt);
}

type RowAt = (position: number) => Promise<Result<LogRow | undefined>>;

async function ranged(picked: Ranges, rowAt: RowAt): Promise<Result<SeqRange[]>> {
  const ranges: SeqRange[] = [];
  for (const { from, to } of picked) {
    const first = await rowAt(from);
    const last = to - from === 1 ? first : await rowAt(to - 1);
    if (!first.ok) return first;
    if (!last.ok) return last;
    if (!first.value || !last.value) return moved;
    ranges.push([first.value.seq, last.value.run?.until ? last.value.run.last : last.value.seq]);
  }
  return { ok: true, value: ranges };
}

/** Asks again while the filter's result has not come as far. */
const askFor =
  (api: Rows, rows: Listing): RowAt =>
  async (from) => {
    for (;;) {
      const page = await api.rows({ ...rows, from, count: 1 });
      if (!page.ok) return page;
      const row = page.value.rows[0];
      if (row || page.value.progress.complete) return { ok: true, value: row };
    }
  };

const moved = refused('The log or its marks have changed since these rows were selected. Select them again.');
