import { create } from 'zustand';
import type { LogRow } from '../../shared/log.ts';
import type { TimeMode } from '../format/time.ts';
import { useHost } from '../shell/host-store.ts';

/**
 * follow: the end stays in view. read: the view stays where it is, the log grows below it. pause: the view ends where the log
 * ended then. None of them touches the capture.
 */
export type ViewMode = 'follow' | 'read' | 'pause';

/** How one session's log is looked at. */
export interface LogView {
  readonly mode: ViewMode;
  /** In the filter language, without a mistake: what the result is of. */
  readonly filter: string;
  /** What stands in the filter line. */
  readonly draft: string;
  /** Rows in the result when following stopped; null when that is not known for this filter yet. */
  readonly mark: number | null;
  /** Where the view was last sent, in px from the log's start; a new object each time. */
  readonly jump: { readonly top: number };
  /** Place of the selected row in the result; null when it is not known or not there. */
  readonly position: number | null;
  /** The selected row, once it has been fetched. */
  readonly row: LogRow | null;
}

const FRESH: LogView = {
  mode: 'follow',
  filter: '',
  draft: '',
  mark: null,
  jump: { top: 0 },
  position: null,
  row: null,
};

interface LogViews {
  readonly views: Readonly<Record<number, LogView>>;
  readonly timeMode: TimeMode;
}

const KEY = 'shmscope.time-mode';
const remembered = (): TimeMode => {
  const mode = globalThis.localStorage?.getItem(KEY);
  return mode === 'utc' || mode === 'start' ? mode : 'local';
};

export const useLogViews = create<LogViews>(() => ({ views: {}, timeMode: remembered() }));

export const viewOf = (id: number): LogView => useLogViews.getState().views[id] ?? FRESH;
export const useLogView = (id: number): LogView => useLogViews((state) => state.views[id] ?? FRESH);

const change = (id: number, part: Partial<LogView>): void =>
  useLogViews.setState(({ views }) => ({ views: { ...views, [id]: { ...(views[id] ?? FRESH), ...part } } }));

export function setTimeMode(timeMode: TimeMode): void {
  localStorage.setItem(KEY, timeMode);
  useLogViews.setState({ timeMode });
}

export const followEnd = (id: number): void => change(id, { mode: 'follow', mark: null });

/** `end`: rows that were in view's reach when following stopped. */
export function stopFollowing(id: number, end: number): void {
  if (viewOf(id).mode === 'follow') change(id, { mode: 'read', mark: end });
}

export function pauseView(id: number, end: number): void {
  const { mode, mark } = viewOf(id);
  change(id, { mode: 'pause', mark: mode === 'read' ? (mark ?? end) : end });
}

/** Pausing ends where it was: the reader stays at the same rows. */
export const resumeReading = (id: number): void => change(id, { mode: 'read' });

/** Selecting stops following; a paused view stays paused. */
export function selectRow(id: number, position: number, row: LogRow | null, end: number): void {
  stopFollowing(id, end);
  change(id, { position, row });
}

export const selectedFetched = (id: number, row: LogRow): void => change(id, { row });
export const clearSelection = (id: number): void => change(id, { position: null, row: null });
export const rememberTop = (id: number, top: number): void => change(id, { jump: { top } });

/** Another result: places in the old one mean nothing in it. The selected row itself stays. */
export const setFilter = (id: number, filter: string): void =>
  change(id, { filter, draft: filter, mark: null, position: null, jump: { top: 0 } });

export const setDraft = (id: number, draft: string): void => change(id, { draft });

/** The length of the result when it became known after a change of filter. */
export const setMark = (id: number, mark: number): void => change(id, { mark });

/** Where a row stands in a result that was changed. */
export const placed = (id: number, top: number, position: number | null): void =>
  change(id, { jump: { top }, position });

/** Forgets the views of sessions that are gone; all of them when another host answers, whose sessions only share the numbers. */
useHost.subscribe((state, before) => {
  const another = before.info !== null && state.info !== before.info && state.info?.pid !== before.info.pid;
  if (!another && state.sessions === before.sessions) return;
  const kept = Object.entries(useLogViews.getState().views).filter(
    ([id]) => !another && state.sessions.some((session) => session.id === Number(id)),
  );
  useLogViews.setState({ views: Object.fromEntries(kept) });
});
