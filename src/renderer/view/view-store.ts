import * as v from 'valibot';
import { create } from 'zustand';
import type { Listing, LogRow } from '../../shared/log.ts';
import { useHost } from '../host/host-store.ts';
import { preference } from '../host/storage/preference.ts';
import { encodingOf, useChannelEncodings } from '../kit/encoding/channel-encodings.ts';
import { TIME_MODES, type TimeMode, type Zone } from '../kit/format/time.ts';
import { type Ranges, single, spanned, toggledAt } from './ranges.ts';
import type { Reach } from './source-state.ts';

/**
 * follow: the end stays in view. read: the view stays where it is, the log grows below it. pause: the view ends where
 * the log ended then. None of them affects the capture.
 */
type ViewMode = 'follow' | 'read' | 'pause';

/** How one session's log is viewed. */
export interface LogView {
  readonly mode: ViewMode;
  /** In the filter language, without a mistake: the applied filter. */
  readonly filter: string;
  /** The same without local times: what is requested from the host. */
  readonly resolved: string;
  /** The text in the filter line. */
  readonly draft: string;
  /** Consecutive timeouts are one row. */
  readonly fold: boolean;
  /** Numbers of records in runs that are shown expanded. */
  readonly unfolded: readonly number[];
  /** Rows before this position existed before `unfolded` was changed. */
  readonly kept: number;
  /** How far the log had come when following stopped; null if unknown for this filter yet. */
  readonly mark: Reach | null;
  /** Records of the session when the view was paused: it ends with them. */
  readonly held: number;
  /** Where the view was last sent: px from the log's start, or a row to show; a new object each time. */
  readonly jump: { readonly top: number } | { readonly position: number };
  /** Position of the selected row in the result; null if unknown or not in it. */
  readonly position: number | null;
  /** The selected row, once it has been fetched. */
  readonly row: LogRow | null;
  /** Positions of all selected rows, including the one above. */
  readonly picked: Ranges;
  /** Where a selection of several rows began. */
  readonly anchor: number | null;
  /** The record that times count from in the mode `marked`. */
  readonly reference: { readonly seq: number; readonly mono: number } | null;
}

const FRESH: LogView = {
  mode: 'follow',
  filter: '',
  resolved: '',
  draft: '',
  fold: true,
  unfolded: [],
  kept: 0,
  mark: null,
  held: 0,
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
  /** A session's view before anything is done with it. */
  readonly fresh: LogView;
}

/** What the next window starts with; each then continues on its own. */
const keptTimeMode = preference<TimeMode>('time-mode', v.picklist(TIME_MODES), 'local');
const keptFold = preference<'yes' | 'no'>('fold-timeouts', v.picklist(['yes', 'no']), 'yes');

export const useLogViews = create<LogViews>(() => ({
  views: {},
  timeMode: keptTimeMode.getState(),
  fresh: { ...FRESH, fold: keptFold.getState() === 'yes' },
}));

const viewIn = ({ views, fresh }: LogViews, id: number): LogView => views[id] ?? fresh;
export const viewOf = (id: number): LogView => viewIn(useLogViews.getState(), id);
export const useLogView = (id: number): LogView => useLogViews((state) => viewIn(state, id));

type Shown = Pick<LogView, 'resolved' | 'fold' | 'unfolded'>;

/** Which rows a session's log has, as requested from the host. */
export const listingOf = (id: number): Listing => listing(id, viewOf(id));
export const listing = (session: number, { resolved, fold, unfolded }: Shown): Listing => ({
  session,
  filter: resolved,
  ...(resolved.trim() !== '' && { encoding: encodingOf(session) }),
  ...(fold && { fold: { unfolded: [...unfolded] } }),
});

export const changeView = (id: number, part: Partial<LogView>): void =>
  useLogViews.setState((state) => ({ views: { ...state.views, [id]: { ...viewIn(state, id), ...part } } }));

export function setTimeMode(timeMode: TimeMode): void {
  keptTimeMode.setState(timeMode);
  useLogViews.setState({ timeMode });
}

/** The clock that times of day are shown by. */
export const zoneOf = ({ timeMode }: Pick<LogViews, 'timeMode'>): Zone => (timeMode === 'utc' ? 'utc' : 'local');

export const followEnd = (id: number): void => changeView(id, { mode: 'follow', mark: null });

/** `reach`: how far the log was shown when following stopped. */
export function stopFollowing(id: number, reach: Reach): void {
  if (viewOf(id).mode === 'follow') changeView(id, { mode: 'read', mark: reach });
}

export function pauseView(id: number, reach: Reach): void {
  const { mode, mark } = viewOf(id);
  changeView(id, { mode: 'pause', mark: mode === 'read' ? (mark ?? reach) : reach, held: reach.records });
}

