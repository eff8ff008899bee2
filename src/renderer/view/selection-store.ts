import { create } from 'zustand';
import { useHost } from '../host/host-store.ts';
import { takeRequestedSession } from './open-window.ts';
import { showPage } from './page-store.ts';

/** Kept for this window only, so that reloading it changes nothing. */
const KEY = 'shmscope.session';
const remembered = (): number | null => Number(globalThis.sessionStorage?.getItem(KEY)) || null;

export const useSelection = create<{ readonly id: number | null }>(() => ({
  id: takeRequestedSession() ?? remembered(),
}));
const remember = ({ id }: { id: number | null }): void => globalThis.sessionStorage?.setItem(KEY, String(id));
remember(useSelection.getState());
useSelection.subscribe(remember);

/** Shows a session in the main area. */
export function selectSession(id: number): void {
  useSelection.setState({ id });
  showPage('session');
}

/** The same for one that the host has opened but may not have reported yet. */
export function selectWhenListed(id: number): void {
  const listed = () => useHost.getState().sessions.some((session) => session.id === id);
  if (listed()) {
    selectSession(id);
    return;
  }
  const undo = useHost.subscribe(() => {
    if (!listed()) return;
    undo();
    selectSession(id);
  });
}

/** The selected session's id, or the nearest one's if the selected is gone; null without sessions. */
useHost.subscribe((state, before) => {
  if (state.sessions === before.sessions) return;
  const { id } = useSelection.getState();
  if (state.sessions.some((session) => session.id === id)) return;
  const was = before.sessions.findIndex((session) => session.id === id);
  const next = state.sessions[Math.min(Math.max(was, 0), state.sessions.length - 1)];
  useSelection.setState({ id: next?.id ?? null });
});
