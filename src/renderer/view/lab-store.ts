import { create } from 'zustand';
import { showPage } from './page-store.ts';

/** What the lab shows in detail below its lists; a cell of the matrix by its position in the list. */
export type LabSubject = { readonly of: 'peer' | 'run' | 'cell'; readonly id: number };

export const useLab = create<{ readonly subject: LabSubject | null }>(() => ({ subject: null }));

/** Shows the lab with it. */
export function showInLab(subject: LabSubject): void {
  useLab.setState({ subject });
  showPage('lab');
}

export const closeSubject = (): void => useLab.setState({ subject: null });
