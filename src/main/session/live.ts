import type {
  EndpointSnapshot,
  OpenEndpoint,
  OpenOptions,
  OpenRaw,
  OpenTap,
  RawSnapshot,
  SlotSnapshot,
  TapSnapshot,
} from '../../shared/session.ts';
import { NO_COUNTS } from '../../shared/session-counts.ts';
import type { Live } from './protocol.ts';

const EMPTY_SLOT: SlotSnapshot = { flag: 0, length: 0, highWater: 0, unreadSince: null };
const NOTHING = {
  layout: null,
  capacity: 0,
  slots: { s2c: EMPTY_SLOT, c2s: EMPTY_SLOT },
  counts: NO_COUNTS,
  rate: 0,
  records: 0,
};

/** An end of a channel that isn't open. */
export const idleEndpoint = ({ overrun }: Pick<OpenEndpoint, 'overrun'>): Live<EndpointSnapshot> => ({
  ...NOTHING,
  access: null,
  overrun,
  receiving: null,
  sending: false,
  plan: null,
  replay: null,
  responder: null,
  peerExited: false,
  moved: null,
});

/** A tap with nothing to look at. */
export const idleTap = ({ mode }: Pick<OpenTap, 'mode'>): Live<TapSnapshot> => ({
  ...NOTHING,
  mode,
  problem: null,
  signalled: { s2c: null, c2s: null },
  rights: [],
  sampled: { s2c: false, c2s: false },
  abandoned: null,
});

const idleRaw = ({ snapshotMs }: OpenRaw): Live<RawSnapshot> => ({
  ...{ extent: 0, watched: 0, watchedFrom: 0, uncommitted: 0, rights: [], snapshotMs, regionBytes: 1, changes: [] },
  ...{ changed: 0, changedAt: null, counts: NO_COUNTS, rate: 0, records: 0 },
});

/** A session's state before its thread has reported anything. */
export function idle(options: OpenOptions): Live {
  switch (options.kind) {
    case 'endpoint':
      return idleEndpoint(options);
    case 'tap':
      return idleTap(options);
    case 'raw':
      return idleRaw(options);
    default:
      return options satisfies never;
  }
}

/** Its state once it has ended. */
export const ended = (live: Live): Live => ('receiving' in live ? { ...live, receiving: null, sending: false } : live);
