import { type Command, inGroup } from '../../kit/commands/registry.ts';
import { moved, zoomed } from './range.ts';
import { showSpan } from './timeline-store.ts';
import type { TimelineView } from './use-timeline.ts';

/** Share of the span's width that a step moves it by. */
const STEP = 0.25;

/** Makes the span `factor` times as wide around its middle. */
export function zoom(session: number, view: TimelineView | null, factor: number): void {
  if (!view) return;
  const { span, whole } = view;
  showSpan(session, zoomed(span, whole, (span.from + span.to) / 2, factor));
}

/** Zooming and moving by keyboard, and `more` that the pane itself can do with its span. */
export function spanCommands(
  session: number,
  view: TimelineView | null,
  zoomedIn: boolean,
  more: readonly Command[],
): readonly Command[] {
  const pan = (share: number) => view && showSpan(session, moved(view.span, view.whole, share));
  const when = () => zoomedIn;
  return inGroup('Timeline', [
    { id: 'zoom-in', title: 'Zoom in', keys: 'Alt+PageUp', run: () => zoom(session, view, 0.5) },
    { id: 'zoom-out', title: 'Zoom out', keys: 'Alt+PageDown', run: () => zoom(session, view, 2), when },
    { id: 'pan-back', title: 'Earlier', keys: 'Alt+Left', run: () => pan(-STEP), when },
    { id: 'pan-on', title: 'Later', keys: 'Alt+Right', run: () => pan(STEP), when },
    { id: 'whole', title: 'Show entire session', keys: 'Alt+Home', run: () => showSpan(session, null), when },
    ...more,
  ]);
}
