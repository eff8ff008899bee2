import { create } from 'zustand';
import type { Lane } from '../../../shared/domain.ts';
import { useHost } from '../../host/host-store.ts';

/** A record by its position. */
export interface RecordPlace {
  readonly session: number;
  readonly seq: number;
  readonly size: number;
  readonly lane: Lane | null;
}

interface Comparison {
  /** Waits to be compared with another. */
  readonly pinned: RecordPlace | null;
  /** Two that are being compared. */
  readonly pair: readonly [a: RecordPlace, b: RecordPlace] | null;
}

export const useComparison = create<Comparison>(() => ({ pinned: null, pair: null }));

export const pin = (record: RecordPlace | null): void => useComparison.setState({ pinned: record });
export const compare = (a: RecordPlace, b: RecordPlace): void => useComparison.setState({ pair: [a, b] });
export const endComparison = (): void => useComparison.setState({ pair: null });

/** Another connection may be another host, whose sessions only share the numbers. */
useHost.subscribe((state, before) => {
  if (state.epoch !== before.epoch) useComparison.setState({ pinned: null, pair: null });
});
