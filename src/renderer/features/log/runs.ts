import { type LogRow, MAX_UNFOLDED } from '../../../shared/log.ts';
import { notify } from '../../host/notices-store.ts';
import type { Reach } from '../../view/source-state.ts';
import { changeView, selected, stopFollowing, viewOf } from '../../view/view-store.ts';

/** Shows the records that the selected row stands for. Returns false if it stands for no others. */
export function unfold(session: number, reach: Reach): boolean {
  const { position, row, unfolded } = viewOf(session);
  if (position === null || !row?.run?.until) return false;
  if (unfolded.length >= MAX_UNFOLDED) {
    refuse();
    return true;
  }
  stopFollowing(session, reach);
  const part = { ...row, run: { ...row.run, until: null } };
  changeView(session, { ...selected(position), row: part, unfolded: [...unfolded, row.seq], kept: position });
  return true;
}

const refuse = () =>
  notify("Couldn't unfold the row", {
    code: 'invalid-argument',
    message: `${MAX_UNFOLDED} rows are already unfolded. Fold some of them (Left) or turn folding off in the columns menu.`,
  });

/** Folds the records around the selected one into one row again. Returns false if none is selected. */
export function fold(session: number, reach: Reach): boolean {
  const { position, row, unfolded } = viewOf(session);
  if (position === null || !row?.run || row.run.until) return false;
  stopFollowing(session, reach);
  const { first, last } = row.run;
  const place = position - (row.seq - first);
  const left = unfolded.filter((seq) => seq < first || seq > last);
  changeView(session, { ...selected(place), row: null, unfolded: left, kept: place, jump: { position: place } });
  return true;
}

/** Does nothing with a row that isn't part of a run. */
export const toggleRun = (session: number, reach: Reach): boolean => unfold(session, reach) || fold(session, reach);

/** A mark splits its record's run: if that is expanded, the part after it stays so too. */
export function keepUnfolded(session: number, { seq, run }: LogRow): void {
  const { unfolded } = viewOf(session);
  if (!run || run.until || seq === run.last || unfolded.length >= MAX_UNFOLDED) return;
  changeView(session, { unfolded: [...unfolded, seq + 1], kept: Number.MAX_SAFE_INTEGER });
}
