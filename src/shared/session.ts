import * as v from 'valibot';
import { type Access, accessSchema } from './access.ts';
import {
  integer,
  type Lane,
  type Layout,
  layoutSchema,
  MAX_BUFFER_SIZE,
  MIN_BUFFER_SIZE,
  type OverrunPolicy,
  overrunSchema,
  type Role,
  roleSchema,
  timeoutSchema,
} from './domain.ts';
import type { Failure } from './failure.ts';
import { objectNameSchema } from './object-name.ts';
import type { SendProgress } from './sending.ts';
import type { SessionCounts } from './session-counts.ts';
import { can, type Viewpoint } from './session-kind.ts';

export const receiveModeSchema = v.variant('mode', [
  /** One wait after another; each expiry is counted. */
  v.strictObject({ mode: v.literal('continuous'), timeoutMs: timeoutSchema }),
  /** One message; `null` waits without a limit, until a message, an exit or a cancel. */
  v.strictObject({ mode: v.literal('once'), timeoutMs: v.nullable(timeoutSchema) }),
]);
export type ReceiveMode = v.InferOutput<typeof receiveModeSchema>;

/** What each session that is opened on a channel has to name. */
const channelNames = { section: objectNameSchema, eventS2c: objectNameSchema, eventC2s: objectNameSchema };
const areDifferent = (names: { readonly [N in keyof typeof channelNames]: string }): boolean =>
  new Set([names.section, names.eventS2c, names.eventC2s].map((name) => name.replace(/^Local\\/, ''))).size === 3;

export const openEndpointSchema = v.pipe(
  v.strictObject({
    kind: v.literal('endpoint'),
    role: roleSchema,
    ...channelNames,
    /** `auto` is for clients: the header tells. */
    layout: v.union([layoutSchema, v.literal('auto')]),
    /** Bytes in each direction; only a `sized` server chooses it, others ignore it. */
    bufferSize: integer('Buffer size', MIN_BUFFER_SIZE, MAX_BUFFER_SIZE),
    /** Server: write a fresh header into a section that already exists, as the crate does, instead of refusing. */
    takeOver: v.boolean(),
    /** Server: who may open what it makes. Left out: the same user. */
    access: v.optional(accessSchema),
    overrun: overrunSchema,
    /**
     * ms that `wait` waits for the slot and exit for the last message; `null` without a limit. Left out: {@link
     * OVERRUN_WAIT_MS}.
     */
    sendWaitMs: v.optional(v.nullable(timeoutSchema)),
    /** What to receive from the start; `null`: nothing until asked. */
    receive: v.nullable(receiveModeSchema),
    /**
     * Client: waits for its server where that is not there yet, so many ms or, with `null`, without a limit. Left out:
     * fails at once.
     */
    wait: v.optional(v.strictObject({ limitMs: v.nullable(timeoutSchema) })),
    /**
     * Client: when the server says exit or has another header, closes and waits for the next server, in the same log.
     */
    reconnect: v.optional(v.boolean()),
  }),
  v.check(
    (o) => can('endpoint', o.role, 'join') || !(o.wait || o.reconnect),
    'Only a client can wait for its server or reconnect.',
  ),
  v.check(
    (o) => can('endpoint', o.role, 'join') || o.layout !== 'auto',
    'A server chooses its layout: fixed64, fixed or sized.',
  ),
  v.check(
    (o) => areDifferent(o),
    'The section and the two events need three different names: Windows keeps them in one namespace.',
  ),
);

/** By kind of session. Stored ones are opened together, as a capture. */
export const openOptionsSchema = v.variant('kind', [openEndpointSchema]);
export type OpenOptions = v.InferOutput<typeof openOptionsSchema>;
export type OpenEndpoint = Extract<OpenOptions, { kind: 'endpoint' }>;

export type SessionState = 'opening' | 'open' | 'closed' | 'failed';

