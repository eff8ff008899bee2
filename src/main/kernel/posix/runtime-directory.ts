import { closeSync, constants, lstatSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR, KernelError } from '../kernel.ts';
import { guarded, isSystemError, osError } from './errors.ts';
import { EINTR, EWOULDBLOCK, errno, flock, LOCK_EX, LOCK_NB } from './libc.ts';

const LOCK_LIMIT_MS = 5000;
const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Runs `work` in the runtime directory while nobody else creates, opens or closes an object in it. */
export function inRuntimeDirectory<T>(work: (directory: string) => T): T {
  return locked(runtimeDirectory(), work);
}

/** Runs `work` under the lock of `directory`. Gives up after 5 s with code 33 (ERROR_LOCK_VIOLATION). */
export function locked<T>(directory: string, work: (directory: string) => T): T {
  const fd = openLock(directory);
  try {
    lock(fd, directory);
    return work(directory);
  } finally {
    closeSync(fd);
  }
}

function openLock(directory: string): number {
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW;
  try {
    return openSync(join(directory, '.lock'), flags, 0o600);
  } catch (error) {
    throw isSystemError(error) ? unlockable(directory, -error.errno) : error;
  }
}

function unlockable(directory: string, error: number): KernelError {
  const { call, code, systemMessage } = osError('lock', directory, error);
  return new KernelError(call, code, `Its file .lock can't be used: ${systemMessage}`, directory);
}

/** Tries repeatedly instead of blocking: a stopped process that holds the lock must not stop this one for good. */
function lock(fd: number, directory: string): void {
  const deadline = performance.now() + LOCK_LIMIT_MS;
  while (flock(fd, LOCK_EX | LOCK_NB) === -1) {
    const error = errno();
    if (error !== EWOULDBLOCK && error !== EINTR) throw unlockable(directory, error);
    if (performance.now() > deadline) {
      throw new KernelError('lock', ERROR.LOCK_VIOLATION, 'Another process has held the lock for 5 seconds', directory);
    }
    Atomics.wait(sleeper, 0, 0, 1);
  }
}

/** The runtime directory if it exists, without creating it. Throws like {@link inRuntimeDirectory} if it is refused. */
export function existingRuntimeDirectory(): string | null {
  const path = runtimePath();
  if (!lstatSync(path, { throwIfNoEntry: false })) return null;
  refuseUnsafe(path);
  return path;
}

/** Created if missing, refused unless it is a directory of this user that nobody else can look into. */
function runtimeDirectory(): string {
  const path = runtimePath();
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === 'ENOENT') {
      throw new KernelError('mkdir', ERROR.PATH_NOT_FOUND, 'Its parent folder is missing', path);
    }
    if (error.code !== 'EEXIST') throw osError('mkdir', path, -error.errno);
  }
  refuseUnsafe(path);
  return path;
}

function refuseUnsafe(path: string): void {
  const problem = directoryProblem(path);
  if (problem) throw new KernelError('lstat', ERROR.ACCESS_DENIED, `The runtime directory ${problem}`, path);
}

function runtimePath(): string {
  if (process.env.SHMSCOPE_RUNTIME_DIR) return process.env.SHMSCOPE_RUNTIME_DIR;
  return `${process.platform === 'linux' ? '/dev/shm' : '/tmp'}/shmscope-${process.geteuid?.()}`;
}

function directoryProblem(path: string): string | undefined {
  const stat = guarded('lstat', path, () => lstatSync(path));
  if (stat.isSymbolicLink()) return 'is a symbolic link; it must be a directory itself';
  if (!stat.isDirectory()) return 'is not a directory';
  if (stat.uid !== process.geteuid?.()) return `belongs to user ${stat.uid}; it must be yours`;
  if (stat.mode & 0o077) return 'is accessible to other users; restrict it with chmod 700';
  return undefined;
}
