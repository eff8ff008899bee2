import { create } from 'zustand';
import type { ExportScope } from '../../../shared/export.ts';

interface Asked {
  /** The session that the dialog exports; null while it is closed. */
  readonly session: number | null;
  /** What the dialog starts with; null: its own guess. */
  readonly what: ExportScope['what'] | null;
}

export const useExport = create<Asked>(() => ({ session: null, what: null }));

export const exportSession = (session: number, what: ExportScope['what'] | null = null): void =>
  useExport.setState({ session, what });
export const closeExport = (): void => useExport.setState({ session: null });
