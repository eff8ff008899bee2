import { create } from 'zustand';

/** The session that the dialog exports; null while it is closed. */
export const useExport = create<{ readonly session: number | null }>(() => ({ session: null }));

export const exportSession = (session: number): void => useExport.setState({ session });
export const closeExport = (): void => useExport.setState({ session: null });
