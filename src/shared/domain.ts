import * as v from 'valibot';

/**
 * The wire layouts by crate version: `fixed64` 0.1.1 and early 0.1.2 built for 64-bit, `fixed` the same built for
 * 32-bit and late 0.1.2 to 0.1.4, `sized` 0.1.5. Versions up to 0.1.3 pass Windows names from freed memory: their
 * objects may have other names than were requested, or not be created at all.
 */
export const LAYOUTS = ['fixed64', 'fixed', 'sized'] as const;
export type Layout = (typeof LAYOUTS)[number];

/** Which builds of the crate use a layout. */
export const LAYOUT_BUILDS: Readonly<Record<Layout, string>> = {
  fixed64: 'crate 0.1.1 and early 0.1.2 built for 64-bit',
  fixed: 'crate 0.1.1 and early 0.1.2 built for 32-bit, and late 0.1.2 to 0.1.4',
  sized: 'crate 0.1.5',
};

export const ROLES = ['server', 'client'] as const;
export type Role = (typeof ROLES)[number];

/** Which slot of the channel: server to client, or client to server. */
export const LANES = ['s2c', 'c2s'] as const;
export type Lane = (typeof LANES)[number];

/** Seen from our end of the channel. */
export const DIRECTIONS = ['in', 'out'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** Something that should not happen on a channel, or that a tap could not see. */
export const ANOMALIES = [
  'overrun',
  'spurious-wake',
  'lost-wake',
  'torn-read',
  'bad-length',
  'unknown-flag',
  'section-too-small',
  'event-crosstalk',
  'header-changed',
  'manual-reset-event',
  'layout-mismatch',
  'payload-layout-mismatch',
  'stale-message',
  'missed',
] as const;
export type Anomaly = (typeof ANOMALIES)[number];

/** What a send does if the peer has not read the previous message. */
export const OVERRUN_POLICIES = ['refuse', 'wait', 'overwrite'] as const;
export type OverrunPolicy = (typeof OVERRUN_POLICIES)[number];

/** The flag values of the wire, in the crate's words. */
export const FLAG = { waiting: 0, sent: 1, read: 2, exit: 3 } as const;

export const DEFAULT_SECTION = 'Local\\MySharedMemory';
export const DEFAULT_EVENT_S2C = 'Local\\MyEventS2C';
export const DEFAULT_EVENT_C2S = 'Local\\MyEventC2S';
/** Bytes in each direction. */
export const DEFAULT_BUFFER_SIZE = 16384;
/** Below this a `sized` header could be taken for a flag (see layout recognition). */
export const MIN_BUFFER_SIZE = 64;
export const MAX_BUFFER_SIZE = 256 * 1024 * 1024;
export const MAX_SESSIONS = 32;
/** How long `wait` waits for the slot, and `sendClose` for its last message, in ms. */
export const OVERRUN_WAIT_MS = 1000;
export const MAX_TIMEOUT_MS = 24 * 60 * 60 * 1000;

export const layoutSchema = v.picklist(LAYOUTS);
export const roleSchema = v.picklist(ROLES);
export const overrunSchema = v.picklist(OVERRUN_POLICIES);

/** An integer from `min` to `max`, with a sentence that names the field. */
export const integer = (what: string, min: number, max: number) =>
  v.pipe(
    v.number(`${what} must be a number.`),
    v.integer(`${what} must be a whole number.`),
    // Formatted on demand: the first grouped number costs every start about 30 ms.
    v.minValue(min, () => `${what} must be at least ${min.toLocaleString('en-US')}.`),
    v.maxValue(max, () => `${what} must be at most ${max.toLocaleString('en-US')}.`),
  );

export const timeoutSchema = integer('Timeout', 1, MAX_TIMEOUT_MS);
