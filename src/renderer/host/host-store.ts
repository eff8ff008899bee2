import { create } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { Api, AppInfo, CaptureState, StateEvent } from '../../shared/api.ts';
import type { ComparisonProgress } from '../../shared/captures.ts';
import type { JobSnapshot } from '../../shared/job.ts';
import type { KeptVersions } from '../../shared/kept.ts';
import type { PeerSnapshot } from '../../shared/peers.ts';
import type { ScenarioRun } from '../../shared/scenario/runs.ts';
import {
  type ChannelSession,
  type EndpointSnapshot,
  isLive,
  isOnChannel,
  type LiveSession,
  type RawSnapshot,
  type SessionSnapshot,
  type TapSnapshot,
} from '../../shared/session.ts';
import { type Ability, can } from '../../shared/session-kind.ts';
import type { Connection, Host } from './host.ts';
import { setHostTime } from './host-clock.ts';
import { notify } from './notices-store.ts';
import { share } from './share.ts';

interface HostState {
  readonly info: AppInfo | null;
  /** null until the host's first answer. */
  readonly capture: CaptureState | null;
  readonly sessions: readonly SessionSnapshot[];
  /** Programs that were started from here, newest last. */
  readonly peers: readonly PeerSnapshot[];
  /** Scenarios that are running or have run; newest last. */
  readonly scenarioRuns: readonly ScenarioRun[];
  readonly jobs: readonly JobSnapshot[];
  /** A change means: request marks and rows again. */
  readonly rowsVersion: number;
  /** A change means: request the captures again. */
  readonly capturesVersion: number;
  /** Progress of a comparison of captures; null while none runs. */
  readonly comparison: ComparisonProgress | null;
  /** By key; null until the host's first answer. */
  readonly kept: KeptVersions | null;
  /** A change means: request the settings again. */
  readonly settingsVersion: number;
  readonly typesVersion: number;
  /** A change means: request the matrix again. */
  readonly matrixVersion: number;
  readonly connection: Connection;
  /** Counts connections: what was fetched over an earlier one may be another host's. */
  readonly epoch: number;
}

export const useHost = create<HostState>(() => ({
  info: null,
  capture: null,
  sessions: [],
  peers: [],
  scenarioRuns: [],
  jobs: [],
  rowsVersion: 0,
  capturesVersion: 0,
  comparison: null,
  kept: null,
  settingsVersion: 0,
  typesVersion: 0,
  matrixVersion: 0,
  connection: 'connecting',
  epoch: 0,
}));

export const useConnected = (): boolean => useHost((state) => state.connection === 'connected');

/** Part of a session, rendered again only when that changes; undefined if there is no such session. */
export function useSession<T>(id: number, pick: (session: SessionSnapshot) => T): T | undefined {
  return useHost(
    useShallow((state) => {
      const session = state.sessions.find((s) => s.id === id);
      return session && pick(session);
    }),
  );
}

/** Whether a session is in the list; it may have been removed from it. */
export const useListed = (id: number | null): boolean => useHost(({ sessions }) => sessions.some((s) => s.id === id));

export function findEndpoint(id: number): EndpointSnapshot | undefined {
  const session = useHost.getState().sessions.find((s) => s.id === id);
  return session?.kind === 'endpoint' ? session : undefined;
}

/** Like {@link useSession}; also undefined for a session that isn't an end of a channel. */
export const useEndpoint = <T>(id: number, pick: (session: EndpointSnapshot) => T): T | undefined =>
  useSession(id, (session) => (session.kind === 'endpoint' ? pick(session) : undefined));

/** Like {@link useSession}; also undefined for one that isn't a tap. */
export const useTap = <T>(id: number, pick: (session: TapSnapshot) => T): T | undefined =>
  useSession(id, (session) => (session.kind === 'tap' ? pick(session) : undefined));

/** Like {@link useSession}; also undefined for one that doesn't watch a section as bytes. */
export const useRaw = <T>(id: number, pick: (session: RawSnapshot) => T): T | undefined =>
  useSession(id, (session) => (session.kind === 'raw' ? pick(session) : undefined));

/** Like {@link useSession}; undefined for a session of this run that isn't on a channel, and for one from a capture. */
export const useChannel = <T>(id: number, pick: (session: ChannelSession) => T): T | undefined =>
  useSession(id, (session) => (isOnChannel(session) ? pick(session) : undefined));

/** What the session can do, by its kind and role; false if there is no such session. */
export const useCan = (id: number, ability: Ability): boolean =>
  useSession(id, ({ kind, role }) => can(kind, role, ability)) ?? false;

/** Like {@link useSession}; also undefined for a session that is read from a capture. */
export const useLive = <T>(id: number, pick: (session: LiveSession) => T): T | undefined =>
  useSession(id, (session) => (isLive(session) ? pick(session) : undefined));

/** Like {@link useSession}, for a program that was started from here. */
export const usePeer = <T>(id: number, pick: (peer: PeerSnapshot) => T): T | undefined =>
  useHost(
    useShallow((state) => {
      const peer = state.peers.find((one) => one.id === id);
      return peer && pick(peer);
    }),
  );

function applyState(event: StateEvent): void {
  setHostTime(event.now);
  useHost.setState((state) => ({
    sessions: share(state.sessions, event.sessions),
    capture: share(state.capture, event.capture),
    peers: share(state.peers, event.peers),
    scenarioRuns: share(state.scenarioRuns, event.scenarioRuns),
    jobs: share(state.jobs, event.jobs),
    rowsVersion: event.rowsVersion,
    capturesVersion: event.capturesVersion,
    comparison: share(state.comparison, event.comparison),
    kept: share(state.kept, event.kept),
    settingsVersion: event.settingsVersion,
    typesVersion: event.typesVersion,
    matrixVersion: event.matrixVersion,
  }));
}

async function load(api: Api): Promise<void> {
  const [info, state] = await Promise.all([api.info(), api.state()]);
  if (info.ok) useHost.setState({ info: info.value });
  else notify("Couldn't identify the host", info.failure);
  if (state.ok) applyState(state.value);
  else notify("Couldn't read the sessions", state.failure);
}

/** Keeps the store in step with the host. Returns a function that stops it. */
export function followHost({ api, onConnection }: Host): () => void {
  const undoState = api.onState(applyState);
  const undoConnection = onConnection((connection) => {
    const epoch = useHost.getState().epoch + (connection === 'connected' ? 1 : 0);
    useHost.setState({ connection, epoch });
    if (connection === 'connected') void load(api);
  });
  return () => {
    undoConnection();
    undoState();
  };
}
