import { isLive, type SessionSnapshot } from '../shared/session.ts';

/** ms between two states, at least. */
const STATE_MS = 34;
/** More new records per ms than this are a flood: nobody reads it row by row. */
const FLOOD_RATE = 1.8;
/** ms between two states in a flood; in between, the machine is left to the traffic. */
const FLOOD_MS = 333;

/** Returns, for each state that goes out, how many ms the next one must wait. */
export function pace(): (sessions: readonly SessionSnapshot[]) => number {
  let [reported, reportedAt] = [0, Number.NEGATIVE_INFINITY];
  return (sessions) => {
    const [before, then] = [reported, reportedAt];
    reported = sessions.reduce((sum, session) => sum + (isLive(session) ? session.records : 0), 0);
    reportedAt = performance.now();
    return reported - before > FLOOD_RATE * (reportedAt - then) ? FLOOD_MS : STATE_MS;
  };
}
