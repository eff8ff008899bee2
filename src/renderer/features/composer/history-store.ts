import * as v from 'valibot';
import { preference } from '../../host/storage/preference.ts';
import type { Draft } from './draft.ts';
import { type Written, writtenOf, writtenSchema } from './templates.ts';

/** Messages kept, the newest first. */
export const KEPT = 50;
/** Longer ones are in the log, and would crowd out the others. Characters. */
export const MAX_KEPT = 16 * 1024;

/** `draft` in front; a message sent again only moves there. Files and long messages are left out. */
export function withSent(history: readonly Written[], draft: Draft): readonly Written[] {
  if (draft.mode === 'file' || draft.content === '' || draft.content.length > MAX_KEPT) return history;
  const written = writtenOf(draft);
  if (history[0] && isSame(history[0], written)) return history;
  return [written, ...history.filter((old) => !isSame(old, written))].slice(0, KEPT);
}

const isSame = (a: Written, b: Written): boolean =>
  a.form === b.form && a.content === b.content && a.placeholders === b.placeholders;

/** The newest first. */
export const useHistory = preference<readonly Written[]>(
  'sent',
  v.pipe(v.array(writtenSchema), v.maxLength(KEPT)),
  [],
  (kept, earlier) => [...kept, ...earlier.filter((old) => !kept.some((one) => isSame(one, old)))].slice(0, KEPT),
);

export function remember(draft: Draft): void {
  const sent = useHistory.getState();
  const next = withSent(sent, draft);
  if (next !== sent) useHistory.setState(next, true);
}
