import { LANES } from '../../../../shared/domain.ts';
import { LANE_VIEW_WORDS } from '../../../../shared/session-kind.ts';
import type { Timeline, TimelineLane } from '../../../../shared/timeline.ts';
import { formatSpan } from '../../../kit/format/time.ts';
import { bucketAt, partOf, total } from './buckets.ts';
import type { Plane, Track } from './track.ts';

/** px of a lane, and the space around it, at the track's usual height. */
const LANE = 7;
const GAP = 4;
const HEIGHT = 2 * (LANE + GAP) + GAP;
/** A slot that held an unread message for more of a bucket than this is shown as waiting. */
const WAITING = 0.5;

/** Waiting stands out by its height too, not only by its colour. */
function drawLane(plane: Plane, { fromMono, width }: Timeline, lane: TimelineLane, top: number, tall: number): void {
  const { ctx, x, paint } = plane;
  const inset = Math.max(2, tall / 4);
  ctx.fillStyle = paint.empty;
  ctx.fillRect(0, top + inset, plane.width, tall - 2 * inset);
  lane.unread.forEach((unread, i) => {
    if (!lane.messages[i] && !unread) return;
    const left = Math.max(0, x(fromMono + i * width));
    const right = Math.min(plane.width, x(fromMono + (i + 1) * width));
    if (right < 0 || left > plane.width) return;
    const waiting = unread > width * WAITING;
    ctx.fillStyle = waiting ? paint.waiting : paint.read;
    ctx.fillRect(left, top + (waiting ? 0 : 1), Math.max(1, right - left), tall - (waiting ? 0 : 2));
  });
}

/** "S→C unread 120 ms": how long a message was unread in each slot. */
const unreadWords = (unread: (lane: TimelineLane) => number, timeline: Timeline): string =>
  LANES.flatMap((lane) => {
    const micros = unread(timeline[lane]);
    return micros > 0 ? [`${LANE_VIEW_WORDS[lane]} unread ${formatSpan(micros)}`] : [];
  }).join(' · ');

export const slots: Track = {
  id: 'slots',
  label: 'Slots',
  title: 'Both slots: unread, read or empty',
  height: HEIGHT,
  lowHeight: HEIGHT,
  drawing: ({ timeline }) => ({
    marks: LANES.map((lane, i) => ({
      at: 1 - (GAP + i * (LANE + GAP) + LANE / 2) / HEIGHT,
      isBand: true as const,
      text: LANE_VIEW_WORDS[lane],
    })),
    draw: (plane) => {
      const scale = plane.height / HEIGHT;
      for (const [i, lane] of LANES.entries())
        drawLane(plane, timeline, timeline[lane], scale * (GAP + i * (LANE + GAP)), scale * LANE);
    },
    at: (mono) => unreadWords(({ unread }) => unread[bucketAt(timeline, mono)] ?? 0, timeline),
    over: (span) => unreadWords(({ unread }) => total(partOf(timeline, unread, span)), timeline) || 'never unread',
  }),
};
