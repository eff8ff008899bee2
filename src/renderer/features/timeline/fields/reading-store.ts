import { create } from 'zustand';

interface Reading {
  /** Share of the records that were read for each session's fields, 0 to 1; absent: all. */
  readonly shares: Readonly<Record<number, number>>;
  /** Sessions whose records aren't read any further for now. */
  readonly stopped: readonly number[];
}

export const useReading = create<Reading>(() => ({ shares: {}, stopped: [] }));

/** null: everything was read. */
export const showReading = (session: number, share: number | null): void =>
  useReading.setState(({ shares: { [session]: _before, ...others } }) => ({
    shares: share === null ? others : { ...others, [session]: share },
  }));

export const isStopped = (session: number): boolean => useReading.getState().stopped.includes(session);

/** Stops reading records for fields, keeping what was read; or continues. */
export const toggleStopped = (session: number): void =>
  useReading.setState(({ stopped }) => ({
    stopped: stopped.includes(session) ? stopped.filter((id) => id !== session) : [...stopped, session],
  }));
