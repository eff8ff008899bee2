import { LANES, type Lane } from '../../../../shared/domain.ts';
import type { Extents, Timeline } from '../../../../shared/timeline.ts';
import { formatLatency, formatSpan } from '../../../kit/format/time.ts';
import type { Span } from '../range.ts';
import { bucketAt, bucketsOf } from './buckets.ts';
import { drawLine, type Line, rangeOf } from './lines.ts';
import { drawGrid, marksTo, roundUp } from './scale.ts';
import type { Drawing, Track } from './track.ts';

/** Who replied, by the lane of the reply. */
const WHOSE: Readonly<Record<Lane, string>> = { s2c: 'server', c2s: 'client' };
const LEAST_TOP = 100;

const NONE: Extents = { least: [], mean: [], most: [] };
const known = (values: readonly number[]) => values.map((value) => (value < 0 ? Number.NaN : value));
const lineOf = ({ least, mean, most }: Extents): Line => ({
  least: known(least),
  mean: known(mean),
  most: known(most),
});

function latencyDrawing(timeline: Timeline, span: Span): Drawing {
  const lines = LANES.map((lane) => lineOf(timeline.replies?.[lane] ?? NONE));
  const top = roundUp(Math.max(LEAST_TOP, rangeOf(timeline, lines, span)?.high ?? 0), 10);
  const marks = marksTo(top, formatSpan);
  const named = (words: (line: Line) => string | null) =>
    LANES.flatMap((lane, i) => {
      const said = words(lines[i] as Line);
      return said === null ? [] : [`${WHOSE[lane]} ${said}`];
    }).join(' · ');
  return {
    marks,
    draw: (plane) => {
      drawGrid(plane, marks);
      for (const [i, lane] of LANES.entries())
        drawLine(plane, timeline, lines[i] as Line, (micros) => micros / top, plane.paint[`${lane}Line`]);
    },
    at: (mono) => named((line) => extentAt(line, bucketAt(timeline, mono))),
    over: (part) => named((line) => extentWithin(timeline, line, part)) || 'no replies',
  };
}

/** "1.2 ms", or "1.0 ms to 1.4 ms" if there were several. */
function extentAt({ least, most }: Line, bucket: number): string | null {
  const [from, to] = [least[bucket], most[bucket]];
  if (from === undefined || to === undefined || Number.isNaN(from)) return null;
  return rangeWords(from, to);
}

function extentWithin(timeline: Timeline, line: Line, span: Span): string | null {
  const range = rangeOf(timeline, [line], span);
  if (!range) return null;
  const means = line.mean.slice(...bucketsOf(timeline, span)).filter((value) => !Number.isNaN(value));
  const mean = means.reduce((sum, value) => sum + value, 0) / means.length;
  return `${rangeWords(range.low, range.high)}, mean ${formatSpan(mean)}`;
}

const rangeWords = (from: number, to: number) => {
  const [low, high] = [formatLatency(from), formatLatency(to)];
  return low === high ? low : `${low} to ${high}`;
};

export const latency: Track = {
  id: 'latency',
  label: 'Latency',
  title: 'Time from a message to the reply in the other direction: shortest, mean and longest',
  height: 48,
  lowHeight: 36,
  drawing: ({ timeline }, span) => latencyDrawing(timeline, span),
};
