import { ERROR, KernelError } from '../kernel.ts';
import { formatMessage, GetLastError } from './bindings.ts';

/** In UTF-16 units: its length in bytes is 16 bits wide, and the NUL counts. */
const MAX_UNICODE_STRING = 32_766;

/** The previous call failed: on this thread, with no other call in between. */
export function lastError(call: string, object: string | null): KernelError {
  return windowsError(call, GetLastError(), object);
}

export function windowsError(call: string, code: number, object: string | null): KernelError {
  return new KernelError(call, code, systemMessage(code), object);
}

/** `result`, unless it is the 0 (NULL, FALSE) of a failed call. */
export function checked(call: string, object: string | null, result: number): number {
  if (result === 0) throw lastError(call, object);
  return result;
}

/**
 * Names that would reach kernel32 changed: an empty one creates an unnamed object, a NUL ends it early, a
 * UNICODE_STRING truncates it.
 */
export function checkName(call: string, name: string): void {
  const bare = name.replace(/^(Local|Global)\\/, '');
  if (bare === '' || bare.includes('\0')) throw windowsError(call, ERROR.INVALID_NAME, name);
  if (name.length > MAX_UNICODE_STRING) throw windowsError(call, ERROR.FILENAME_EXCED_RANGE, name);
}

/** Without the line break and the full stop, to fit into a sentence of ours. */
function systemMessage(code: number): string {
  return formatMessage(code).trimEnd().replace(/\.$/, '') || `Error ${code}`;
}
