import type { Api } from '../../../shared/api.ts';
import type { LogRow } from '../../../shared/log.ts';
import { listingOf, placed, setDraft, setFilter, viewOf } from '../../view/view-store.ts';
import { readFilter } from '../filter/read-filter.ts';
import { ROW_HEIGHT } from './LogGrid.tsx';
import { isPlace, placeOf } from './place.ts';

type Asked = Pick<Api, 'position' | 'rows'>;

/** A record that stays where it is in the view. */
export interface Anchor {
  readonly seq: number;
  /** Its row so far. */
  readonly position: number;
  /** px from the log's start to the view's. */
  readonly top: number;
}

/** Rows of context above the selected one, in another result. */
const CONTEXT = 3;

/**
 * Changes a log's filter and, if a row is selected, keeps the view in place. A text with a mistake is only written into
 * the line.
 */
export async function changeFilter(api: Asked, session: number, filter: string): Promise<void> {
  const read = readFilter(session, filter);
  if (!read.ok) return setDraft(session, filter);
  const seq = viewOf(session).row?.seq;
  const anchor = seq === undefined ? null : { seq, position: CONTEXT, top: 0 };
  await relist(api, session, anchor, () => setFilter(session, filter, read.text));
}

/** Lets the rows change; the view and the selected row stay with their records. */
export async function relist(api: Asked, session: number, anchor: Anchor | null, change?: () => void): Promise<void> {
  change?.();
  if (anchor === null) return;
  const { row, position } = viewOf(session);
  const listing = listingOf(session);
  // A row that was selected meanwhile stays selected.
  const isWanted = () =>
    viewOf(session).row === row &&
    viewOf(session).position === position &&
    JSON.stringify(listingOf(session)) === JSON.stringify(listing);
  const find = (seq: number) => placeOf(api, { ...listing, at: { by: 'seq', seq } }, isWanted);
  const [seen, own] = await Promise.all([find(anchor.seq), row && row.seq !== anchor.seq ? find(row.seq) : null]);
  if (!isPlace(seen) || !isWanted()) return;
  const selected = row?.seq === anchor.seq ? seen : own;
  const found = row && isPlace(selected) && selected.row && standsFor(selected.row, row.seq) ? selected : null;
  if (seen.position === anchor.position && (found?.position ?? null) === position) return;
  placed(session, Math.max(0, anchor.top + (seen.position - anchor.position) * ROW_HEIGHT), found);
}

const standsFor = ({ seq, run }: LogRow, record: number) =>
  seq === record || (run?.until != null && run.first <= record && record <= run.last);
