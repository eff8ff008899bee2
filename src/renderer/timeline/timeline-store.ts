import { create } from 'zustand';
import { MEASURES, type Measure } from './measures.ts';
import type { Span } from './range.ts';

interface TimelineViews {
  /** What each session's timeline shows; absent: all of it. */
  readonly spans: Readonly<Record<number, Span>>;
  readonly open: boolean;
  /** What the bars show. */
  readonly measure: Measure;
}

const KEY = 'shmscope.timeline';
const MEASURE_KEY = 'shmscope.timeline.measure';
/** px: in a lower window the log needs the room more, until the user says otherwise. */
const HIGH_ENOUGH = 720;

function initiallyOpen(): boolean {
  const remembered = globalThis.localStorage?.getItem(KEY) ?? null;
  return remembered === null ? globalThis.innerHeight >= HIGH_ENOUGH : remembered === 'open';
}

function initialMeasure(): Measure {
  const remembered = globalThis.localStorage?.getItem(MEASURE_KEY) ?? null;
  return MEASURES.find((measure) => measure === remembered) ?? 'rate';
}

export const useTimelineViews = create<TimelineViews>(() => ({
  spans: {},
  open: initiallyOpen(),
  measure: initialMeasure(),
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

export function showMeasure(measure: Measure): void {
  localStorage.setItem(MEASURE_KEY, measure);
  useTimelineViews.setState({ measure });
}
