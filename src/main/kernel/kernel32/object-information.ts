import { NtQueryObject, POINTER_INTS } from './bindings.ts';

/** OBJECT_BASIC_INFORMATION, of 56 bytes. */
const information = new Uint32Array(14);
const [GRANTED_ACCESS, HANDLES] = [1, 2];
const [OBJECT_BASIC_INFORMATION, OBJECT_NAME_INFORMATION] = [0, 1];

/** The access mask that a handle was granted; 0 if the call fails. */
export const grantedAccess = (handle: number): number => field(handle, GRANTED_ACCESS) ?? 0;

/** Handles that all processes have open to the object behind `handle`; undefined if the call fails. */
export const handlesOf = (handle: number): number | undefined => field(handle, HANDLES);

function field(handle: number, at: number): number | undefined {
  return NtQueryObject(handle, OBJECT_BASIC_INFORMATION, information, information.byteLength, null) === 0
    ? information[at]
    : undefined;
}

/** A UNICODE_STRING, and the longest text after it. */
const TEXT_AT = 2 * 4 * POINTER_INTS;
const name = Buffer.alloc(TEXT_AT + 2 ** 16);

/**
 * Its path in the object manager, '' for none. Only for sections and events: asking for a pipe's name can block
 * forever.
 */
export function objectPath(handle: number): string {
  const status = NtQueryObject(handle, OBJECT_NAME_INFORMATION, name, name.length, null);
  return status === 0 ? name.toString('utf16le', TEXT_AT, TEXT_AT + name.readUInt16LE(0)) : '';
}
