import { alarms, anomalies, marks } from './events.ts';
import { fill } from './fill.ts';
import { latency } from './latency.ts';
import { slots } from './slots.ts';
import type { Track } from './track.ts';
import { bytes, rate } from './traffic.ts';

/** All that the timeline can show, in the order in which it is offered. */
export const TRACKS: readonly Track[] = [rate, bytes, fill, slots, latency, anomalies, alarms, marks];

export const trackOf = (id: string): Track | undefined => TRACKS.find((track) => track.id === id);
