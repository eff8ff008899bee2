import { create } from 'zustand';
import { REPEAT, type Repeat } from './repeat.ts';

/** One for all sessions: whoever tests two of them repeats alike. */
export const useRepeat = create<Repeat>(() => REPEAT);
export const setRepeat = (part: Partial<Repeat>): void => useRepeat.setState(part);
