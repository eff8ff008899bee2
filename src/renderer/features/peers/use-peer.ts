import { useShallow } from 'zustand/react/shallow';
import type { PeerSnapshot } from '../../../shared/peers.ts';
import { useHost, usePeer } from '../../host/host-store.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { doesWords, type PeerFacts } from './peer-words.ts';
import { savedNameOf, useSavedPeers } from './saved-peers.ts';

/** A peer without the count of its lines, which changes all the time. */
export const usePeerFacts = (id: number): PeerFacts | undefined => usePeer(id, factsOf);
const factsOf = ({ lines: _, ...facts }: PeerSnapshot): PeerFacts => facts;

/** The name under which the user saved it, or what it does. */
export function usePeerName(id: number): string {
  const start = usePeerFacts(id)?.start;
  const saved = useSavedPeers((all) => start && savedNameOf(all, start));
  return saved === undefined ? (start ? doesWords(start) : '') : visibleText(saved);
}

/** Newest first: those that the user started, and those of scenarios and the matrix. */
export const usePeerIds = () => ({ own: useIds(false), tests: useIds(true) });

const useIds = (isOfTest: boolean): readonly number[] =>
  useHost(useShallow(({ peers }) => peers.flatMap((peer) => (peer.isOfTest === isOfTest ? peer.id : [])).reverse()));
