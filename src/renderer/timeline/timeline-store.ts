import { create } from 'zustand';
import type { Span } from './range.ts';

interface TimelineViews {
  /** What each session's timeline shows; absent: all of it. */
  readonly spans: Readonly<Record<number, Span>>;
  readonly open: boolean;
}

const KEY = 'shmscope.timeline';
/** px: in a lower window the log needs the room more, until the user says otherwise. */
const HIGH_ENOUGH = 720;

function initiallyOpen(): boolean {
  const remembered = globalThis.localStorage?.getItem(KEY) ?? null;
  return remembered === null ? globalThis.innerHeight >= HIGH_ENOUGH : remembered === 'open';
}

export const useTimelineViews = create<TimelineViews>(() => ({
  spans: {},
  open: initiallyOpen(),
}));

export const useSpan = (session: number): Span | null => useTimelineViews((state) => state.spans[session] ?? null);

/** null shows all of the session. */
export function showSpan(session: number, span: Span | null): void {
  useTimelineViews.setState(({ spans: { [session]: _before, ...others } }) => ({
    spans: span ? { ...others, [session]: span } : others,
  }));
}

export function toggleTimeline(): void {
  const open = !useTimelineViews.getState().open;
  localStorage.setItem(KEY, open ? 'open' : 'closed');
  useTimelineViews.setState({ open });
}
