import { alarms, anomalies, marks } from './events.ts';
import { fieldOfId, fieldTrack } from './field.ts';
import { fill } from './fill.ts';
import { latency } from './latency.ts';
import { slots } from './slots.ts';
import type { Track } from './track.ts';
import { bytes, rate } from './traffic.ts';

/** Everything that the timeline can show besides fields, in the order of the menu. */
export const TRACKS: readonly Track[] = [rate, bytes, fill, slots, latency, anomalies, alarms, marks];

/** One from the list, or a field's. */
export function trackOf(id: string): Track | undefined {
  const field = fieldOfId(id);
  return field ? fieldTrack(field) : TRACKS.find((track) => track.id === id);
}
