import { mainTarget } from './panes.ts';

/**
 * Keeps the keyboard's place. When what has the focus goes away or can't be used any more, a browser lets the focus fall to nowhere, and with it
 * Tab's place, a dialog's Escape and what a screen reader reads. Then what stands nearest to it gets the focus; after a dialog, what
 * had it before.
 */
export function keepFocus(root: HTMLElement): void {
  /** What had the focus last outside of dialogs and menus, and its ancestors: they can't be asked for once it is gone. */
  let inWindow: readonly Element[] = [];
  /** A press beside everything lets go of the focus, and shall. */
  let pressed = false;

  const remember = ({ target }: FocusEvent) => {
    if (target instanceof Element && root.contains(target)) inWindow = lineOf(target);
  };
  const look = ({ target, relatedTarget }: FocusEvent) => {
    if (pressed || relatedTarget || !(target instanceof Element)) return;
    const line = lineOf(target);
    // When React is done with its change; before Fluent, which knows only the buttons of menus to go back to.
    queueMicrotask(() => {
      if (document.activeElement !== document.body) return;
      (nearest(line) ?? nearest(inWindow) ?? mainTarget())?.focus();
    });
  };

  document.addEventListener('focusin', remember);
  document.addEventListener('focusout', look);
  for (const type of ['pointerdown', 'pointerup', 'pointercancel'])
    document.addEventListener(type, () => (pressed = type === 'pointerdown'), true);
}

/** An element and its ancestors within the same part of the window or dialog. */
function lineOf(element: Element): Element[] {
  const line: Element[] = [];
  for (let at: Element | null = element; at && !at.matches('main, .app, body'); at = at.parentElement) line.push(at);
  return line;
}

/** The innermost of `line` that can have the focus, or has something in it that can. */
function nearest(line: readonly Element[]): HTMLElement | undefined {
  for (const element of line) {
    if (!element.isConnected) continue;
    const found = [element, ...element.querySelectorAll(FOCUSABLE)].find(canHaveFocus);
    if (found) return found;
  }
  return undefined;
}

const FOCUSABLE = 'button, input, select, textarea, a[href], [tabindex]';

const canHaveFocus = (element: Element): element is HTMLElement =>
  element instanceof HTMLElement &&
  element.matches(FOCUSABLE) &&
  element.tabIndex >= 0 &&
  element.checkVisibility() &&
  !element.matches(':disabled, [data-tabster-dummy]');
