import type { Api } from '../../../shared/api.ts';
import { selectSession } from '../../view/selection-store.ts';
import { jumpToNearest } from '../log/jump.ts';
import type { Group } from './groups.ts';

type Asked = Pick<Api, 'position' | 'rows'>;

/** Selects the record nearest to a moment of the timeline's own session `own`, in the log of `group`'s. */
export async function pickNearest(api: Asked, own: number, group: Group | undefined, mono: number): Promise<void> {
  if (!group) return;
  if (group.session !== own) selectSession(group.session);
  await jumpToNearest(api, group.session, Math.max(0, Math.round(mono - group.offset)));
}
