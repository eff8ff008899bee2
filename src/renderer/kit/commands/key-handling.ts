import { isComposing } from './keys.ts';
import { clashes, commandFor, useCommands } from './registry.ts';
import { useCommandLists } from './store.ts';

/** Makes the window's commands respond to their keys. What a part of the window has handled itself is left alone. */
export function handleKeys(): void {
  window.addEventListener('keydown', keepFromComposition, { capture: true });
  window.addEventListener('keydown', onKeyDown);
  useCommands.subscribe(reportClashes);
  useCommandLists.subscribe(reportClashes);
}

/** Keys of an input method only concern the text: nothing in the window, library dialogs included, gets them. */
function keepFromComposition(event: KeyboardEvent): void {
  if (isComposing(event)) event.stopPropagation();
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || hasDialog()) return;
  const typing = event.target instanceof Element && event.target.closest(TEXT) !== null;
  const command = commandFor(useCommands.getState().commands, event, typing);
  if (!command) return;
  event.preventDefault();
  command.run?.();
}

let isReporting = false;

/** A bug, which fails every window test that meets it. Commands that come and go together are checked together. */
function reportClashes(): void {
  if (isReporting) return;
  isReporting = true;
  queueMicrotask(tellClashes);
}

function tellClashes(): void {
  isReporting = false;
  for (const group of clashes(useCommands.getState().commands))
    console.error(`Two commands answer to one key: ${group.map(({ id, keys }) => `${id} (${keys})`).join(', ')}`);
}

/** An open dialog has the keyboard to itself. One that fades away doesn't keep it: the focus is back in the window. */
const hasDialog = () => document.querySelector(MODAL) !== null && !document.activeElement?.closest('.app');
const MODAL = '[role="dialog"][aria-modal="true"], [role="alertdialog"][aria-modal="true"]';
const TEXT =
  'textarea, select, [contenteditable="true"], input:not([type="checkbox"], [type="radio"], [type="button"])';
