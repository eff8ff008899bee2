import { create } from 'zustand';

/** Which of the two lists of commands is open. */
export const useCommandLists = create<{ readonly open: 'palette' | 'sheet' | null }>(() => ({ open: null }));

export const openPalette = (): void => useCommandLists.setState({ open: 'palette' });
export const openSheet = (): void => useCommandLists.setState({ open: 'sheet' });
export const closeLists = (): void => useCommandLists.setState({ open: null });
