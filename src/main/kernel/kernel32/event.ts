import { checkWait, MAX_WAIT_EVENTS } from '../arguments.ts';
import { ERROR, type KernelEvent, type Lease } from '../kernel.ts';
import { createOrOpen, EVENT, openWithRights } from './access.ts';
import {
  CloseHandle,
  CreateEventW,
  duplicateHandle,
  EVENT_QUERY_STATE,
  GetLastError,
  NtQueryEvent,
  POINTER_INTS,
  SetEvent,
  WAIT_FAILED,
  WAIT_TIMEOUT,
  WaitForMultipleObjects,
  WaitForSingleObject,
} from './bindings.ts';
import { checked, checkName, lastError, windowsError } from './errors.ts';

class Kernel32Event implements KernelEvent {
  readonly name: string | null;
  /** 0 once closed. */
  #handle: number;
  #reset: KernelEvent['reset'] | undefined;

  constructor(name: string | null, handle: number) {
    this.name = name;
    this.#handle = handle;
  }

  get handle(): number {
    if (this.#handle === 0) throw new Error(`The event ${this.name ? `"${this.name}" ` : ''}is closed.`);
    return this.#handle;
  }

  get token(): bigint {
    return BigInt(this.handle);
  }

  get lease(): Lease {
    return { address: 0, extent: 0, handle: this.handle };
  }

  get reset(): KernelEvent['reset'] {
    this.#reset ??= resetOf(this.handle);
    return this.#reset;
  }

  set(): void {
    checked('SetEvent', this.name, SetEvent(this.handle));
  }

  check(): void {}

  close(): void {
    if (this.#handle === 0) return;
    CloseHandle(this.#handle);
    this.#handle = 0;
  }
}

/** EVENT_BASIC_INFORMATION: kind and state. */
const information = new Int32Array(2);
const KINDS = ['manual', 'auto'] as const;

function resetOf(handle: number): KernelEvent['reset'] {
  const status = NtQueryEvent(handle, 0, information, information.byteLength, null);
  return (status === 0 && KINDS[information[0] as number]) || 'unknown';
}

export function createEvent(name: string | null): { event: KernelEvent; existed: boolean } {
  const call = 'CreateEventW';
  if (name !== null) checkName(call, name);
  const handle = CreateEventW(null, 0, 0, name);
  const error = GetLastError();
  if (handle !== 0) return { event: new Kernel32Event(name, handle), existed: error === ERROR.ALREADY_EXISTS };
  const denied = windowsError(call, error, name);
  if (name === null) throw denied;
  return { event: new Kernel32Event(name, createOrOpen(EVENT, name, denied, EVENT_QUERY_STATE)), existed: true };
}

export function openEvent(name: string): KernelEvent {
  checkName(EVENT.call, name);
  return new Kernel32Event(name, openWithRights(EVENT, name, EVENT_QUERY_STATE));
}

export function attachEvent(token: bigint): KernelEvent {
  return new Kernel32Event(null, checked('DuplicateHandle', null, duplicateHandle(Number(token))));
}

/** An array of HANDLE: their low halves, for only 32 bits of a handle are significant; the high halves stay 0. */
const handles = new Int32Array(POINTER_INTS * MAX_WAIT_EVENTS);

export function waitAny(events: readonly KernelEvent[], timeoutMs: number): number {
  checkWait(events, timeoutMs);
  const result = wait(events, Math.ceil(timeoutMs));
  if (result < events.length) return result;
  if (result === WAIT_TIMEOUT) return -1;
  const call = events.length === 1 ? 'WaitForSingleObject' : 'WaitForMultipleObjects';
  if (result === WAIT_FAILED) throw lastError(call, null);
  throw windowsError(call, ERROR.ABANDONED_WAIT, null);
}

/** The one event of a plain receive needs no array, which shows in its round trips. */
function wait(events: readonly KernelEvent[], timeoutMs: number): number {
  if (events.length === 1) return WaitForSingleObject(kernel32Event(events[0]).handle, timeoutMs);
  for (let index = 0; index < events.length; index++)
    handles[POINTER_INTS * index] = kernel32Event(events[index]).handle;
  return WaitForMultipleObjects(events.length, handles, 0, timeoutMs);
}

function kernel32Event(event: KernelEvent | undefined): Kernel32Event {
  if (event instanceof Kernel32Event) return event;
  throw new TypeError('The event is not one of this kernel.');
}