/** Pausing ends the log where it was: the reader stays at the same rows. */
export const resumeReading = (id: number): void => changeView(id, { mode: 'read' });

/** Pauses the view, or continues. */
export function togglePause(id: number, reach: Reach): void {
  if (viewOf(id).mode === 'pause') resumeReading(id);
  else pauseView(id, reach);
}

/** Selecting stops following; a paused view stays paused. */
export function selectRow(id: number, position: number, row: LogRow | null, reach: Reach): void {
  stopFollowing(id, reach);
  changeView(id, { row, ...selected(position) });
}

/** Selects all rows from where the selection began to `position`. */
export function selectTo(id: number, position: number, row: LogRow | null, reach: Reach): void {
  const anchor = viewOf(id).anchor ?? position;
  stopFollowing(id, reach);
  changeView(id, { position, row, picked: spanned(anchor, position), anchor });
}

/** Selects one more row, or one less. */
export function selectAlso(id: number, position: number, row: LogRow | null, reach: Reach): void {
  stopFollowing(id, reach);
  changeView(id, { position, row, picked: toggledAt(viewOf(id).picked, position), anchor: position });
}

/** Selects every row of the result, `count` of them. */
export function selectAll(id: number, count: number): void {
  if (count > 0) changeView(id, { picked: [{ from: 0, to: count }], anchor: 0 });
}

/** Selects the row of record `seq` wherever it is and brings it into view. */
export function showRow(id: number, position: number, seq: number, row: LogRow | null): void {
  const { mode, held } = viewOf(id);
  const left = mode === 'follow' ? ({ mode: 'read', mark: null } as const) : {};
  const beyond = mode === 'pause' && seq >= held ? ({ mode: 'read' } as const) : {};
  changeView(id, { ...left, ...beyond, jump: { position }, row, ...selected(position) });
}

/** Times count from this record; null: from none, and local time is shown where they did. */
export function setReference(id: number, record: { readonly seq: number; readonly mono: number } | null): void {
  changeView(id, { reference: record && { seq: record.seq, mono: record.mono } });
  if (record) setTimeMode('marked');
  else if (useLogViews.getState().timeMode === 'marked') setTimeMode('local');
}

export const selectedFetched = (id: number, row: LogRow): void => changeView(id, { row });
export const clearSelection = (id: number): void =>
  changeView(id, { position: null, row: null, picked: [], anchor: null });
export const rememberTop = (id: number, top: number): void => changeView(id, { jump: { top } });

const ANOTHER_RESULT = { mark: null, position: null, picked: [], anchor: null, jump: { top: 0 } };

/** Another result: positions in the old one mean nothing in it. The selected row itself stays. */
export const setFilter = (id: number, filter: string, resolved = filter): void =>
  changeView(id, { filter, resolved, draft: filter, ...ANOTHER_RESULT });

export const setDraft = (id: number, draft: string): void => changeView(id, { draft });

/** How far the log had come when that became known after a change of filter. */
export const setMark = (id: number, mark: Reach): void => changeView(id, { mark });

/** Whether timeouts are folded, in this session and in those opened from now on. */
export function setFold(id: number, fold: boolean): void {
  keptFold.setState(fold ? 'yes' : 'no');
  useLogViews.setState(({ fresh }) => ({ fresh: { ...fresh, fold } }));
  changeView(id, { fold, unfolded: [], kept: 0, position: null, picked: [], anchor: null });
}

/** Only one row is selected. */
export const selected = (position: number) => ({ position, picked: single(position), anchor: position });

/** Where the selected record is in changed rows; null: it isn't there, or none is selected. */
export function placed(id: number, top: number, place: { position: number; row: LogRow | undefined } | null): void {
  const nowhere = { position: null, picked: [], anchor: null };
  changeView(id, { jump: { top }, ...(place ? { ...selected(place.position), row: place.row ?? null } : nowhere) });
}

/**
 * Forgets the views of sessions that are gone; all of them when another host answers, whose sessions only share the
 * numbers.
 */
useHost.subscribe((state, before) => {
  const another = before.info !== null && state.info !== before.info && state.info?.pid !== before.info.pid;
  if (!another && state.sessions === before.sessions) return;
  const kept = Object.entries(useLogViews.getState().views).filter(
    ([id]) => !another && state.sessions.some((session) => session.id === Number(id)),
  );
  useLogViews.setState({ views: Object.fromEntries(kept) });
});

/** With payloads read in another encoding a filter has another result. */
useChannelEncodings.subscribe((now, before) => {
  for (const [id, { filter }] of Object.entries(useLogViews.getState().views)) {
    const isOther = encodingOf(Number(id), now) !== encodingOf(Number(id), before);
    if (isOther && filter.trim() !== '') changeView(Number(id), ANOTHER_RESULT);
  }
});
