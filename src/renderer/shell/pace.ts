import type { StateEvent } from '../../shared/api.ts';

/** More new records than this between two events is a flood: nobody reads it row by row. */
const FLOOD = 60;
/** ms between two looks at a flood; in between the machine is left to the traffic. */
const FLOOD_GAP_MS = 200;

export interface Clock {
  readonly now: () => number;
  readonly later: (step: () => void, ms: number) => void;
}

const records = (event: StateEvent): number => event.sessions.reduce((sum, session) => sum + session.records, 0);

/** Passes events on as they come; in a flood the newest five times a second, the last one always. */
export function paced(apply: (event: StateEvent) => void, clock: Clock): (event: StateEvent) => void {
  let shown = 0;
  let next = Number.NEGATIVE_INFINITY;
  let held: StateEvent | undefined;

  const pass = (event: StateEvent) => {
    const count = records(event);
    next = clock.now() + (count - shown > FLOOD ? FLOOD_GAP_MS : 0);
    shown = count;
    apply(event);
  };
  return (event) => {
    const wait = next - clock.now();
    if (!held && wait <= 0) return pass(event);
    if (!held) {
      clock.later(() => {
        const latest = held;
        held = undefined;
        if (latest) pass(latest);
      }, wait);
    }
    held = event;
  };
}
