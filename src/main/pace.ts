import type { SessionSnapshot } from '../shared/session.ts';

/** States go out at most this often. */
const STATE_MS = 34;
/** More new records than this between two states is a flood: nobody reads it row by row. */
const FLOOD = 60;
/** ms between two states in a flood; in between the machine is left to the traffic. */
const FLOOD_MS = 250;

/** Answers, for each state that goes out, how many ms the next one has to wait. */
export function pace(): (sessions: readonly SessionSnapshot[]) => number {
  let told = 0;
  return (sessions) => {
    const records = sessions.reduce((sum, session) => sum + session.records, 0);
    const isFlood = records - told > FLOOD;
    told = records;
    return isFlood ? FLOOD_MS : STATE_MS;
  };
}
