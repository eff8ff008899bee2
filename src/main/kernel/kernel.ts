import type { Access } from '../../shared/access.ts';
import type { Pinned } from './pinned.ts';

/**
 * The port to the operating system: named sections and auto-reset events with the semantics of kernel32. Two adapters
 * implement it: kernel32 (Windows) and posix (docs/posix-objects.md). All calls are synchronous and throw
 * {@link KernelError} with the code that Windows would return; a call that throws leaves no handle behind.
 */
export interface Kernel {
  readonly platform: 'kernel32' | 'posix';

  /**
   * Creates the section, or opens the one that already has this name (whatever its size): `existed` tells which. Size
   * in bytes. A new one can be opened by those in `access`, by default the same user; an existing one keeps its access
   * list. Throws with code 50 (ERROR_NOT_SUPPORTED) if the system only knows the same user.
   */
  createSection(name: string, size: number, access?: Access): { section: Section; existed: boolean };
  /**
   * `write` includes reading; `read` asks for no other right, and nothing can be changed: that is what a tap opens. On
   * POSIX a tap doesn't keep the section alive; on Windows any handle does, so a tap lets go once it is no longer
   * {@link WatchedSection.isHeldByOthers}. Throws with code 998 (ERROR_NOACCESS) if none of it is committed.
   */
  openSection<U extends SectionUse>(name: string, use: U): SectionFor[U];

  /** Auto-reset, not signalled. A null name creates one that only this process can reach. `access` as for a section. */
  createEvent(name: string | null, access?: Access): { event: KernelEvent; existed: boolean };
  openEvent(name: string): KernelEvent;
  /**
   * The view of a section that another thread of this process has open, by its lease, to be read on this thread. Its
   * owner must make sure that nothing is read once the section is closed.
   */
  attachView(view: Lease): View;
  /** The state of an event without a wait or a set: it is opened with EVENT_QUERY_STATE only. */
  openEventState(name: string): EventState;
  /** An event of this process by its {@link KernelEvent.token}, usable on any thread. Each is closed separately. */
  attachEvent(token: bigint): KernelEvent;

  /**
   * Waits until one of 1 to 64 events is signalled and resets that one. Returns its index (the lowest, if several are),
   * or -1 once `timeoutMs` has passed. `timeoutMs` is finite and need not be whole; 0 only looks. Never -1 early; on an
   * idle machine at most {@link resolutionMs} late. `now`: what performance.now() has just returned, if the caller
   * knows.
   */
  waitAny(events: readonly KernelEvent[], timeoutMs: number, now?: number): number;
  readonly resolutionMs: number;
  /**
   * Lets `ms` pass, as precisely as {@link waitAny}, without an event: under Wine a wait on any object goes through the
   * one server that handles all programs' events, so frequent waits slow them down.
   */
  pause(ms: number): void;
  /**
   * The timer behind this thread's waits. A thread that ends, or won't wait for a while, closes it; the next wait
   * creates another.
   */
  clock(): Clock;

  /** Yields the processor to whatever else can run on it; returns at once if nothing can. */
  yieldProcessor(): void;

  /**
   * Releases what a thread of this process held when it ended. The thread must be gone, and must not have closed it:
   * its numbers may be another object's by then.
   */
  reclaim(lease: Lease): void;
}

/**
 * What an open object takes up in the process, and its runtime leaves open when the thread ends; plain numbers, 0 for
 * none.
 */
export interface Lease {
  readonly address: number;
  readonly extent: number;
  readonly handle: number;
  /** What counts the taps of a section on Windows. */
  readonly marker?: number;
}

export interface Clock {
  readonly lease: Lease;
  close(): void;
}

/** A section that another thread has open. */
export interface View {
  /** Whether `bytes` are at `offset`. Throws RangeError if they aren't all within the extent. */
  holds(offset: number, bytes: Pinned): boolean;
}

/**
 * A section and the view of all of it. Every access throws with code 1006 (ERROR_FILE_INVALID) once its memory is gone,
 * see {@link check}.
 */
