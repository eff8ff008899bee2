import { create } from 'zustand';

interface Asked {
  /** The session whose messages are to be sent again; null while the dialog is closed. */
  readonly source: number | null;
  /** Only what is selected in its log. */
  readonly selection: boolean;
}

export const useReplayDialog = create<Asked>(() => ({ source: null, selection: false }));

export const replaySession = (source: number, selection = false): void =>
  useReplayDialog.setState({ source, selection });
export const closeReplayDialog = (): void => useReplayDialog.setState({ source: null });
