import { create } from 'zustand';
import type { FoundSection } from '../../../shared/discovery.ts';

/** The section whose details are shown, as it was when they were requested; null while none are. */
export const useDetailed = create<{ readonly section: FoundSection | null }>(() => ({ section: null }));

export const showDetails = (section: FoundSection): void => useDetailed.setState({ section });
export const closeDetails = (): void => useDetailed.setState({ section: null });
