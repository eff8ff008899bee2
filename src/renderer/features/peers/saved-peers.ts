import type * as v from 'valibot';
import { type StartPeer, savedPeersSchema } from '../../../shared/peers.ts';
import { preference } from '../../host/storage/preference.ts';

export type SavedPeer = v.InferOutput<typeof savedPeersSchema>[number];

export const useSavedPeers = preference<readonly SavedPeer[]>('peers', savedPeersSchema, []);

const order = new Intl.Collator(undefined, { numeric: true });

/** Saves it under its name; `before` is its previous name, if it is changed. */
export function savePeer(peer: SavedPeer, before: string | null): void {
  const others = useSavedPeers.getState().filter(({ name }) => name !== peer.name && name !== before);
  useSavedPeers.setState(
    [...others, peer].sort((a, b) => order.compare(a.name, b.name)),
    true,
  );
}

/** Removes the entry; calling the returned function restores it. */
export function forgetPeer(name: string): () => void {
  const gone = useSavedPeers.getState().find((peer) => peer.name === name);
  useSavedPeers.setState(
    useSavedPeers.getState().filter((peer) => peer !== gone),
    true,
  );
  return () => {
    if (gone) savePeer(gone, null);
  };
}

/** A name like `name` that no entry has. */
export function freeName(name: string): string {
  const taken = new Set(useSavedPeers.getState().map((peer) => peer.name));
  const base = name.replace(/ \(\d+\)$/, '');
  for (let n = 2; ; n++) if (!taken.has(`${base} (${n})`)) return `${base} (${n})`;
}

/** The name of the entry that is started so; undefined if there is none. */
export function savedNameOf(saved: readonly SavedPeer[], start: StartPeer): string | undefined {
  const text = JSON.stringify(start);
  return saved.find((peer) => JSON.stringify(peer.start) === text)?.name;
}

/** Why an entry can't have that name; undefined if it can. */
export const peerNameProblem = (name: string): string | undefined =>
  name.length > MAX_NAME ? `A name can have at most ${MAX_NAME} characters.` : undefined;
const MAX_NAME = 200;
