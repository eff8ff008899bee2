import { perCounter } from '../../../shared/record-kind.ts';
import type { Timeline, TimelineLane } from '../../../shared/timeline.ts';

/** Two buckets in which nothing happened, except for `part`. */
export const laneOf = (part: Partial<TimelineLane> = {}): TimelineLane => ({
  messages: [0, 0],
  bytes: [0, 0],
  largest: [0, 0],
  unread: [0, 0],
  ...part,
});

export const timelineOf = (part: Partial<Timeline> = {}): Timeline => ({
  fromMono: 0,
  width: 100_000,
  s2c: laneOf(),
  c2s: laneOf(),
  peaks: { messages: [0, 0], bytes: [0, 0] },
  replies: null,
  ...perCounter(() => [0, 0]),
  firstSeq: [-1, -1],
  lastMono: 0,
  clock: [],
  ...part,
});
