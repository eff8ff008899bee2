import { create } from 'zustand';
import type { LogRow } from '../../shared/log.ts';
import { TIME_MODES, type TimeMode } from '../format/time.ts';
import { useHost } from '../shell/host-store.ts';
import { type Ranges, single, spanned, toggledAt } from './ranges.ts';

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
  /** Where the view was last sent: px from the log's start, or a row to be seen; a new object each time. */
  readonly jump: { readonly top: number } | { readonly position: number };
  /** Place of the selected row in the result; null when it is not known or not there. */
  readonly position: number | null;
  /** The selected row, once it has been fetched. */
  readonly row: LogRow | null;
  /** Positions of all selected rows, the one above among them. */
  readonly picked: Ranges;
  /** Where a selection of several rows began. */
  readonly anchor: number | null;
  /** From which record times count in the mode `marked`. */
  readonly reference: { readonly seq: number; readonly mono: number } | null;
}

const FRESH: LogView = {
  mode: 'follow',
  filter: '',
  draft: '',
  mark: null,
  jump: { top: 0 },
  position: null,
  row: null,
  picked: [],
  anchor: null,
  reference: null,
};

interface LogViews {
  readonly views: Readonly<Record<number, LogView>>;
  readonly timeMode: TimeMode;
}

const KEY = 'shmscope.time-mode';
const remembered = (): TimeMode => {
  const mode = globalThis.localStorage?.getItem(KEY);
  return TIME_MODES.find((known) => known === mode) ?? 'local';
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

/** Holds the view still, or goes on. */
export function togglePause(id: number, end: number): void {
  if (viewOf(id).mode === 'pause') resumeReading(id);
  else pauseView(id, end);
}

/** Selecting stops following; a paused view stays paused. */
export function selectRow(id: number, position: number, row: LogRow | null, end: number): void {
  stopFollowing(id, end);
  change(id, { position, row, picked: single(position), anchor: position });
}

/** Selects all rows from where the selection began to `position`. */
export function selectTo(id: number, position: number, row: LogRow | null, end: number): void {
  const anchor = viewOf(id).anchor ?? position;
  stopFollowing(id, end);
  change(id, { position, row, picked: spanned(anchor, position), anchor });
}

/** Selects one more row, or one less. */
export function selectAlso(id: number, position: number, row: LogRow | null, end: number): void {
  stopFollowing(id, end);
  change(id, { position, row, picked: toggledAt(viewOf(id).picked, position), anchor: position });
}

/** Selects every row of the result, `count` of them. */
export function selectAll(id: number, count: number): void {
  if (count > 0) change(id, { picked: [{ from: 0, to: count }], anchor: 0 });
}

/** Selects a row wherever it is and brings it into view. */
export function showRow(id: number, position: number, row: LogRow | null): void {
  const { mode, mark } = viewOf(id);
  const left = mode === 'follow' ? ({ mode: 'read', mark: null } as const) : {};
  const beyond = mode === 'pause' && mark !== null && position >= mark ? ({ mode: 'read' } as const) : {};
  change(id, { ...left, ...beyond, jump: { position }, position, row, picked: single(position), anchor: position });
}

/** Times count from this record; null: from none, and local time is shown where they did. */
export function setReference(id: number, record: { readonly seq: number; readonly mono: number } | null): void {
  change(id, { reference: record && { seq: record.seq, mono: record.mono } });
  if (record) setTimeMode('marked');
  else if (useLogViews.getState().timeMode === 'marked') setTimeMode('local');
}

export const selectedFetched = (id: number, row: LogRow): void => change(id, { row });
export const clearSelection = (id: number): void => change(id, { position: null, row: null, picked: [], anchor: null });
export const rememberTop = (id: number, top: number): void => change(id, { jump: { top } });

/** Another result: places in the old one mean nothing in it. The selected row itself stays. */
export const setFilter = (id: number, filter: string): void =>
  change(id, { filter, draft: filter, mark: null, position: null, picked: [], anchor: null, jump: { top: 0 } });

export const setDraft = (id: number, draft: string): void => change(id, { draft });

/** The length of the result when it became known after a change of filter. */
export const setMark = (id: number, mark: number): void => change(id, { mark });

/** Where a row stands in a result that was changed. */
export const placed = (id: number, top: number, position: number | null): void =>
  change(id, { jump: { top }, position, picked: position === null ? [] : single(position), anchor: position });

/** Forgets the views of sessions that are gone; all of them when another host answers, whose sessions only share the numbers. */
useHost.subscribe((state, before) => {
  const another = before.info !== null && state.info !== before.info && state.info?.pid !== before.info.pid;
  if (!another && state.sessions === before.sessions) return;
  const kept = Object.entries(useLogViews.getState().views).filter(
    ([id]) => !another && state.sessions.some((session) => session.id === Number(id)),
  );
  useLogViews.setState({ views: Object.fromEntries(kept) });
});
