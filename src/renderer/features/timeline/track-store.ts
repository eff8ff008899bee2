import * as v from 'valibot';
import { preference } from '../../host/storage/preference.ts';
import { trackOf } from './tracks/tracks.ts';

/** px. */
export const LEAST_HEIGHT = 14;
export const MOST_HEIGHT = 400;

/** A track as the user has it; `height` in px, null: its default. */
export interface Shown {
  readonly id: string;
  readonly height: number | null;
}

const MEASURES = ['rate', 'bytes', 'fill'] as const;
/** The one track that could be chosen in earlier versions. */
const earlier = preference<(typeof MEASURES)[number]>('timeline.measure', v.picklist(MEASURES), 'rate');
const usual = (): readonly Shown[] => [earlier.getState(), 'slots'].map((id) => ({ id, height: null }));

const shownSchema = v.object({
  id: v.string(),
  height: v.nullable(v.pipe(v.number(), v.minValue(LEAST_HEIGHT), v.maxValue(MOST_HEIGHT))),
});

/** Each once, and only those that this version has. */
const known = (tracks: Shown[]) =>
  tracks.filter(({ id }, i) => trackOf(id) && tracks.findIndex((each) => each.id === id) === i);

/** The tracks of every session's timeline, from the top. */
export const useTracks = preference<readonly Shown[]>(
  'timeline.tracks',
  v.pipe(v.array(shownSchema), v.maxLength(100), v.transform(known)),
  usual(),
);

/** A new one is added at the end. */
export function toggleTrack(id: string): void {
  const tracks = useTracks.getState();
  const without = tracks.filter((track) => track.id !== id);
  useTracks.setState(without.length < tracks.length ? without : [...tracks, { id, height: null }], true);
}

/** Shows a track, at the end if it wasn't shown. */
export function addTrack(id: string): void {
  if (!useTracks.getState().some((track) => track.id === id)) toggleTrack(id);
}

/** Moves a track up or down by one. */
export function moveTrack(id: string, step: 1 | -1): void {
  const tracks = useTracks.getState();
  const at = tracks.findIndex((track) => track.id === id);
  const [track, other] = [tracks[at], tracks[at + step]];
  if (!track || !other) return;
  useTracks.setState(tracks.with(at, other).with(at + step, track), true);
}

export function resizeTrack(id: string, height: number | null): void {
  const bounded = height && Math.round(Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, height)));
  useTracks.setState(
    useTracks.getState().map((track) => (track.id === id ? { id, height: bounded } : track)),
    true,
  );
}

export const resetTracks = (): void => useTracks.setState(usual(), true);
