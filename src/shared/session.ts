import * as v from 'valibot';
import { type Access, accessSchema } from './access.ts';
import type { AlarmState } from './alarm/alarm.ts';
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
import { openRawSchema, type RawState } from './raw.ts';
import type { ReplayProgress } from './replay/replay.ts';
import type { ResponderState } from './responder/state.ts';
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

/** What every session on a channel must name. */
const channelNames = { section: objectNameSchema, eventS2c: objectNameSchema, eventC2s: objectNameSchema };
export const areDifferent = (names: { readonly [N in keyof typeof channelNames]: string }): boolean =>
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
    /** Server: write a fresh header into an existing section, as the crate does, instead of refusing. */
    takeOver: v.boolean(),
    /** Server: who may open what it creates. Omitted: the same user. */
    access: v.optional(accessSchema),
    overrun: overrunSchema,
    /**
     * ms that `wait` waits for the slot and exit for the last message; `null` without a limit. Omitted:
     * {@link OVERRUN_WAIT_MS}.
     */
    sendWaitMs: v.optional(v.nullable(timeoutSchema)),
    /** What to receive from the start; `null`: nothing until requested. */
    receive: v.nullable(receiveModeSchema),
    /**
     * Client: waits for its server if it isn't there yet, for this many ms or, with `null`, without a limit. Omitted:
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

/**
 * How often a tap looks: `gentle` every millisecond; `adaptive` more often while there is traffic and less often while
 * there is none; `full` without a pause, which takes a processor.
 */
export const TAP_MODES = ['gentle', 'adaptive', 'full'] as const;
export type TapMode = (typeof TAP_MODES)[number];
export const tapModeSchema = v.picklist(TAP_MODES);

/** Empty: that event isn't looked at. */
const lookedAtEventSchema = v.union([v.literal(''), objectNameSchema]);

export const openTapSchema = v.strictObject({
  kind: v.literal('tap'),
  role: v.literal('tap'),
  section: objectNameSchema,
  eventS2c: lookedAtEventSchema,
  eventC2s: lookedAtEventSchema,
  /** `auto`: the header tells. */
  layout: v.union([layoutSchema, v.literal('auto')]),
  mode: tapModeSchema,
  /**
   * Waits for the channel if it isn't there yet, for this many ms or, with `null`, without a limit. Omitted: fails at
   * once.
   */
  wait: v.optional(v.strictObject({ limitMs: v.nullable(timeoutSchema) })),
  /** When both ends have gone, waits for the channel to come back, in the same log, instead of ending. */
  follow: v.boolean(),
});

/** By kind of session. Stored ones are opened together, as a capture. */
export const openOptionsSchema = v.variant('kind', [openEndpointSchema, openTapSchema, openRawSchema]);
export type OpenOptions = v.InferOutput<typeof openOptionsSchema>;
export type OpenEndpoint = Extract<OpenOptions, { kind: 'endpoint' }>;
export type OpenTap = Extract<OpenOptions, { kind: 'tap' }>;
export type OpenRaw = Extract<OpenOptions, { kind: 'raw' }>;

export type SessionState = 'opening' | 'open' | 'closed' | 'failed';

/** One slot, as of the last look. */
export interface SlotSnapshot {
  /** The flag as it is in memory: 0 waiting, 1 sent, 2 read, 3 exit, anything else is unknown. */
  readonly flag: number;
  /** The length as it is in memory, in bytes. May exceed the capacity: a stranger wrote it. */
  readonly length: number;
  /** The largest plausible length seen, in bytes. */
  readonly highWater: number;
  /** µs from the session's beginning until the unread message was first seen; null if none is unread. */
  readonly unreadSince: number | null;
}

/** A host's clocks at one moment. Windows use these, never their own, which may be wrong or in another zone. */
export interface HostTime {
  /** Wall clock, µs since 1970. */
  readonly wall: number;
  /** µs on a monotonic clock with an arbitrary beginning. */
  readonly mono: number;
}

/** What the window shows of a session of any kind besides its log. */
interface AnySnapshot {
  readonly id: number;
  readonly section: string;
  readonly eventS2c: string;
  readonly eventC2s: string;
  readonly state: SessionState;
  /** Why it failed or ended, if nobody asked for that, or what is wrong with its capture. */
  readonly failure: Failure | null;
  /** null if the capture doesn't say. */
  readonly counts: SessionCounts | null;
  /** Records that are committed to the capture. */
  readonly committed: number;
  /** Wall clock, µs since 1970. */
  readonly openedAt: number;
  readonly closedAt: number | null;
  /** µs from its beginning to its end, by the monotonic clock; null until it has ended. */
  readonly lasted: number | null;
}

