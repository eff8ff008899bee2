import { create } from 'zustand';
import type { LiveSession } from '../../../shared/session.ts';
import { isLive } from '../../../shared/session.ts';
import { useHost } from '../../host/host-store.ts';

/** How much time the strips show, in µs. */
export const SPANS = [10, 60, 300, 1800].map((seconds) => seconds * 1_000_000) as [number, ...number[]];

interface WatchView {
  /** Sessions that were picked from the list; none: all of them. */
  readonly picked: readonly number[];
  readonly span: number;
  /** Where the strips end while they are paused, in µs on the host's monotonic clock; null: now. */
  readonly heldAt: number | null;
  /** Where the crosshair is, as a share of the strips' width; null: nowhere. */
  readonly cross: number | null;
}

export const useWatch = create<WatchView>(() => ({
  picked: [],
  span: SPANS[1] ?? SPANS[0],
  heldAt: null,
  cross: null,
}));

export const showCross = (cross: number | null): void =>
  useWatch.setState({ cross: cross === null ? null : Math.min(1, Math.max(0, cross)) });
/** A step of an arrow key; it starts in the middle. */
const STEP = 1 / 120;
export const moveCross = (steps: number): void => showCross((useWatch.getState().cross ?? 0.5) + steps * STEP);

export const showSpan = (span: number): void => useWatch.setState({ span });
export const hold = (heldAt: number | null): void => useWatch.setState({ heldAt });

/** The next longer or shorter span of time. */
export function stepSpan(step: 1 | -1): void {
  const next = SPANS[SPANS.indexOf(useWatch.getState().span) + step];
  if (next !== undefined) showSpan(next);
}

/** Picks a session, or unpicks it. */
export const togglePicked = (id: number): void =>
  useWatch.setState(({ picked }) => ({
    picked: picked.includes(id) ? picked.filter((one) => one !== id) : [...picked, id],
  }));

/** No session is picked: all are watched. */
export const pickNone = (): void => useWatch.setState({ picked: [] });

/** Those to watch: the picked ones, or all of this run if none is. */
export function watched(sessions: readonly LiveSession[], picked: readonly number[]): readonly LiveSession[] {
  const chosen = sessions.filter(({ id }) => picked.includes(id));
  return chosen.length > 0 ? chosen : sessions;
}

/** A session that has left the list is no longer picked. */
useHost.subscribe(({ sessions }, before) => {
  if (sessions === before.sessions) return;
  const { picked } = useWatch.getState();
  const left = picked.filter((id) => sessions.some((session) => session.id === id && isLive(session)));
  if (left.length < picked.length) useWatch.setState({ picked: left });
});
