import { constants } from 'node:os';
import { ERROR, KernelError } from '../kernel.ts';
import { errno, strerror } from './libc.ts';

const { errno: E } = constants;

/** What Windows would have returned. */
const WINDOWS_CODE: ReadonlyMap<number, number> = new Map([
  [E.ENOENT, ERROR.FILE_NOT_FOUND],
  [E.ENOTDIR, ERROR.PATH_NOT_FOUND],
  [E.EMFILE, ERROR.TOO_MANY_OPEN_FILES],
  [E.ENFILE, ERROR.TOO_MANY_OPEN_FILES],
  [E.EACCES, ERROR.ACCESS_DENIED],
  [E.EPERM, ERROR.ACCESS_DENIED],
  [E.EROFS, ERROR.ACCESS_DENIED],
  // With O_NOFOLLOW a symbolic link; what can't be opened at all is a socket.
  [E.ELOOP, ERROR.INVALID_HANDLE],
  [E.ENXIO, ERROR.INVALID_HANDLE],
  [E.EISDIR, ERROR.INVALID_HANDLE],
  [E.EBADF, ERROR.INVALID_HANDLE],
  [E.ENOMEM, ERROR.NOT_ENOUGH_MEMORY],
  [E.EINVAL, ERROR.INVALID_PARAMETER],
  [E.ENOSPC, ERROR.DISK_FULL],
  [E.EDQUOT, ERROR.DISK_FULL],
  [E.EFBIG, ERROR.DISK_FULL],
  [E.EEXIST, ERROR.ALREADY_EXISTS],
  [E.ENAMETOOLONG, ERROR.FILENAME_EXCED_RANGE],
]);

/** The previous call failed with `error`. */
export function osError(call: string, object: string | null, error = errno()): KernelError {
  return new KernelError(call, WINDOWS_CODE.get(error) ?? ERROR.GEN_FAILURE, strerror(error), object);
}

/** `result`, unless it is the -1 of a failed libc call. */
export function checked(call: string, object: string | null, result: number): number {
  if (result === -1) throw osError(call, object);
  return result;
}

/** The result of `work`, with errors from `node:fs` turned into {@link KernelError}. */
export function guarded<T>(call: string, object: string | null, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw isSystemError(error) ? osError(call, object, -error.errno) : error;
  }
}

export function isSystemError(error: unknown): error is NodeJS.ErrnoException & { errno: number } {
  return error instanceof Error && 'errno' in error && typeof error.errno === 'number';
}
