import { type CSSProperties, useEffect, useMemo, useRef } from 'react';
import { visibleText } from '../../kit/format/visible.ts';
import { spanOf, useCursors } from './cursor-store.ts';
import type { Group } from './groups.ts';
import type { Paint } from './paint.ts';
import type { Span } from './range.ts';
import { TrackHead } from './TrackHead.tsx';
import { useTimelineViews } from './timeline-store.ts';
import type { Drawing, Plane, Track, TrackData } from './tracks/track.ts';

/** What all tracks of a group are drawn on. */
export interface Stage {
  /** Whose time `span` is. */
  readonly own: number;
  readonly group: Group;
  /** What is shown, on the timeline's own time. */
  readonly span: Span;
  /** px. */
  readonly width: number;
  readonly paint: Paint | null;
}

interface Props {
  readonly stage: Stage;
  readonly track: Track;
  readonly data: TrackData;
  readonly height: number;
  /** The timeline's own session, on which the user orders and sizes tracks; those of other sessions follow. */
  readonly isOwn: boolean;
}

/** A track with its header, its axis, and its description in words. */
export function TrackRow({ stage, track, data, height, isOwn }: Props) {
  const { group, span } = stage;
  const { timeline, buffers, marks, field } = data;
  // Changes outside the track don't redraw it.
  const drawing = useMemo(() => {
    const own = { from: span.from - group.offset, to: span.to - group.offset };
    return track.drawing({ timeline, buffers, marks, field }, own);
  }, [track, timeline, buffers, marks, field, group, span]);
  const shown = useMemo(
    () => drawing.over({ from: span.from - group.offset, to: span.to - group.offset }),
    [drawing, group, span],
  );
  return (
    <li className="track" style={{ height }}>
      <TrackHead track={track} height={height} marks={drawing.marks} isOwn={isOwn} />
      <TrackCanvas stage={stage} height={height} draw={drawing.draw} label={`${track.label}: ${shown || 'nothing'}`} />
      <Reading stage={stage} drawing={drawing} shown={shown} />
    </li>
  );
}

interface CanvasProps {
  readonly stage: Stage;
  readonly height: number;
  readonly draw: (plane: Plane) => void;
  readonly label: string;
}

/** `draw` gets a plane of CSS pixels, on the time of the stage's session. */
export function TrackCanvas({ stage, height, draw, label }: CanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { group, span, width, paint } = stage;
  useEffect(() => {
    const element = canvas.current;
    const ctx = element?.getContext('2d');
    if (!element || !ctx || !paint || width <= 0) return;
    const ratio = devicePixelRatio;
    const [wide, tall] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (element.width !== wide || element.height !== tall) Object.assign(element, { width: wide, height: tall });
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, width, height);
    const scale = width / (span.to - span.from);
    draw({ ctx, width, height, paint, x: (mono) => (mono + group.offset - span.from) * scale });
  }, [group, span, width, height, paint, draw]);
  return (
    <canvas ref={canvas} className="track-canvas" role="img" aria-label={visibleText(label)} style={{ width, height }}>
      {null}
    </canvas>
  );
}

interface ReadingProps {
  readonly stage: Stage;
  readonly drawing: Drawing;
  /** Of everything shown. */
  readonly shown: string;
}

/** The value under the crosshair; without one, what lies between the cursors; without those, what is shown. */
function Reading({ stage: { own, group, span }, drawing, shown }: ReadingProps) {
  const cross = useTimelineViews((state) => state.cross);
  const between = spanOf(useCursors(own));
  const within = () =>
    between ? drawing.over({ from: between.from - group.offset, to: between.to - group.offset }) : shown;
  const said = cross === null ? within() : drawing.at(cross - group.offset);
  if (said === '') return null;
  return (
    <span className="track-reading number foreign" style={placeOf(cross, span)} aria-hidden="true">
      {said}
    </span>
  );
}

/** Beside the crosshair, on the side with more room; else at the right edge. */
function placeOf(cross: number | null, { from, to }: Span): CSSProperties {
  if (cross === null) return { right: 4 };
  const share = Math.min(1, Math.max(0, (cross - from) / (to - from)));
  const across = '(100% - var(--head))';
  return share > 0.5
    ? { right: `calc(${across} * ${1 - share} + 4px)` }
    : { left: `calc(var(--head) + ${across} * ${share} + 4px)` };
}