export interface ReadableSection {
  /** Accessible bytes according to the OS (VirtualQuery): whole pages. */
  readonly extent: number;
  /** Inaccessible bytes after them: its program has reserved them (SEC_RESERVE) but not committed. */
  readonly uncommitted: number;
  /** Of the open section. */
  readonly lease: Lease;
  /**
   * Copies `target.byteLength` bytes from `offset`; fastest to `pinned` bytes. Throws RangeError if they aren't all
   * within the extent.
   */
  read(offset: number, target: Uint8Array): void;
  /** One aligned 32-bit access, never torn. */
  loadU32(offset: number): number;
  /**
   * Throws with code 1006 (ERROR_FILE_INVALID) if this is no longer the section that was opened: on POSIX anyone can
   * truncate, remove or replace its file, which Windows prevents. Costs an OS call: don't call it often.
   */
  check(): void;
  /** Unmaps and closes. A second call does nothing; any other use after it throws. */
  close(): void;
}

/** A section that is only looked at. */
export interface WatchedSection extends ReadableSection {
  /** The granted access mask, according to the OS: FILE_MAP_READ (4) and nothing else. */
  readonly rights: number;
  /**
   * Whether anyone who takes part in the section still holds it: another program, or another session of this one. Our
   * taps, in this program or another, don't count. Costs an OS call or two.
   */
  isHeldByOthers(): boolean;
}

export interface Section extends ReadableSection {
  /** Copies all of `source` to `offset`. Throws RangeError if it doesn't fit the extent; then nothing is written. */
  write(offset: number, source: Uint8Array): void;
  /** Like {@link loadU32}. */
  storeU32(offset: number, value: number): void;
  fill(offset: number, length: number, value: number): void;
}

/** What a section can be opened for, and the result. */
export interface SectionFor {
  readonly read: WatchedSection;
  readonly write: Section;
}
export type SectionUse = keyof SectionFor;

export interface KernelEvent {
  readonly token: bigint;
  readonly lease: Lease;
  /**
   * Whether a wait resets it. A `manual` one, which only a peer can have created, stays signalled until somebody resets
   * it, and every wait on it returns at once. `unknown` if the object's access list doesn't allow asking.
   */
  readonly reset: 'auto' | 'manual' | 'unknown';
  set(): void;
  /** Like {@link Section.check}. */
  check(): void;
  close(): void;
}

/** An event that is only looked at: nothing here takes its signal from those who wait for it. */
export interface EventState {
  readonly lease: Lease;
  /** Like {@link WatchedSection.rights}: EVENT_QUERY_STATE (1) and nothing else. */
  readonly rights: number;
  readonly reset: KernelEvent['reset'];
  /** null if the OS doesn't tell. */
  signalled(): boolean | null;
  /** Like {@link ReadableSection.check}. */
  check(): void;
  close(): void;
}

/** Windows' codes, which the posix adapter returns too. */
export const ERROR = {
  FILE_NOT_FOUND: 2,
  PATH_NOT_FOUND: 3,
  TOO_MANY_OPEN_FILES: 4,
  ACCESS_DENIED: 5,
  INVALID_HANDLE: 6,
  NOT_ENOUGH_MEMORY: 8,
  GEN_FAILURE: 31,
  LOCK_VIOLATION: 33,
  NOT_SUPPORTED: 50,
  INVALID_PARAMETER: 87,
  DISK_FULL: 112,
  INVALID_NAME: 123,
  ALREADY_EXISTS: 183,
  FILENAME_EXCED_RANGE: 206,
  ABANDONED_WAIT: 735,
  NOACCESS: 998,
  FILE_INVALID: 1006,
  INVALID_OWNER: 1307,
  PRIVILEGE_NOT_HELD: 1314,
  COMMITMENT_LIMIT: 1455,
} as const;

/** What a section (read, write) or an event (wait, set, query) is opened for. */
export type Right = 'read' | 'write' | 'wait' | 'set' | 'query';

/** A failed call to the operating system. */
export class KernelError extends Error {
  override readonly name = 'KernelError';
  /** The OS function, e.g. `OpenFileMappingW`. */
  readonly call: string;
  readonly code: number;
  /** The system's own sentence for the code. */
  readonly systemMessage: string;
  /** The object's name, if there is one. */
  readonly object: string | null;
  /** With ERROR_ACCESS_DENIED: what the object's access list refuses. Empty if unknown. */
  readonly refused: readonly Right[];

  constructor(
    call: string,
    code: number,
    systemMessage: string,
    object: string | null,
    refused: readonly Right[] = [],
  ) {
    super(`${call}${object === null ? '' : ` "${object}"`}: ${systemMessage} (${code})`);
    this.call = call;
    this.code = code;
    this.systemMessage = systemMessage;
    this.object = object;
    this.refused = refused;
  }
}
