import { USABLE } from '../view/feature.ts';
import { PANES } from './features.ts';

/** The parts of the window in reading order, and what in each gets the focus first. */
const PARTS: readonly { readonly id: string; readonly first?: string }[] = [
  { id: 'side', first: '.session-select[aria-current="true"], button' },
  ...PANES,
  { id: 'page', first: `${USABLE}, input` },
];

/** What gets the focus in the middle of the window: the log, or a page's first element. */
export function mainTarget(): HTMLElement | null {
  return document.querySelector('.log-grid, .watch-name') ?? document.querySelector(`main :is(${USABLE}, input)`);
}

/** Moves the focus to the next existing part of the window, or to the previous one; wraps around. */
export function focusPane(step: 1 | -1): void {
  const panes = PARTS.flatMap(({ id, first }) => {
    const pane = document.querySelector(`[data-pane="${id}"]`);
    const target = first && pane?.querySelector<HTMLElement>(first);
    return pane && target ? [{ pane, target }] : [];
  });
  const here = panes.findIndex(({ pane }) => pane.contains(document.activeElement));
  const next = here < 0 && step < 0 ? panes.length - 1 : (here + step + panes.length) % panes.length;
  panes[next]?.target.focus();
}
