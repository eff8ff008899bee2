import { create } from 'zustand';
import type { Names, OpenRole } from './form.ts';

interface Asked {
  /** What the dialog was opened for; null while it is closed. */
  readonly role: OpenRole | null;
  /** For a channel that is already known; null: the user's usual names. */
  readonly names: Names | null;
}

export const useNewSession = create<Asked>(() => ({ role: null, names: null }));

export const newSession = (role: OpenRole, names: Names | null = null): void => useNewSession.setState({ role, names });
export const closeNewSession = (): void => useNewSession.setState({ role: null, names: null });
