import { createHash } from 'node:crypto';
import { CreateEventExW, EVENT_QUERY_STATE } from './bindings.ts';
import { handlesOf } from './object-information.ts';

const PREFIX = /^(Local|Global)\\/;
/** Looks at counts that change meanwhile. */
const MOST_LOOKS = 4;

/**
 * Every handle keeps a section alive, a tap's too, and two taps of one section would take each other for a peer
 * forever. So each also holds this event, which is named after the section and used for nothing else: it has as many
 * handles as there are taps. 0 if it can't be opened (it belongs to another user): then only our own tap is known.
 */
export function openMarker(section: string): number {
  const scope = section.startsWith('Global\\') ? 'Global' : 'Local';
  const digest = createHash('sha256').update(section.replace(PREFIX, '')).digest('hex').slice(0, 32);
  return CreateEventExW(null, `${scope}\\Shmscope onlookers ${digest}`, 0, EVENT_QUERY_STATE);
}

/** Whether `section` has more handles than taps. An unknown count is taken for yes. */
export function hasPeers(section: number, marker: number): boolean {
  let onlookers = countOf(marker);
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const holders = handlesOf(section) ?? Number.POSITIVE_INFINITY;
    const again = countOf(marker);
    // A tap that came or went in between would count as a peer, or hide one.
    if (again === onlookers) return holders > onlookers;
    onlookers = again;
  }
  return true;
}

const countOf = (marker: number): number => (marker === 0 ? 1 : (handlesOf(marker) ?? 1));
