import { useEffect, useRef } from 'react';

export interface LogActions {
  readonly find: () => void;
  readonly findNext: () => void;
  readonly findPrevious: () => void;
  readonly goTo: () => void;
  readonly mark: () => void;
  readonly nextMark: () => void;
  readonly previousMark: () => void;
  readonly reference: () => void;
}

const KEYS: Readonly<Record<string, keyof LogActions>> = {
  'ctrl f': 'find',
  f3: 'findNext',
  'shift f3': 'findPrevious',
  'ctrl g': 'goTo',
  'ctrl m': 'mark',
  f2: 'nextMark',
  'shift f2': 'previousMark',
  'ctrl t': 'reference',
};

/** The log's shortcuts, from wherever the focus is; not while a dialog is open, nor where something nearer has taken the key. */
export function useLogKeys(actions: LogActions): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.metaKey || document.querySelector('[role="dialog"]')) return;
      const name = `${event.ctrlKey ? 'ctrl ' : ''}${event.shiftKey ? 'shift ' : ''}${event.key.toLowerCase()}`;
      const action = KEYS[name];
      if (!action) return;
      event.preventDefault();
      latest.current[action]();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
