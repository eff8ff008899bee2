import { NtQueryObject } from './bindings.ts';

/** OBJECT_BASIC_INFORMATION, of 56 bytes. */
const information = new Uint32Array(14);
const [GRANTED_ACCESS, HANDLES] = [1, 2];

/** The access mask that a handle was granted; 0 when the call fails. */
export const grantedAccess = (handle: number): number => field(handle, GRANTED_ACCESS) ?? 0;

/** Handles that all processes have open to the object behind `handle`; undefined when the call fails. */
export const handlesOf = (handle: number): number | undefined => field(handle, HANDLES);

function field(handle: number, at: number): number | undefined {
  return NtQueryObject(handle, 0, information, information.byteLength, null) === 0 ? information[at] : undefined;
}
