import type { Counter } from '../../../../shared/record-kind.ts';
import type { Timeline } from '../../../../shared/timeline.ts';
import { formatInteger, plural } from '../../../kit/format/bytes.ts';
import { visibleText } from '../../../kit/format/visible.ts';
import type { Paint } from '../paint.ts';
import type { Span } from '../range.ts';
import { bucketAt, partOf, total } from './buckets.ts';
import type { Drawing, Plane, Track, TrackData } from './track.ts';

/** What is counted at moments, with its words and colour. */
interface Counted {
  readonly counter: Counter;
  readonly one: string;
  readonly many: string;
  readonly colour: (paint: Paint) => string;
}

const ANOMALIES: readonly Counted[] = [
  { counter: 'anomalies', one: 'anomaly', many: 'anomalies', colour: ({ bad }) => bad },
  { counter: 'errors', one: 'error', many: 'errors', colour: ({ bad }) => bad },
  { counter: 'missed', one: 'missed', many: 'missed', colour: ({ timeout }) => timeout },
  { counter: 'timeouts', one: 'timeout', many: 'timeouts', colour: ({ timeout }) => timeout },
];
const ALARMS: readonly Counted[] = [{ counter: 'alarms', one: 'alarm', many: 'alarms', colour: ({ bad }) => bad }];

const HEIGHT = 18;
/** The minimum and maximum width of a pin, in px. */
const PIN = { least: 2, most: 6 };

function countedDrawing(timeline: Timeline, counted: readonly Counted[]): Drawing {
  const words = (count: (column: readonly number[]) => number) =>
    counted
      .flatMap(({ counter, one, many }) => {
        const n = count(timeline[counter]);
        return n > 0 ? [plural(n, one, many)] : [];
      })
      .join(' · ');
  return {
    marks: [],
    draw: (plane) => {
      // The worst is drawn on top.
      for (const { counter, colour } of counted.toReversed())
        drawPins(plane, timeline, timeline[counter], colour(plane.paint));
    },
    at: (mono) => words((column) => column[bucketAt(timeline, mono)] ?? 0),
    over: (span) => words((column) => total(partOf(timeline, column, span))) || 'none',
  };
}

/** Where something happened; wider if it happened more often. */
function drawPins(plane: Plane, { fromMono, width }: Timeline, counts: readonly number[], colour: string): void {
  const { ctx, height, x } = plane;
  ctx.fillStyle = colour;
  counts.forEach((count, i) => {
    if (count === 0) return;
    const at = x(fromMono + (i + 0.5) * width);
    const wide = Math.min(PIN.most, PIN.least + Math.log2(count));
    if (at >= -wide && at <= plane.width + wide) ctx.fillRect(at - wide / 2, 3, wide, height - 6);
  });
}

export const anomalies: Track = {
  id: 'anomalies',
  label: 'Anomalies',
  title: 'Anomalies, errors, missed messages and timeouts; wider where there are more',
  height: HEIGHT,
  lowHeight: HEIGHT,
  drawing: ({ timeline }) => countedDrawing(timeline, ANOMALIES),
};

export const alarms: Track = {
  id: 'alarms',
  label: 'Alarms',
  title: 'Where alarms fired',
  height: HEIGHT,
  lowHeight: HEIGHT,
  drawing: ({ timeline }) => countedDrawing(timeline, ALARMS),
};

/** Half the width of a mark's flag, in px. */
const FLAG = 4;

function marksDrawing({ marks, timeline }: TrackData): Drawing {
  const placed = marks.flatMap(({ mono, mark, note }) =>
    mono === null ? [] : [{ mono, text: visibleText(mark || note?.split('\n', 1)[0] || 'mark') }],
  );
  const within = ({ from, to }: Span) => placed.filter(({ mono }) => mono >= from && mono < to);
  return {
    marks: [],
    draw: ({ ctx, height, x, paint }) => {
      ctx.fillStyle = paint.mark;
      for (const { mono } of placed) {
        const at = x(mono);
        ctx.fillRect(at - 0.5, 2, 1, height - 4);
        ctx.fillRect(at, 2, 2 * FLAG, FLAG + 2);
      }
    },
    at: (mono) => {
      const from = timeline.fromMono + bucketAt(timeline, mono) * timeline.width;
      return within({ from, to: from + timeline.width })
        .map(({ text }) => text)
        .join(' · ');
    },
    over: (span) => {
      const count = within(span).length;
      return count === 0 ? 'none' : `${formatInteger(count)} of ${plural(placed.length, 'mark')}`;
    },
  };
}

export const marks: Track = {
  id: 'marks',
  label: 'Marks',
  title: 'Records with a mark or a note',
  height: HEIGHT,
  lowHeight: HEIGHT,
  drawing: marksDrawing,
};
