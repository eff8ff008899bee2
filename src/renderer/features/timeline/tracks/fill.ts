import { LANES } from '../../../../shared/domain.ts';
import type { Timeline } from '../../../../shared/timeline.ts';
import type { Span } from '../range.ts';
import { type Bars, barsDrawing, mostInView } from './bars.ts';
import { roundUp, short } from './scale.ts';
import type { Buffers, Track } from './track.ts';

export function fillBars(timeline: Timeline, { capacity, highWater }: Buffers, span: Span): Bars {
  const percent = (bytes: number) => (capacity > 0 ? Math.min(100, (bytes / capacity) * 100) : 0);
  const lines = LANES.map((lane) => percent(highWater[lane]));
  const rows = LANES.map((lane) => timeline[lane].largest.map(percent));
  const top = Math.min(100, roundUp(Math.max(1, ...lines, mostInView(timeline, rows, span)), 10));
  return { rows, lines, top, say: (fill) => `${short(fill)} %` };
}

export const fill: Track = {
  id: 'fill',
  label: 'Fill',
  title: "Each buffer's largest message as a percentage of the buffer; dashed: peak",
  height: 48,
  lowHeight: 36,
  drawing: ({ timeline, buffers }, span) => barsDrawing(timeline, fillBars(timeline, buffers, span)),
};
