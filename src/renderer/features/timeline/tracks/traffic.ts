import { PEAK_MICROS, type Timeline } from '../../../../shared/timeline.ts';
import { formatSize } from '../../../kit/format/bytes.ts';
import type { Span } from '../range.ts';
import { type Bars, barsDrawing, mostInView } from './bars.ts';
import { roundUp, short } from './scale.ts';
import type { Track } from './track.ts';

/** Fewer messages in a bucket than this don't fill the scale, so that single ones look like what they are. */
const FEW = 4;
const LEAST_BYTES = 1024;

type Column = 'messages' | 'bytes';

const perSecond = (timeline: Timeline, column: Column) =>
  timeline.s2c[column].map((n, i) => ((n + (timeline.c2s[column][i] ?? 0)) * 1_000_000) / timeline.width);

/** The peak tenth of a second, which a mean over a longer time would flatten. */
const peaksOf = (timeline: Timeline, column: Column, row: readonly number[]) =>
  row.map((mean, i) => {
    const isFew = column === 'messages' && (timeline.peaks.messages[i] ?? 0) < FEW;
    return isFew ? mean : Math.max(mean, ((timeline.peaks[column][i] ?? 0) * 1_000_000) / PEAK_MICROS);
  });

export function rateBars(timeline: Timeline, span: Span): Bars {
  const rows = [perSecond(timeline, 'messages')];
  const peaks = rows.map((row) => peaksOf(timeline, 'messages', row));
  const top = roundUp(Math.max((FEW * 1_000_000) / timeline.width, mostInView(timeline, peaks, span)), 10);
  return { rows, peaks, lines: [], top, say: (rate) => `${short(rate)}/s` };
}

export function byteBars(timeline: Timeline, span: Span): Bars {
  const rows = [perSecond(timeline, 'bytes')];
  const peaks = rows.map((row) => peaksOf(timeline, 'bytes', row));
  const top = roundUp(Math.max(LEAST_BYTES, mostInView(timeline, peaks, span)), 1024);
  return { rows, peaks, lines: [], top, say: (rate) => `${formatSize(rate)}/s` };
}

export const rate: Track = {
  id: 'rate',
  label: 'Rate',
  title: 'Messages per second, both directions: mean, and the peak tenth of a second',
  height: 48,
  lowHeight: 36,
  drawing: ({ timeline }, span) => barsDrawing(timeline, rateBars(timeline, span)),
};

export const bytes: Track = {
  ...rate,
  id: 'bytes',
  label: 'Bytes',
  title: 'Bytes per second, both directions: mean, and the peak tenth of a second',
  drawing: ({ timeline }, span) => barsDrawing(timeline, byteBars(timeline, span)),
};
