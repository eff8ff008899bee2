import { LANES, type Lane } from '../../../shared/domain.ts';
import type { Timeline } from '../../../shared/timeline.ts';
import { flag } from '../timeline/moments.ts';
import type { Paint } from '../timeline/paint.ts';

/** What a strip shows of a session. Times in µs since the session began. */
export interface StripView {
  readonly timeline: Timeline;
  readonly from: number;
  readonly to: number;
  /** When the session ended; null while it goes on. */
  readonly ended: number | null;
  /** Since when a message has been unread that no record reports yet; null if none is. */
  readonly unreadSince: Readonly<Record<Lane, number | null>>;
}

/** CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Fewer messages in a bucket than this don't fill the scale, so that single ones look like what they are. */
const FEW = 2;
/** A slot that held an unread message for more of a bucket than this is shown as waiting. */
const WAITING = 0.5;
const WAITING_HEIGHT = 2;

/** Messages per bucket that fill half of a strip. */
export const scaleOf = ({ s2c, c2s }: Timeline): number => Math.max(FEW, ...s2c.messages, ...c2s.messages);

/**
 * What the server sends as bars up from the middle, what the client sends down from it; unread times at the edges;
 * anomalies, errors and alarms through all of it. `ctx` is scaled to CSS pixels.
 */
export function drawStrip(ctx: CanvasRenderingContext2D, size: Size, view: StripView, paint: Paint): void {
  const { timeline, from, to, ended, unreadSince } = view;
  const x = (mono: number) => ((mono - from) / (to - from)) * size.width;
  const middle = Math.round(size.height / 2);
  ctx.clearRect(0, 0, size.width, size.height);
  const [begin, end] = [Math.max(0, x(0)), Math.min(size.width, x(ended ?? to))];
  ctx.fillStyle = paint.empty;
  ctx.fillRect(begin, middle - 0.5, Math.max(0, end - begin), 1);
  const scale = (middle - WAITING_HEIGHT - 2) / scaleOf(timeline);
  for (const lane of LANES) {
    drawLane(ctx, { lane, middle, scale, height: size.height, x }, timeline, paint);
    const since = unreadSince[lane];
    if (since !== null && ended === null) drawWaiting(ctx, lane, size.height, [Math.max(0, x(since)), end], paint);
  }
  for (const at of momentsOf(timeline)) {
    ctx.fillStyle = paint.bad;
    flag(ctx, x(at), 0, size.height);
  }
}

interface Place {
  readonly lane: Lane;
  readonly middle: number;
  readonly scale: number;
  readonly height: number;
  readonly x: (mono: number) => number;
}

function drawLane(ctx: CanvasRenderingContext2D, place: Place, timeline: Timeline, paint: Paint): void {
  const { lane, middle, scale, height, x } = place;
  const { fromMono, width } = timeline;
  const isUp = lane === 's2c';
  timeline[lane].messages.forEach((messages, i) => {
    const left = x(fromMono + i * width);
    const across = Math.max(1, x(fromMono + (i + 1) * width) - left - 0.5);
    if (messages > 0) {
      const tall = Math.max(1, messages * scale);
      ctx.fillStyle = paint[lane];
      ctx.fillRect(left, isUp ? middle - tall : middle, across, tall);
    }
    if ((timeline[lane].unread[i] ?? 0) > width * WAITING)
      drawWaiting(ctx, lane, height, [left, left + across + 0.5], paint);
  });
}

/** At the lane's edge: a message is unread from one position to the other. */
function drawWaiting(
  ctx: CanvasRenderingContext2D,
  lane: Lane,
  height: number,
  [left, right]: readonly [number, number],
  paint: Paint,
): void {
  ctx.fillStyle = paint.waiting;
  ctx.fillRect(left, lane === 's2c' ? 0 : height - WAITING_HEIGHT, Math.max(0, right - left), WAITING_HEIGHT);
}

/** The middles of the buckets in which something went wrong. */
function momentsOf({ fromMono, width, anomalies, errors, alarms }: Timeline): number[] {
  return anomalies.flatMap((count, i) =>
    count + (errors[i] ?? 0) + (alarms[i] ?? 0) > 0 ? [fromMono + (i + 0.5) * width] : [],
  );
}
