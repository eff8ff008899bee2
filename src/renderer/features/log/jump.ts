import type { Api } from '../../../shared/api.ts';
import type { PositionQuery } from '../../../shared/find.ts';
import { notify } from '../../host/notices-store.ts';
import { listingOf, showRow } from '../../view/view-store.ts';
import { isPlace, placeOf } from './place.ts';

type Asked = Pick<Api, 'position' | 'rows'>;

/**
 * Selects the first row of the session's result at or after a record or a time, else the last one, and brings it into
 * view.
 */
export async function jumpToPlace(api: Asked, session: number, at: PositionQuery['at']): Promise<void> {
  const listing = listingOf(session);
  const isWanted = () => JSON.stringify(listingOf(session)) === JSON.stringify(listing);
  const place = await placeOf(api, { ...listing, at }, isWanted);
  if (place === null || !isWanted()) return;
  if (!isPlace(place)) return notify("Couldn't show the record", place);
  if (place.row) showRow(session, place.position, place.row.seq, place.row);
  else if (place.position > 0) showRow(session, place.position - 1, Number.MAX_SAFE_INTEGER, null);
}

/** Selects the row of the session's result that is nearest in time, µs since the session began. */
export async function jumpToNearest(api: Asked, session: number, mono: number): Promise<void> {
  const listing = listingOf(session);
  const isWanted = () => JSON.stringify(listingOf(session)) === JSON.stringify(listing);
  const place = await placeOf(api, { ...listing, at: { by: 'mono', mono } }, isWanted);
  if (place === null || !isWanted()) return;
  if (!isPlace(place)) return notify("Couldn't show the record", place);
  const before = place.position > 0 ? await api.rows({ ...listing, from: place.position - 1, count: 1 }) : null;
  const near = [place.row, before?.ok ? before.value.rows[0] : undefined]
    .filter((row) => row !== undefined)
    .toSorted((a, b) => Math.abs(a.mono - mono) - Math.abs(b.mono - mono))[0];
  if (near && isWanted()) showRow(session, place.position - (near === place.row ? 0 : 1), near.seq, near);
}

export const jumpTo = (api: Asked, session: number, seq: number): Promise<void> =>
  jumpToPlace(api, session, { by: 'seq', seq });
