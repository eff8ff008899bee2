import { type Command, inGroup } from '../../kit/commands/registry.ts';
import { cursorsOf, removeCursors, setCursors } from './cursor-store.ts';
import { moved, widthOf, zoomed } from './range.ts';
import { rollOn } from './scope-keys.ts';
import { showSpan } from './timeline-store.ts';
import { toggleTriggerLine } from './trigger/trigger-store.ts';
import type { TimelineView } from './use-timelines.ts';

/** Share of the span's width that a step moves it by. */
const STEP = 0.25;

/** What the pane can do with its span. */
interface PaneActions {
  readonly filter: () => void;
  readonly canFilter: () => boolean;
  readonly first: () => void;
  readonly figures: () => void;
  readonly sweeps: () => void;
}

/** Zooming, moving and measuring by keyboard; `zoomBy` is around a moment, or the middle. */
export function scopeCommands(session: number, view: TimelineView | null, isZoomed: boolean, pane: PaneActions) {
  const zoomBy = (factor: number, at?: number) => {
    if (!view) return;
    const { span, whole } = view;
    showSpan(session, zoomed(span, whole, at ?? (span.from + span.to) / 2, factor));
  };
  const pan = (share: number) => view && showSpan(session, moved(view.span, view.whole, share));
  const when = () => isZoomed;
  const { filter, canFilter, first, figures, sweeps } = pane;
  const list: readonly Command[] = inGroup('Timeline', [
    { id: 'zoom-in', title: 'Zoom in', keys: 'Alt+PageUp', run: () => zoomBy(0.5) },
    { id: 'zoom-out', title: 'Zoom out', keys: 'Alt+PageDown', run: () => zoomBy(2), when },
    { id: 'pan-back', title: 'Earlier', keys: 'Alt+Left', run: () => pan(-STEP), when },
    { id: 'pan-on', title: 'Later', keys: 'Alt+Right', run: () => pan(STEP), when },
    { id: 'whole', title: 'Show entire session', keys: 'Alt+Home', run: () => showSpan(session, null), when },
    {
      ...{ id: 'newest', title: 'Follow the newest', keys: 'Alt+End', when },
      run: () => view && rollOn(session, view),
    },
    { id: 'cursors', title: 'Toggle cursors', keys: 'Alt+K', run: () => toggleCursors(session, view) },
    { id: 'sweeps', title: 'Overlay sweeps…', keys: 'Alt+V', run: sweeps, when: () => view !== null },
    { id: 'trigger', title: 'Toggle trigger', keys: 'Alt+J', run: () => toggleTriggerLine(session) },
    { id: 'filter-span', title: 'Filter the log by this span', run: filter, when: canFilter },
    { id: 'span-record', title: 'Go to the first record of the span', keys: 'Alt+Enter', run: first },
    { ...{ id: 'figures', title: 'Statistics for this span', keys: 'Alt+G' }, run: figures, when: () => view !== null },
  ]);
  return { list, zoomBy };
}

/** Sets both at a third from either side of what is shown; if one is set, removes both. */
export function toggleCursors(session: number, view: TimelineView | null): void {
  const { a, b } = cursorsOf(session);
  if (a !== null || b !== null) removeCursors(session);
  else if (view) placeCursors(session, view);
}

function placeCursors(session: number, view: TimelineView): void {
  const { from } = view.span;
  const third = widthOf(view.span) / 3;
  setCursors(session, { a: Math.round(from + third), b: Math.round(from + 2 * third) });
}
