import { mainTarget } from './panes.ts';

/**
 * Keeps the keyboard's place. When the focused element disappears or is disabled, a browser drops the focus, and with
 * it Tab's place, a dialog's Escape and what a screen reader reads. Then the nearest element gets the focus; after a
 * dialog or a menu, the one that had it before.
 */
export function keepFocus(): void {
  /** The last focused element in each layer, the newest layer last. */
  const places = new Map<Element, Line>();
  let pressed = false;

  const remember = ({ target }: FocusEvent) => {
    const line = lineOf(target);
    const layer = line.at(-1);
    if (!layer) return;
    places.delete(layer);
    places.set(layer, line);
  };
  const look = ({ target, relatedTarget }: FocusEvent) => {
    const line = lineOf(target);
    // A click outside everything drops the focus on purpose; one outside a dialog closes that.
    const letGo = pressed && line.some((element) => element.matches('.app'));
    if (letGo || relatedTarget) return;
    // After React's change; before Fluent, which can only return to the buttons of menus.
    queueMicrotask(() => {
      if (document.activeElement !== document.body) return;
      for (const layer of places.keys()) if (!layer.isConnected) places.delete(layer);
      const before = [...places.values()].reverse();
      ([line, ...before].map(nearest).find(Boolean) ?? mainTarget())?.focus();
    });
  };

  document.addEventListener('focusin', remember);
  document.addEventListener('focusout', look);
  for (const type of ['pointerdown', 'pointerup', 'pointercancel'])
    document.addEventListener(type, () => (pressed = type === 'pointerdown'), true);
}

/**
 * An element and its ancestors, which can't be determined once it is gone. The last one is its layer: the window, a
 * dialog or a menu.
 */
type Line = readonly Element[];

function lineOf(target: EventTarget | null): Line {
  const line: Element[] = [];
  for (let at = target instanceof Element ? target : null; at && at !== document.body; at = at.parentElement)
    line.push(at);
  return line;
}

/** The innermost of `line` within its part of the window that can have the focus, or contains something that can. */
function nearest(line: Line): HTMLElement | undefined {
  for (const element of line) {
    if (element.matches('main, .app')) return undefined;
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
