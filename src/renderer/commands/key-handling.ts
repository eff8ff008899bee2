import { commandFor, useCommands } from './registry.ts';

/** Has the window's commands answer to their keys. What a part of the window has handled itself is left alone. */
export function handleKeys(): void {
  window.addEventListener('keydown', onKeyDown);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || hasDialog()) return;
  const typing = event.target instanceof Element && event.target.closest(TEXT) !== null;
  const command = commandFor(useCommands.getState().commands, event, typing);
  if (!command) return;
  event.preventDefault();
  command.run?.();
}

/** An open dialog has the keyboard to itself. One that fades away does not keep it: the focus is back in the window. */
const hasDialog = () => document.querySelector(MODAL) !== null && !document.activeElement?.closest('.app');
const MODAL = '[role="dialog"][aria-modal="true"], [role="alertdialog"][aria-modal="true"]';
const TEXT =
  'textarea, select, [contenteditable="true"], input:not([type="checkbox"], [type="radio"], [type="button"])';
