import type { Api } from '../../shared/api.ts';
import { notify } from '../shell/notices-store.ts';
import { ROW_HEIGHT } from './LogGrid.tsx';
import { placed, stopFollowing, viewOf } from './view-store.ts';

/** Rows of context above the one that was jumped to. */
const CONTEXT = 3;

/** Selects the first row of the session's result at or after record `seq` and brings it into view. */
export async function jumpTo(api: Pick<Api, 'position'>, session: number, seq: number): Promise<void> {
  const { filter } = viewOf(session);
  const answer = await api.position({ session, filter, at: { by: 'seq', seq } });
  if (!answer.ok) return notify('The record could not be shown', answer.failure);
  if (viewOf(session).filter !== filter) return;
  const { position } = answer.value;
  if (position === null) return;
  stopFollowing(session, position + 1);
  placed(session, Math.max(0, (position - CONTEXT) * ROW_HEIGHT), position);
}
