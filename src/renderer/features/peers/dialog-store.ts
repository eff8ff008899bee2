import { create } from 'zustand';
import type { StartPeer } from '../../../shared/peers.ts';
import type { Names } from '../new-session/form.ts';
import { emptyPeerForm, formOf, type PeerForm } from './peer-form.ts';
import { freeName, type SavedPeer } from './saved-peers.ts';

export interface AskedPeer {
  readonly form: PeerForm;
  /** The content of the name field. */
  readonly name: string;
  /** The entry being changed; null: something is started. */
  readonly edits: string | null;
}

/** What the dialog was opened for; null while it is closed. */
export const usePeerDialog = create<{ readonly asked: AskedPeer | null }>(() => ({ asked: null }));

export const closePeerDialog = (): void => usePeerDialog.setState({ asked: null });

const ask = (asked: AskedPeer): void => usePeerDialog.setState({ asked });

/** To start something: on that channel, or on a new one. */
export const newPeer = (names: Names = uniqueNames(), change: Partial<PeerForm> = {}): void =>
  ask({ form: { ...emptyPeerForm(names), ...change }, name: '', edits: null });

/** To start the same again, or something similar. */
export const peerLike = (start: StartPeer): void => ask({ form: formOf(start, uniqueNames()), name: '', edits: null });

export const editPeer = ({ name, start }: SavedPeer): void =>
  ask({ form: formOf(start, uniqueNames()), name, edits: name });

export const duplicatePeer = ({ name, start }: SavedPeer): void =>
  ask({ form: formOf(start, uniqueNames()), name: freeName(name), edits: null });

/** Names that no other channel of this machine has. */
export function uniqueNames(): Names {
  const section = `Local\\Lab-${crypto.getRandomValues(new Uint32Array(1))[0]?.toString(36).slice(0, 5)}`;
  return { section, eventS2c: `${section}-S2C`, eventC2s: `${section}-C2S` };
}
