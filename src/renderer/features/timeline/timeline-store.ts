import * as v from 'valibot';
import { create } from 'zustand';
import { preference } from '../../host/storage/preference.ts';
import { MEASURES, type Measure } from './measures.ts';
import type { Span } from './range.ts';

interface TimelineViews {
  /** What each session's timeline shows; absent: all of it. */
  readonly spans: Readonly<Record<number, Span>>;
  readonly open: boolean;
  /** What the bars show. */
  readonly measure: Measure;
}

/** What the next window begins with: each goes on as it is shown in it. */
const keptOpen = preference<'open' | 'closed' | null>('timeline', v.picklist(['open', 'closed']), null);
const keptMeasure = preference<Measure>('timeline.measure', v.picklist(MEASURES), 'rate');
/** px: in a lower window the log needs the room more, until the user says otherwise. */
const HIGH_ENOUGH = 720;

function initiallyOpen(): boolean {
  const kept = keptOpen.getState();
  return kept === null ? globalThis.innerHeight >= HIGH_ENOUGH : kept === 'open';
}

export const useTimelineViews = create<TimelineViews>(() => ({
  spans: {},
  open: initiallyOpen(),
  measure: keptMeasure.getState(),
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
  keptOpen.setState(open ? 'open' : 'closed');
  useTimelineViews.setState({ open });
}

export function showMeasure(measure: Measure): void {
  keptMeasure.setState(measure);
  useTimelineViews.setState({ measure });
}
