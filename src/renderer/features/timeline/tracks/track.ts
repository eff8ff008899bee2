import type { Lane } from '../../../../shared/domain.ts';
import type { Mark } from '../../../../shared/marks.ts';
import type { Timeline } from '../../../../shared/timeline.ts';
import type { Paint } from '../paint.ts';
import type { Span } from '../range.ts';
import type { FieldSlice } from './field-slice.ts';

/** Both buffers' size and the most that each has held so far, in bytes. */
export interface Buffers {
  readonly capacity: number;
  readonly highWater: Readonly<Record<Lane, number>>;
}

/** What tracks are drawn from; all times in µs since the session began. */
export interface TrackData {
  readonly timeline: Timeline;
  readonly buffers: Buffers;
  readonly marks: readonly Mark[];
  /** Of a field's track; undefined until known. */
  readonly field: FieldSlice | undefined;
}

/** Where a track is drawn, in CSS pixels. */
export interface Plane {
  readonly ctx: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  readonly x: (mono: number) => number;
  readonly paint: Paint;
}

/** A tick of a track's own axis. */
export interface AxisMark {
  /** Its position on the scale, from 0 to 1; for a band its middle, as a share of the whole height. */
  readonly at: number;
  readonly isBand?: true;
  readonly text: string;
}

/** A track over one span of time: created again if either changes. */
export interface Drawing {
  readonly marks: readonly AxisMark[];
  readonly draw: (plane: Plane) => void;
  /** What there is at a moment, in a few words; empty if there is nothing to say. */
  readonly at: (mono: number) => string;
  /** The minimum, maximum and mean within a span, or what was counted there. */
  readonly over: (span: Span) => string;
}

/** One line of the timeline: what it shows, and how that is drawn. */
export interface Track {
  readonly id: string;
  readonly label: string;
  /** What it shows, as a sentence. */
  readonly title: string;
  /** px until the user says otherwise; in a low window, `lowHeight`. */
  readonly height: number;
  readonly lowHeight: number;
  readonly drawing: (data: TrackData, span: Span) => Drawing;
}
