import { useRef, useState } from 'react';
import { useApi } from '../../host/api-context.ts';
import { useLogView } from '../../view/view-store.ts';
import { CursorLine } from './CursorLine.tsx';
import { CURSORS, setCursors, spanOf, useCursors } from './cursor-store.ts';
import type { Group } from './groups.ts';
import { pickNearest } from './pick.ts';
import { type PointerGoals, usePointer } from './pointer.ts';
import { type Span, widthOf } from './range.ts';
import { keysOf } from './scope-keys.ts';
import { showCross, showSpan, useTimelineViews } from './timeline-store.ts';
import type { TimelineView } from './use-timelines.ts';
import type { WallClock } from './wall.ts';

interface Props {
  readonly session: number;
  readonly groups: readonly Group[];
  readonly view: TimelineView;
  readonly clock: WallClock;
  readonly width: number;
  readonly zoomBy: (factor: number, at?: number) => void;
}

const HELP =
  'Drag selects a span, Ctrl+drag measures, Shift+drag moves. The wheel zooms, with Shift it moves. Arrows move the crosshair, A and B set the cursors, Enter goes to the record.';

/** The layer over all tracks: handles the pointer and the keys, and shows crosshair, cursors and selections. */
export function Surface({ session, groups, view, clock, width, zoomBy }: Props) {
  const api = useApi();
  const { span } = view;
  const surface = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<Span | null>(null);
  const cursors = useCursors(session);
  const pick = (mono: number, y: number) => void pickNearest(api, session, groupAt(surface.current, groups, y), mono);
  const goals: PointerGoals = {
    hover: showCross,
    click: pick,
    selecting: setDrawn,
    select: (to) => showSpan(session, to),
    measure: (from, to) => setCursors(session, { a: from, b: to }),
    move: (to) => showSpan(session, to),
    zoom: zoomBy,
  };
  const pointer = usePointer(surface, view, width, goals);
  const keys = keysOf(session, view, { pick: (mono) => pick(mono, 0), zoomBy });
  const place = (mono: number) => `${((mono - span.from) / widthOf(span)) * 100}%`;
  const measured = spanOf(cursors);
  return (
    <div
      ref={surface}
      className="scope-surface"
      role="application"
      aria-label="Timeline plot"
      aria-description={HELP}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it has keys of its own, as a canvas that is drawn on
      tabIndex={0}
      onKeyDown={keys}
      {...pointer}
    >
      {measured && <Band span={measured} shown={span} className="scope-measured" />}
      {drawn && <Band span={drawn} shown={span} className="scope-drawn" />}
      <SelectedRecord session={session} shown={span} />
      <Crosshair shown={span} />
      {CURSORS.map((name) => (
        <CursorLine key={name} {...{ session, name, view, clock, place, surface }} />
      ))}
    </div>
  );
}

const shareOf = (mono: number, shown: Span) => Math.min(1, Math.max(0, (mono - shown.from) / widthOf(shown)));

function Band({ span, shown, className }: { span: Span; shown: Span; className: string }) {
  const [from, to] = [shareOf(span.from, shown), shareOf(span.to, shown)];
  if (from === to) return null;
  return <div className={className} style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }} />;
}

function Line({ at, shown, className }: { at: number; shown: Span; className: string }) {
  if (at < shown.from || at > shown.to) return null;
  return <div className={className} style={{ left: `${shareOf(at, shown) * 100}%` }} />;
}

function Crosshair({ shown }: { shown: Span }) {
  const cross = useTimelineViews((state) => state.cross);
  return cross === null ? null : <Line at={cross} shown={shown} className="scope-cross" />;
}

/** Where the record that is selected in the log is. */
function SelectedRecord({ session, shown }: { session: number; shown: Span }) {
  const { row } = useLogView(session);
  return row === null ? null : <Line at={row.mono} shown={shown} className="scope-selected" />;
}

/** Whose tracks are at a vertical position in the window. */
function groupAt(surface: HTMLElement | null, groups: readonly Group[], y: number): Group | undefined {
  const sections = [...(surface?.parentElement?.querySelectorAll<HTMLElement>('[data-session]') ?? [])];
  const under = sections.find((section) => {
    const { top, bottom } = section.getBoundingClientRect();
    return y >= top && y < bottom;
  });
  return groups.find((group) => String(group.session) === under?.dataset.session) ?? groups[0];
}
