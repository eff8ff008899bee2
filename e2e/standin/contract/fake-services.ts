import { type AppInfo, METHOD_NAMES, type Services, type StateEvent } from '../../../src/shared/api.ts';
import type { Discovery, FoundSection } from '../../../src/shared/discovery.ts';
import { ShmscopeError } from '../../../src/shared/failure.ts';
import type { LogRow } from '../../../src/shared/log.ts';
import type { EndpointSnapshot, OpenEndpoint, OpenRaw, OpenTap, SessionSnapshot } from '../../../src/shared/session.ts';
import { NO_COUNTS } from '../../../src/shared/session-counts.ts';

/** The fields that the rules check; a transport doesn't know the others. */
const part = <T>(known: Partial<T>): T => known as T;

export const ALL_BYTES = Uint8Array.from({ length: 256 }, (_, i) => i);

export const INFO: AppInfo = {
  version: '1.2.3',
  host: 'headless',
  kernel: 'posix',
  os: 'Linux 6.1',
  bits: 64,
  pid: 4711,
  no32Bit: null,
  captureFile: '/somewhere/Ünïcode 💾.db',
  logFile: '/somewhere/logs/shmscope.log',
};

export const ROW = part<LogRow>({
  seq: 0,
  kind: 'message',
  direction: 'in',
  wall: 1_790_000_000_123_456,
  mono: 0.5,
  size: 256,
  code: null,
  detail: null,
  delta: null,
  reply: null,
  preview: ALL_BYTES,
});

export const OPTIONS: OpenEndpoint = {
  kind: 'endpoint',
  role: 'server',
  section: 'Local\\Section',
  eventS2c: 'Local\\S2C',
  eventC2s: 'Local\\C2S',
  layout: 'sized',
  bufferSize: 16384,
  takeOver: false,
  overrun: 'wait',
  receive: { mode: 'once', timeoutMs: null },
};

export function snapshotOf(options: OpenEndpoint): SessionSnapshot {
  const { kind, role, section, eventS2c, eventC2s, overrun, receive } = options;
  const slot = { flag: 0, length: 0, highWater: 0, unreadSince: null };
  return {
    ...{
      id: 1,
      kind,
      role,
      section,
      eventS2c,
      eventC2s,
      access: null,
      layout: 'sized',
      capacity: 16384,
      overrun,
      state: 'open',
      waiting: null,
      failure: null,
    },
    ...{
      receiving: receive,
      sending: false,
      plan: null,
      replay: null,
      responder: null,
      peerExited: false,
      moved: null,
      slots: { s2c: slot, c2s: slot },
      counts: NO_COUNTS,
      rate: 0,
    },
    ...{
      records: 0,
      committed: 0,
      openedAt: 1_790_000_000_123_456,
      closedAt: null,
      began: 5_000_000,
      lasted: null,
      isOfTest: false,
      alarms: [],
    },
  };
}

function tapSnapshotOf(options: OpenTap): SessionSnapshot {
  const { wait: _wait, follow: _follow, layout: _layout, ...named } = options;
  const {
    receiving: _r,
    sending: _s,
    plan: _p,
    replay: _re,
    responder: _rs,
    peerExited: _e,
    moved: _m,
    overrun: _o,
    access: _a,
    ...common
  } = snapshotOf(OPTIONS) as EndpointSnapshot;
  return {
    ...common,
    ...named,
    problem: null,
    signalled: { s2c: false, c2s: false },
    rights: [],
    sampled: { s2c: false, c2s: false },
    abandoned: false,
  };
}

export const STATE = part<StateEvent>({
  sessions: [snapshotOf(OPTIONS)],
  capture: { state: 'capturing', bytes: 4096 },
});

function rawSnapshotOf(options: OpenRaw): SessionSnapshot {
  const { failure, state, waiting, counts, rate, records, committed } = snapshotOf(OPTIONS) as EndpointSnapshot;
  return {
    ...options,
    ...{ id: 1, failure, state, waiting, counts, rate, records, committed, isOfTest: false, alarms: [] },
    ...{ openedAt: 1_790_000_000_123_456, closedAt: null, began: 5_000_000, lasted: null },
    ...{ extent: 4096, watched: 4096, watchedFrom: 0, uncommitted: 0, rights: ['FILE_MAP_READ'], regionBytes: 512 },
    ...{ changes: [0, 0, 0, 0, 0, 0, 0, 0], changed: 0, changedAt: null },
  };
}

const OPENED = { tap: tapSnapshotOf, raw: rawSnapshotOf } as const;

/** Names as strangers write them. */
export const DISCOVERY = part<Discovery>({
  channels: [
    part<FoundSection>({
      id: '"Local\\\\\\ud800"',
      name: 'Local\\é日本🎉\u202e\u0007\n',
      extent: 2 ** 40,
      reading: null,
    }),
  ],
  others: { count: 10_000, sections: [] },
  unseen: [{ what: 'Names', reason: 'Denied.', cure: 'Ask.' }],
});

/** Services with known answers; those that no rule is about return nothing. */
export function fakeServices(overrides: Partial<Services> = {}): Services {
  return {
    ...Object.fromEntries(METHOD_NAMES.map((name) => [name, () => undefined])),
    info: () => INFO,
    state: () => STATE,
    open: async (options) =>
      options.kind === 'endpoint' ? snapshotOf(options) : OPENED[options.kind](options as never),
    send: (_session, bytes) => ({ seq: bytes.byteLength, overwrote: false, waitedMs: 0 }),
    sendClose: () => {
      throw new ShmscopeError('os-error', 'Windows refused.', { code: 5, message: 'Access is denied.' });
    },
    close: async () => {
      throw new Error('a handle was lost');
    },
    rows: ({ from }) => ({ total: 1, records: 1, from, rows: [ROW], progress: { scanned: 1, complete: true } }),
    find: () => ({ hit: null, hits: 0, progress: { scanned: 1, complete: true } }),
    position: () => ({ position: 0, total: 1, progress: { scanned: 1, complete: true } }),
    cancelSearch: () => undefined,
    discover: () => DISCOVERY,
    payload: () => ALL_BYTES,
    ...overrides,
  } as Services;
}

/** State events sent by hand, with the listeners counted. */
export function fakeState() {
  const listeners = new Set<(event: StateEvent) => void>();
  return {
    onState: (listener: (event: StateEvent) => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    emit: (event: StateEvent) => {
      for (const listener of listeners) listener(event);
    },
    count: () => listeners.size,
  };
}
