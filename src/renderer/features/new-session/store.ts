import { create } from 'zustand';
import type { Role } from '../../../shared/domain.ts';

/** The role that the dialog was opened for; null while it is closed. */
export const useNewSession = create<{ readonly role: Role | null }>(() => ({ role: null }));

export const newSession = (role: Role): void => useNewSession.setState({ role });
export const closeNewSession = (): void => useNewSession.setState({ role: null });
