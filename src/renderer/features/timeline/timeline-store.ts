import * as v from 'valibot';
import { create } from 'zustand';
import { preference } from '../../host/storage/preference.ts';
import { type Span, widthOf } from './range.ts';

/** What a timeline shows; with `rolls`, this much time up to the newest, following it. */
interface ShownSpan extends Span {
  readonly rolls?: boolean;
}

interface TimelineViews {
  /** What each session's timeline shows; absent: all of it. */
  readonly spans: Readonly<Record<number, ShownSpan>>;
  readonly open: boolean;
  /** Where the crosshair is, in µs since the shown session began; null: nowhere. */
  readonly cross: number | null;
  /** Sessions that are shown beneath each session, on its time. */
  readonly beneath: Readonly<Record<number, readonly number[]>>;
}

/** What the next window starts with; each then continues on its own. */
const keptOpen = preference<'open' | 'closed' | null>('timeline', v.picklist(['open', 'closed']), null);
/** px: in a low window the log needs the room more, until the user says otherwise. */
const HIGH_ENOUGH = 720;

function initiallyOpen(): boolean {
  const kept = keptOpen.getState();
  return kept === null ? globalThis.innerHeight >= HIGH_ENOUGH : kept === 'open';
}

export const useTimelineViews = create<TimelineViews>(() => ({
  spans: {},
  open: initiallyOpen(),
  cross: null,
  beneath: {},
}));

export const useShownSpan = (session: number): ShownSpan | null =>
  useTimelineViews((state) => state.spans[session] ?? null);

/** null shows all of the session. */
export function showSpan(session: number, span: ShownSpan | null): void {
  useTimelineViews.setState(({ spans: { [session]: _before, ...others } }) => ({
    spans: span ? { ...others, [session]: span } : others,
  }));
}

/** What is shown of `whole`. */
export function shownOf(span: ShownSpan | null, whole: Span): Span {
  if (!span) return whole;
  if (!span.rolls) return span;
  return { from: Math.max(whole.from, whole.to - widthOf(span)), to: whole.to };
}

export const showCross = (cross: number | null): void => useTimelineViews.setState({ cross });

export function toggleTimeline(): void {
  const open = !useTimelineViews.getState().open;
  keptOpen.setState(open ? 'open' : 'closed');
  useTimelineViews.setState({ open });
}

const NO_SESSIONS: readonly number[] = [];
export const useBeneath = (session: number): readonly number[] =>
  useTimelineViews((state) => state.beneath[session] ?? NO_SESSIONS);

/** Shows a session beneath another, or no longer. */
export const toggleBeneath = (session: number, other: number): void =>
  useTimelineViews.setState(({ beneath }) => {
    const shown = beneath[session] ?? NO_SESSIONS;
    const next = shown.includes(other) ? shown.filter((id) => id !== other) : [...shown, other];
    return { beneath: { ...beneath, [session]: next } };
  });
