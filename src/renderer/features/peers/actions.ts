import type { Api } from '../../../shared/api.ts';
import type { PeerSnapshot, StartPeer } from '../../../shared/peers.ts';
import { useHost } from '../../host/host-store.ts';
import { notify, orNotify } from '../../host/notices-store.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { closeSubject, showInLab, useLab } from '../../view/lab-store.ts';
import { useFound } from '../discovery/discovery-store.ts';
import type { Names } from '../new-session/form.ts';
import { newSession } from '../new-session/store.ts';

/** Starts it at once, and shows its output. */
export async function startPeer(api: Api, start: StartPeer, name: string): Promise<void> {
  const result = await api.startPeer(start);
  if (result.ok) showInLab({ of: 'peer', id: result.value.id });
  else notify(`Couldn't start ${visibleText(name)}`, result.failure);
}

type Change = 'stopPeer' | 'killPeer' | 'suspendPeer' | 'resumePeer';
const VERBS: Readonly<Record<Change, string>> = {
  stopPeer: 'stop',
  killPeer: 'kill',
  suspendPeer: 'suspend',
  resumePeer: 'resume',
};

export const changePeer = (api: Api, change: Change, { id, name }: Pick<PeerSnapshot, 'id' | 'name'>) =>
  orNotify(`Couldn't ${VERBS[change]} ${visibleText(name)}`, api[change](id));

export async function removePeer(api: Api, { id, name }: Pick<PeerSnapshot, 'id' | 'name'>): Promise<void> {
  const { subject } = useLab.getState();
  if (subject?.of === 'peer' && subject.id === id) closeSubject();
  await orNotify(`Couldn't remove ${visibleText(name)}`, api.removePeer(id));
}

/** Takes all ended ones of these off the list: the user's own, or those of scenarios and the matrix. */
export async function removeEnded(api: Api, isOfTest: boolean): Promise<void> {
  for (const peer of useHost.getState().peers)
    if (peer.state === 'ended' && peer.isOfTest === isOfTest) await removePeer(api, peer);
}

/** The channel that it is on, as far as known; null if it isn't. Unknown events are ''. */
export function channelOf(start: StartPeer): Names | null {
  if (start.kind === 'bundled') return start;
  if (start.section === undefined) return null;
  const { section } = start;
  const events = useFound.getState().discovery?.channels.find(({ name }) => name === section)?.events;
  return { section, eventS2c: events?.s2c ?? '', eventC2s: events?.c2s ?? '' };
}

/** Opens the other end of its channel: a server's client, a client's server. */
export const openOtherEnd = (start: StartPeer, { section, eventS2c, eventC2s }: Names): void =>
  newSession(otherRole(start), { section, eventS2c, eventC2s });

export const otherRole = (start: StartPeer): 'server' | 'client' =>
  start.kind === 'bundled' && start.role === 'client' ? 'server' : 'client';
