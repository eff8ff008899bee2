import { type LogRow, MAX_UNFOLDED } from '../../shared/log.ts';
import { notify } from '../shell/notices-store.ts';
import type { Reach } from './source-state.ts';
import { changeView, selected, stopFollowing, viewOf } from './view-store.ts';

/** Shows the timeouts that the selected row stands for. Answers false where it stands for no others. */
export function unfold(session: number, reach: Reach): boolean {
  const { position, row, unfolded } = viewOf(session);
  if (position === null || !row?.silence?.until) return false;
  if (unfolded.length >= MAX_UNFOLDED) {
    refuse();
    return true;
  }
  stopFollowing(session, reach);
  const part = { ...row, silence: { ...row.silence, until: null } };
  changeView(session, { ...selected(position), row: part, unfolded: [...unfolded, row.seq], kept: position });
  return true;
}

const refuse = () =>
  notify('The timeouts were not unfolded', {
    code: 'invalid-argument',
    message: `${MAX_UNFOLDED} rows of timeouts are unfolded already. Fold some of them again (Left), or have no timeouts folded: the menu of the columns has a switch for it.`,
  });

/** Has one row stand again for the timeouts of which one is selected. Answers false where none is. */
export function fold(session: number, reach: Reach): boolean {
  const { position, row, unfolded } = viewOf(session);
  if (position === null || !row?.silence || row.silence.until) return false;
  stopFollowing(session, reach);
  const { first, last } = row.silence;
  const place = position - (row.seq - first);
  const left = unfolded.filter((seq) => seq < first || seq > last);
  changeView(session, { ...selected(place), row: null, unfolded: left, kept: place, jump: { position: place } });
  return true;
}

/** Does nothing with a row that is no part of a silence. */
export const toggleSilence = (session: number, reach: Reach): boolean => unfold(session, reach) || fold(session, reach);

/** A mark splits the timeouts that its record is one of: where they are unfolded, those after it stay so too. */
export function keepUnfolded(session: number, { seq, silence }: LogRow): void {
  const { unfolded } = viewOf(session);
  if (!silence || silence.until || seq === silence.last || unfolded.length >= MAX_UNFOLDED) return;
  changeView(session, { unfolded: [...unfolded, seq + 1], kept: Number.MAX_SAFE_INTEGER });
}
