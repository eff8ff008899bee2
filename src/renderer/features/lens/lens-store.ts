import { create } from 'zustand';
import type { LensTarget } from '../../../shared/lens.ts';
import { showPage } from '../../view/page-store.ts';

/** What the lens looks at; null: the selected session, if it is on a channel. */
export const useLensTarget = create<{ readonly target: LensTarget | null }>(() => ({ target: null }));

export const chooseTarget = (target: LensTarget | null): void => useLensTarget.setState({ target });

/** Shows a session's channel, or a section by its name, through the lens. */
export function showLens(target: LensTarget): void {
  chooseTarget(target);
  showPage('lens');
}
