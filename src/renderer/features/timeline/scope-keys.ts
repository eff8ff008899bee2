import type { KeyboardEvent } from 'react';
import { isCommandHeld, letterOf } from '../../kit/commands/keys.ts';
import { removeCursors, setCursors } from './cursor-store.ts';
import { moved, type Span, widthOf, within } from './range.ts';
import { showCross, showSpan, useTimelineViews } from './timeline-store.ts';
import type { TimelineView } from './use-timelines.ts';

interface Goals {
  readonly pick: (mono: number) => void;
  readonly zoomBy: (factor: number, at?: number) => void;
}

/** Shares of the shown span: a step of the crosshair, and one of the span. */
const CROSS_STEP = 1 / 120;
const SPAN_STEP = 0.1;
const ZOOM = 1.5;

/** The keys of the plot: what the pointer does, by keyboard. */
export const keysOf = (session: number, view: TimelineView, goals: Goals) => (event: KeyboardEvent) => {
  if (isCommandHeld(event) || event.target !== event.currentTarget) return;
  const named = event.key.startsWith('Arrow') && event.shiftKey ? `Shift+${event.key}` : event.key;
  const act = ACTIONS[named] ?? ACTIONS[letterOf(event)];
  if (!act) return;
  event.preventDefault();
  act({ session, ...view, ...goals, cross: useTimelineViews.getState().cross ?? middleOf(view.span) });
};

interface Scene extends Goals, Pick<TimelineView, 'span' | 'whole'> {
  readonly session: number;
  /** The crosshair, else the middle. */
  readonly cross: number;
}

const middleOf = ({ from, to }: Span) => (from + to) / 2;
const pan = ({ session, span, whole }: Scene, by: number) => showSpan(session, moved(span, whole, by * SPAN_STEP));

function step(scene: Scene, by: 1 | -1): void {
  const { span, whole, cross } = scene;
  const at = Math.min(whole.to, Math.max(whole.from, cross + by * CROSS_STEP * widthOf(span)));
  showCross(at);
  if (at < span.from || at > span.to) pan(scene, by);
}

function begin({ session, span, whole }: Scene): void {
  showSpan(session, within({ from: whole.from, to: whole.from + widthOf(span) }, whole));
}

function leave({ session }: Scene): void {
  if (useTimelineViews.getState().cross === null) removeCursors(session);
  else showCross(null);
}

const ACTIONS: Readonly<Record<string, (scene: Scene) => void>> = {
  ArrowLeft: (scene) => step(scene, -1),
  ArrowRight: (scene) => step(scene, 1),
  'Shift+ArrowLeft': (scene) => pan(scene, -1),
  'Shift+ArrowRight': (scene) => pan(scene, 1),
  '+': ({ zoomBy, cross }) => zoomBy(1 / ZOOM, cross),
  '-': ({ zoomBy, cross }) => zoomBy(ZOOM, cross),
  '0': ({ session }) => showSpan(session, null),
  Home: begin,
  End: (scene) => rollOn(scene.session, scene),
  a: ({ session, cross }) => setCursors(session, { a: Math.round(cross) }),
  b: ({ session, cross }) => setCursors(session, { b: Math.round(cross) }),
  Enter: ({ pick, cross }) => pick(cross),
  Escape: leave,
};

/** Shows the newest, with the current width, and follows it. */
export const rollOn = (session: number, { span, whole }: Pick<TimelineView, 'span' | 'whole'>): void =>
  showSpan(session, { ...within({ from: whole.to - widthOf(span), to: whole.to }, whole), rolls: true });
