import type { Access } from '../../../shared/access.ts';
import { ERROR, type KernelEvent, type Lease } from '../kernel.ts';
import { createOrOpen, EVENT, openWithRights } from './access.ts';
import {
  CloseHandle,
  CreateEventW,
  duplicateHandle,
  EVENT_QUERY_STATE,
  GetLastError,
  NtQueryEvent,
  SetEvent,
} from './bindings.ts';
import { checked, checkName, windowsError } from './errors.ts';
import { withSecurity } from './security.ts';

export class Kernel32Event implements KernelEvent {
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
    this.#reset ??= queryEvent(this.handle)?.reset ?? 'unknown';
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

/** Its kind and its state, which doesn't change; null if the handle doesn't have the right to ask. */
export function queryEvent(handle: number): { reset: KernelEvent['reset']; signalled: boolean } | null {
  const status = NtQueryEvent(handle, 0, information, information.byteLength, null);
  if (status !== 0) return null;
  return { reset: KINDS[information[0] as number] ?? 'unknown', signalled: information[1] !== 0 };
}

export function createEvent(name: string | null, access?: Access): { event: KernelEvent; existed: boolean } {
  const call = 'CreateEventW';
  if (name !== null) checkName(call, name);
  const { handle, error } = withSecurity(access, name, (security) => ({
    handle: CreateEventW(security, 0, 0, name),
    error: GetLastError(),
  }));
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