/** One slot, as it was last looked at. */
export interface SlotSnapshot {
  /** The flag as it stands in memory: 0 waiting, 1 sent, 2 read, 3 exit, anything else is unknown. */
  readonly flag: number;
  /** The length as it stands in memory, in bytes. May exceed the capacity: a stranger wrote it. */
  readonly length: number;
  /** The largest plausible length seen, in bytes. */
  readonly highWater: number;
  /** µs from the session's beginning until the unread message was first seen; null when none is unread. */
  readonly unreadSince: number | null;
}

/** A host's clocks at one moment. Windows go by these, never by their own, which may be wrong or in another zone. */
export interface HostTime {
  /** Wall clock, µs since 1970. */
  readonly wall: number;
  /** µs on a clock that is never set. Where it begins means nothing. */
  readonly mono: number;
}

/** What the window shows of a session of any kind besides its log. */
interface AnySnapshot {
  readonly id: number;
  readonly section: string;
  readonly eventS2c: string;
  readonly eventC2s: string;
  readonly state: SessionState;
  /** Why it failed or ended, where that was not asked for, or what is wrong with its capture. */
  readonly failure: Failure | null;
  /** null where the capture does not tell. */
  readonly counts: SessionCounts | null;
  /** Records that are committed to the capture. */
  readonly committed: number;
  /** Wall clock, µs since 1970. */
  readonly openedAt: number;
  readonly closedAt: number | null;
  /** µs from its beginning to its end, by the clock that is never set; null until it has ended. */
  readonly lasted: number | null;
}

export interface EndpointSnapshot extends AnySnapshot {
  readonly kind: 'endpoint';
  readonly role: Role;
  /** Who may open what this server made; null for a client, and where the section was there before. */
  readonly access: Access | null;
  /** null until the session is open. */
  readonly layout: Layout | null;
  /** Bytes each direction holds; 0 until the session is open. */
  readonly capacity: number;
  readonly overrun: OverrunPolicy;
  /**
   * While `opening`: why the server can't be joined yet, and since when it is waited for (wall clock, µs since 1970).
   */
  readonly waiting: { readonly why: string; readonly since: number } | null;
  readonly receiving: ReceiveMode | null;
  /** A send that waits for its slot to be read. */
  readonly sending: boolean;
  /** The last plan that was started here, until another is; null before the first. */
  readonly plan: SendProgress | null;
  /** The peer said exit and has not sent since. */
  readonly peerExited: boolean;
  /**
   * Why the slots are no longer where the session opened them, so that nothing is sent or received; null while they
   * are.
   */
  readonly moved: string | null;
  readonly slots: Readonly<Record<Lane, SlotSnapshot>>;
  readonly counts: SessionCounts;
  /** Messages of both directions in the last second. */
  readonly rate: number;
  /** Records taken so far. */
  readonly records: number;
  /** When it began, from where its records' `mono` counts, on {@link HostTime.mono}. */
  readonly began: number;
}

export interface StoredSnapshot extends AnySnapshot {
  readonly kind: 'stored';
  /** From where it was recorded. */
  readonly role: Viewpoint;
  readonly state: 'closed';
  readonly closedAt: number;
  readonly lasted: number;
  /** The file that it is read from. */
  readonly capture: string;
}

export type SessionSnapshot = EndpointSnapshot | StoredSnapshot;

/** A session of this run, on a channel. */
export type LiveSession = Exclude<SessionSnapshot, StoredSnapshot>;

export const isLive = (session: SessionSnapshot): session is LiveSession => can(session.kind, session.role, 'observe');

/** The capture file that a session is read from; undefined for one of this run. */
export const captureOf = (session: SessionSnapshot): string | undefined =>
  isLive(session) ? undefined : session.capture;

/** How a send ended that did not fail. */
export interface SendReceipt {
  /** Number of the record in the session's log. */
  readonly seq: number;
  /** An unread message was overwritten (policy `overwrite`); the log says so too. */
  readonly overwrote: boolean;
  /** ms that the send waited for the slot. */
  readonly waitedMs: number;
}

/** How sendClose ended. */
export interface CloseReceipt {
  /** False: the last message was still unread after the limit, and exit replaced it. */
  readonly lastMessageRead: boolean;
}
