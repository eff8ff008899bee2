import type { Api } from '../../shared/api.ts';
import { ROW_HEIGHT } from './LogGrid.tsx';
import { isPlace, placeOf } from './place.ts';
import { placed, setFilter, viewOf } from './view-store.ts';

/** Changes a log's filter, a text without a mistake, and where a row is selected, keeps the view at its place. */
export async function changeFilter(api: Api, session: number, filter: string): Promise<void> {
  const seq = viewOf(session).row?.seq;
  setFilter(session, filter);
  if (seq === undefined) return;
  // Who has selected a row of the new result meanwhile keeps that one.
  const isWanted = () => viewOf(session).filter === filter && viewOf(session).position === null;
  const place = await placeOf(api, { session, filter, at: { by: 'seq', seq } }, isWanted);
  if (!isPlace(place) || !isWanted()) return;
  const { position, row } = place;
  placed(session, Math.max(0, (position - 3) * ROW_HEIGHT), row?.seq === seq ? position : null);
}
