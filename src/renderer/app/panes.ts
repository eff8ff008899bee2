const USABLE = 'button:not(:disabled, [aria-disabled="true"])';

/** The parts of the window in reading order, and what in each takes the focus first. */
const PANES: ReadonlyArray<readonly [pane: string, first: string]> = [
  ['side', '.session-select[aria-current="true"], button'],
  ['header', USABLE],
  ['log', '.log-grid'],
  ['composer', 'textarea, input'],
  ['detail', '[role="tab"][aria-selected="true"], button'],
  ['page', `${USABLE}, input`],
];

/** What takes the focus in the middle of the window: the log, or what a page has first. */
export function mainTarget(): HTMLElement | null {
  return document.querySelector('.log-grid') ?? document.querySelector(`main :is(${USABLE}, input)`);
}

/** Moves the focus to the next part of the window that is there, or to the one before; round at the ends. */
export function focusPane(step: 1 | -1): void {
  const panes = PANES.flatMap(([name, first]) => {
    const pane = document.querySelector(`[data-pane="${name}"]`);
    const target = pane?.querySelector<HTMLElement>(first);
    return pane && target ? [{ pane, target }] : [];
  });
  const here = panes.findIndex(({ pane }) => pane.contains(document.activeElement));
  const next = here < 0 && step < 0 ? panes.length - 1 : (here + step + panes.length) % panes.length;
  panes[next]?.target.focus();
}
