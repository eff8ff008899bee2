import { create } from 'zustand';

interface Reading {
  /** Share of the records that were read for the fields of each session, 0 to 1; absent: all. */
  readonly shares: Readonly<Record<number, number>>;
  /** Sessions whose records are not read on for now. */
  readonly stopped: readonly number[];
}

export const useReading = create<Reading>(() => ({ shares: {}, stopped: [] }));

/** null: all was read. */
export const showReading = (session: number, share: number | null): void =>
  useReading.setState(({ shares: { [session]: _before, ...others } }) => ({
    shares: share === null ? others : { ...others, [session]: share },
  }));

export const isStopped = (session: number): boolean => useReading.getState().stopped.includes(session);

/** Stops to read records for fields; what was read stays. Or goes on with it. */
export const toggleStopped = (session: number): void =>
  useReading.setState(({ stopped }) => ({
    stopped: stopped.includes(session) ? stopped.filter((id) => id !== session) : [...stopped, session],
  }));
