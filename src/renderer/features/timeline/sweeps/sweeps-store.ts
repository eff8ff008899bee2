import { create } from 'zustand';

/** How the sweeps of one session are cut and drawn. */
export interface SweepSettings {
  /** Each matching record starts one. */
  readonly filter: string;
  /** µs. */
  readonly length: number;
  /** The path of the field that is drawn; empty: sizes. */
  readonly field: string;
}

const FRESH: SweepSettings = { filter: '', length: 10_000, field: '' };

/** Kept while the window is open, so that the dialog comes back as it was. */
const useAllSweeps = create<Readonly<Record<number, SweepSettings>>>(() => ({}));

export const useSweepSettings = (session: number): SweepSettings => useAllSweeps((state) => state[session] ?? FRESH);

export const changeSweeps = (session: number, part: Partial<SweepSettings>): void =>
  useAllSweeps.setState((state) => ({ [session]: { ...(state[session] ?? FRESH), ...part } }));
