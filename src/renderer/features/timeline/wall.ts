import type { ClockPoint } from '../../../shared/timeline.ts';

/** What is known about the wall clock during a session. */
export interface WallClock {
  /** As in a timeline. */
  readonly clock: readonly ClockPoint[];
  /** When the session began, in µs since 1970. */
  readonly openedAt: number;
}

/** µs by which the wall clock must jump to count as set; less is drift. */
const SET = 1_000_000;

/** What the wall clock showed at `mono`, in µs since 1970. */
export function wallAt({ clock, openedAt }: WallClock, mono: number): number {
  const point = clock.findLast((each) => each.mono <= mono) ?? clock[0] ?? { mono: 0, wall: openedAt };
  return point.wall + Math.round(mono) - point.mono;
}

/** Whether the wall clock was set while the session was recorded, so that it showed some times twice, or never. */
export function wasSet({ clock, openedAt }: WallClock): boolean {
  const zeros = [openedAt, ...clock.map(({ wall, mono }) => wall - mono)];
  return Math.max(...zeros) - Math.min(...zeros) > SET;
}