/** What the window shows of a session of this run, of any kind. */
interface OpenedSnapshot extends AnySnapshot {
  /** While `opening`: why there is nothing to open yet, and since when it has waited (wall clock, µs since 1970). */
  readonly waiting: { readonly why: string; readonly since: number } | null;
  readonly counts: SessionCounts;
  /** Messages of both lanes in the last second. */
  readonly rate: number;
  /** Records made so far. */
  readonly records: number;
  /** When it began, where its records' `mono` starts, on {@link HostTime.mono}. */
  readonly began: number;
  /** A scenario or the matrix has opened it. */
  readonly isOfTest: boolean;
  /** Its alarms, as of the last change. */
  readonly alarms: readonly AlarmState[];
}

/** What the window shows of a session of this run on a channel. */
interface ChannelSnapshot extends OpenedSnapshot {
  /** null until the session is open. */
  readonly layout: Layout | null;
  /** Bytes per lane; 0 until the session is open. */
  readonly capacity: number;
  readonly slots: Readonly<Record<Lane, SlotSnapshot>>;
}

export interface EndpointSnapshot extends ChannelSnapshot {
  readonly kind: 'endpoint';
  readonly role: Role;
  /** Who may open what this server created; null for a client, and if the section existed before. */
  readonly access: Access | null;
  readonly overrun: OverrunPolicy;
  readonly receiving: ReceiveMode | null;
  /** A send that waits for its slot to be read. */
  readonly sending: boolean;
  /** The last plan that was started here, until another is; null before the first. */
  readonly plan: SendProgress | null;
  /** The same for a replay. */
  readonly replay: ReplayProgress | null;
  /** The state of the rules by which it responds; null without. */
  readonly responder: ResponderState | null;
  /** The peer said exit and hasn't sent since. */
  readonly peerExited: boolean;
  /**
   * Why the slots are no longer where the session opened them, so that nothing is sent or received; null while they
   * are.
   */
  readonly moved: string | null;
}

export interface TapSnapshot extends ChannelSnapshot {
  readonly kind: 'tap';
  readonly role: 'tap';
  readonly mode: TapMode;
  /** That the ends use different layouts, or why their messages can't be found, as a sentence. */
  readonly problem: string | null;
  /** Whether each event is signalled, as of the last look; null if that can't be read. */
  readonly signalled: Readonly<Record<Lane, boolean | null>>;
  /** What each of our handles may do, such as `FILE_MAP_READ`: by the name of the object. */
  readonly rights: readonly { readonly object: string; readonly rights: readonly string[] }[];
  /** The lanes in which messages may have passed between two looks without a trace, so that their log is a sample. */
  readonly sampled: Readonly<Record<Lane, boolean>>;
  /** Both ends have let go of the channel; null if that can't be seen. */
  readonly abandoned: boolean | null;
}

export interface RawSnapshot extends OpenedSnapshot, RawState {
  readonly kind: 'raw';
  readonly role: 'raw';
}

export interface StoredSnapshot extends AnySnapshot {
  readonly kind: 'stored';
  /** The viewpoint it was recorded from. */
  readonly role: Viewpoint;
  readonly state: 'closed';
  readonly closedAt: number;
  readonly lasted: number;
  /** The file that it is read from. */
  readonly capture: string;
}

export type SessionSnapshot = EndpointSnapshot | TapSnapshot | RawSnapshot | StoredSnapshot;

/** A session of this run. */
export type LiveSession = Exclude<SessionSnapshot, StoredSnapshot>;
/** One that is on a channel. */
export type ChannelSession = EndpointSnapshot | TapSnapshot;

export const isLive = (session: SessionSnapshot): session is LiveSession => session.kind !== 'stored';
/** It was opened by a scenario or the matrix. */
export const isOfTest = (session: SessionSnapshot): boolean => isLive(session) && session.isOfTest;
export const isOnChannel = (session: SessionSnapshot): session is ChannelSession =>
  can(session.kind, session.role, 'observe');

/** The peer of an end has said exit and hasn't sent since. */
export const hasPeerExited = (session: LiveSession): boolean => session.kind === 'endpoint' && session.peerExited;

/** The capture file that a session is read from; undefined for one of this run. */
export const captureOf = (session: SessionSnapshot): string | undefined =>
  isLive(session) ? undefined : session.capture;

/** How a successful send ended. */
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
