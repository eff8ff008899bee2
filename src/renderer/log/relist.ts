import type { Api } from '../../shared/api.ts';
import type { LogRow } from '../../shared/log.ts';
import { ROW_HEIGHT } from './LogGrid.tsx';
import { isPlace, placeOf } from './place.ts';
import { listingOf, placed, setFilter, viewOf } from './view-store.ts';

type Asked = Pick<Api, 'position' | 'rows'>;

/** A record that stays where it is in the view. */
export interface Anchor {
  readonly seq: number;
  /** Of its row, until now. */
  readonly position: number;
  /** px from the log's start to the view's. */
  readonly top: number;
}

/** Rows of context above the selected one, in another result. */
const CONTEXT = 3;

/** Changes a log's filter, a text without a mistake, and where a row is selected, keeps the view at its place. */
export function changeFilter(api: Asked, session: number, filter: string): Promise<void> {
  const seq = viewOf(session).row?.seq;
  const anchor = seq === undefined ? null : { seq, position: CONTEXT, top: 0 };
  return relist(api, session, anchor, () => setFilter(session, filter));
}

/** Lets the rows become others, and brings the view and the selected row to where `anchor` is then. */
export async function relist(api: Asked, session: number, anchor: Anchor | null, change?: () => void): Promise<void> {
  change?.();
  if (anchor === null) return;
  const { row, position } = viewOf(session);
  const listing = listingOf(session);
  // Who has selected a row meanwhile keeps that one.
  const isWanted = () =>
    viewOf(session).row === row &&
    viewOf(session).position === position &&
    JSON.stringify(listingOf(session)) === JSON.stringify(listing);
  const place = await placeOf(api, { ...listing, at: { by: 'seq', seq: anchor.seq } }, isWanted);
  if (!isPlace(place) || !isWanted() || place.position === position) return;
  const top = Math.max(0, anchor.top + (place.position - anchor.position) * ROW_HEIGHT);
  const isSelected = row !== null && place.row !== undefined && standsFor(place.row, row.seq);
  placed(session, top, isSelected ? place : null);
}

const standsFor = ({ seq, silence }: LogRow, record: number) =>
  seq === record || (silence?.until != null && silence.first <= record && record <= silence.last);
