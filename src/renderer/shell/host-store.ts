import { create } from 'zustand';
import type { Api, AppInfo, CaptureState, StateEvent } from '../../shared/api.ts';
import type { SessionSnapshot } from '../../shared/session.ts';
import type { Connection, Host } from '../host/host.ts';
import { notify } from './notices-store.ts';

interface HostState {
  readonly info: AppInfo | null;
  /** null until the host has answered for the first time. */
  readonly capture: CaptureState | null;
  readonly sessions: readonly SessionSnapshot[];
  readonly connection: Connection;
  /** Counts connections: what was fetched over an earlier one may be another host's. */
  readonly epoch: number;
}

export const useHost = create<HostState>(() => ({
  info: null,
  capture: null,
  sessions: [],
  connection: 'connecting',
  epoch: 0,
}));

export const useSession = (id: number): SessionSnapshot | undefined =>
  useHost((state) => state.sessions.find((session) => session.id === id));

/** Keeps the old object wherever nothing changed, so that only what changed is rendered again. */
function merge<T>(before: T | undefined, after: T): T {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(after) ? before : after;
}

function mergeSessions(
  before: readonly SessionSnapshot[],
  after: readonly SessionSnapshot[],
): readonly SessionSnapshot[] {
  const merged = after.map((session) =>
    merge(
      before.find((b) => b.id === session.id),
      session,
    ),
  );
  const same = merged.length === before.length && merged.every((session, i) => session === before[i]);
  return same ? before : merged;
}

export function applyState(event: StateEvent): void {
  useHost.setState((state) => ({
    sessions: mergeSessions(state.sessions, event.sessions),
    capture: merge(state.capture ?? undefined, event.capture),
  }));
}

async function load(api: Api): Promise<void> {
  const [info, state] = await Promise.all([api.info(), api.state()]);
  if (info.ok) useHost.setState({ info: info.value });
  else notify('The host did not say what it is', info.failure);
  if (state.ok) applyState(state.value);
  else notify('The sessions could not be read', state.failure);
}

/** Keeps the store in step with the host. Returns its own undo. */
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
