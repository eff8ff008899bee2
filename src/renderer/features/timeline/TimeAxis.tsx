import { type PointerEvent, useRef } from 'react';
import { formatClock } from '../../kit/format/time.ts';
import { useLogViews, zoneOf } from '../../view/view-store.ts';
import { axisMarks } from './axis.ts';
import { moved, type Span, widthOf } from './range.ts';
import { showSpan, useTimelineViews } from './timeline-store.ts';
import type { TimelineView } from './use-timelines.ts';
import { type WallClock, wallAt } from './wall.ts';
import { clockMarks } from './words.ts';

/** px that a tick takes, with room around it. */
const MARK = 96;

interface Props {
  readonly session: number;
  readonly view: TimelineView;
  readonly clock: WallClock;
  /** px. */
  readonly width: number;
}

/** The time that all tracks share, by the wall clock; dragging it moves the span. */
export function TimeAxis({ session, view: { span, whole }, clock, width }: Props) {
  const zone = useLogViews(zoneOf);
  const began = useRef<{ readonly x: number; readonly span: Span } | null>(null);
  const offset = wallAt(clock, span.from) - span.from;
  const most = Math.max(1, Math.floor(width / MARK));
  const shareOf = (mono: number) => (mono - span.from) / widthOf(span);
  // Centred labels would be cut off at an edge.
  const isWhole = (mono: number) => Math.abs(shareOf(mono) - 0.5) <= 0.5 - 30 / Math.max(60, width);
  const marks = axisMarks(span.from, span.to, offset, most).filter(isWhole);
  const words = clockMarks(marks, (mono) => wallAt(clock, mono), zone);
  const drag = (event: PointerEvent<HTMLElement>) => {
    if (!began.current || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    showSpan(session, moved(began.current.span, whole, (began.current.x - event.clientX) / width));
  };
  return (
    <div className="time-axis number" aria-hidden="true">
      <div
        className="time-marks"
        title="Drag to move through time"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          began.current = { x: event.clientX, span };
        }}
        onPointerMove={drag}
      >
        {marks.map((mark, i) => (
          <span key={mark} style={{ left: `${shareOf(mark) * 100}%` }}>
            {words[i]}
          </span>
        ))}
        <CrossTime clock={clock} share={shareOf} />
      </div>
    </div>
  );
}

function CrossTime({ clock, share }: { clock: WallClock; share: (mono: number) => number }) {
  const zone = useLogViews(zoneOf);
  const cross = useTimelineViews((state) => state.cross);
  if (cross === null || share(cross) < 0 || share(cross) > 1) return null;
  return (
    <span className="cross-time" style={{ left: `clamp(42px, ${share(cross) * 100}%, calc(100% - 42px))` }}>
      {formatClock(wallAt(clock, cross), zone)}
    </span>
  );
}
