import { MAX_UNFOLDED } from '../../shared/log.ts';
import { notify } from '../shell/notices-store.ts';
import type { Reach } from './row-source.ts';
import { foldSelected, stopFollowing, unfoldSelected, viewOf } from './view-store.ts';

/** Shows the timeouts that the selected row stands for, or has one row stand for them again. Does nothing with any other row. */
export function toggleSilence(session: number, reach: Reach): void {
  const silence = viewOf(session).row?.silence;
  if (silence?.until) unfold(session, reach);
  else if (silence) fold(session, reach);
}

/** Answers false where the selected row stands for no others. */
export function unfold(session: number, reach: Reach): boolean {
  const { row, unfolded } = viewOf(session);
  if (!row?.silence?.until) return false;
  stopFollowing(session, reach);
  if (unfolded.length < MAX_UNFOLDED) unfoldSelected(session);
  else
    notify('The timeouts were not unfolded', {
      code: 'invalid-argument',
      message: `${MAX_UNFOLDED} rows of timeouts are unfolded already. Fold some again (Left), or show all timeouts: "Fold timeouts" in the columns menu.`,
    });
  return true;
}

/** Answers false where the selected row is not one of unfolded timeouts. */
export function fold(session: number, reach: Reach): boolean {
  const { row } = viewOf(session);
  if (!row?.silence || row.silence.until) return false;
  stopFollowing(session, reach);
  foldSelected(session);
  return true;
}
