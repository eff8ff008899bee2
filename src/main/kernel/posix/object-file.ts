import { closeSync, constants, fstatSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR, KernelError } from '../kernel.ts';
import { checked, guarded, isSystemError, osError } from './errors.ts';
import { fileName } from './file-name.ts';
import { EWOULDBLOCK, errno, flock, LOCK_EX, LOCK_NB, LOCK_SH, LOCK_UN } from './libc.ts';
import { inRuntimeDirectory, locked } from './runtime-directory.ts';

type Kind = 'section' | 'event';

/** Node adds O_CLOEXEC to all of them. */
export const OPEN_FLAGS = constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOFOLLOW;
const LOOK_FLAGS = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;

/** The file of an object that this process has open. */
export class OpenFile {
  readonly name: string;
  readonly fd: number;
  protected readonly directory: string;

  constructor(name: string, fd: number, directory: string) {
    this.name = name;
    this.fd = fd;
    this.directory = directory;
  }

  /**
   * Throws with code 1006 (ERROR_FILE_INVALID) if the file has been removed or replaced, or has fewer than `size` bytes
   * left.
   */
  check(size = 0): void {
    const stat = guarded('fstat', this.name, () => fstatSync(this.fd));
    const problem =
      stat.size < size
        ? `Its file was truncated: ${stat.size.toLocaleString('en-US')} of ${size.toLocaleString('en-US')} bytes are left`
        : stat.nlink === 0 && 'Its file was removed or replaced';
    if (problem) throw new KernelError('fstat', ERROR.FILE_INVALID, problem, this.name);
  }

  /** Whether anybody holds it, so that it is alive. */
  isHeld(): boolean {
    return locked(this.directory, () => isHeld(this.fd, this.name));
  }

  close(): void {
    closeSync(this.fd);
  }
}

/** A file that this process holds: its descriptor carries the shared lock that keeps the object alive. */
export class ObjectFile extends OpenFile {
  readonly #path: string;

  constructor(name: string, fd: number, directory: string, path: string) {
    super(name, fd, directory);
    this.#path = path;
  }

  override isHeld(): boolean {
    return true;
  }

  /** Lets go, and removes the file if nobody else holds it. */
  override close(): void {
    // A child being started shares the descriptor until it execs, and would keep the lock.
    flock(this.fd, LOCK_UN);
    super.close();
    try {
      locked(this.directory, () => removeDead(this.#path, this.name));
    } catch (error) {
      // The object is released all the same; whoever creates or opens it next removes the file.
      if (!(error instanceof KernelError)) throw error;
    }
  }
}

/** Opens the live object `name`, or calls `make` to create its file and open it. */
export function createObject(name: string, kind: Kind, make: (path: string) => number) {
  return inObjectPath(name, (directory, path) => {
    const live = openLive(path, name, kind);
    const fd = live ?? makeHeld(path, name, make);
    return { file: new ObjectFile(name, fd, directory, path), existed: live !== null };
  });
}

/** Opens the live object `name`. */
export function openObject(name: string, kind: Kind): ObjectFile {
  return inObjectPath(name, (directory, path) => {
    const fd = openLive(path, name, kind);
    if (fd === null) throw notHeld(name);
    return new ObjectFile(name, fd, directory, path);
  });
}

/** Opens the live object `name` to look at it: takes no lock, so it doesn't keep it alive, and writes nothing. */
export function lookAtObject(name: string, kind: Kind): OpenFile {
  return inObjectPath(name, (directory, path) => {
    const fd = openExisting(path, name, LOOK_FLAGS);
    if (fd === null) throw notHeld(name);
    return closingOnError(fd, () => {
      if (!isHeld(fd, name)) throw notHeld(name);
      checkKind(fd, name, kind);
      return new OpenFile(name, fd, directory);
    });
  });
}

const notHeld = (name: string) =>
  new KernelError('open', ERROR.FILE_NOT_FOUND, 'No program holds an object of this name', name);

function inObjectPath<T>(name: string, work: (directory: string, path: string) => T): T {
  const file = fileName('open', name);
  return inRuntimeDirectory((directory) => work(directory, join(directory, file)));
}

function makeHeld(path: string, name: string, make: (path: string) => number): number {
  try {
    return closingOnError(make(path), (fd) => share(fd, name));
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
}

/** A descriptor that keeps the object alive, or null if there is no live one; what a crash left of it is removed. */
function openLive(path: string, name: string, kind: Kind): number | null {
  const fd = openExisting(path, name);
  if (fd === null) return null;
  return closingOnError(fd, () => {
    if (removeUnheld(fd, path, name)) {
      closeSync(fd);
      return null;
    }
    checkKind(fd, name, kind);
    return share(fd, name);
  });
}

function removeDead(path: string, name: string): void {
  const fd = openExisting(path, name);
  if (fd === null) return;
  try {
    removeUnheld(fd, path, name);
  } finally {
    closeSync(fd);
  }
}

function removeUnheld(fd: number, path: string, name: string): boolean {
  if (isHeld(fd, name)) return false;
  guarded('unlink', name, () => rmSync(path));
  return true;
}

/**
 * The test is the exclusive lock: a descriptor without a lock only gets it if no other has a shared one. Done under the
 * lock of the directory, since whoever opens the object meanwhile would be refused its own.
 */
function isHeld(fd: number, name: string): boolean {
  if (flock(fd, LOCK_EX | LOCK_NB) !== -1) {
    flock(fd, LOCK_UN);
    return false;
  }
  const error = errno();
  if (error !== EWOULDBLOCK) throw osError('flock', name, error);
  return true;
}

function openExisting(path: string, name: string, flags = OPEN_FLAGS): number | null {
  try {
    return openSync(path, flags);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === 'ENOENT') return null;
    throw osError('open', name, -error.errno);
  }
}

function share(fd: number, name: string): number {
  checked('flock', name, flock(fd, LOCK_SH | LOCK_NB));
  return fd;
}

function checkKind(fd: number, name: string, kind: Kind): void {
  const stat = fstatSync(fd);
  if (kind === 'section' ? stat.isFile() : stat.isFIFO()) return;
  const problem = `The name is held by another kind of object than ${kind}`;
  throw new KernelError('open', ERROR.INVALID_HANDLE, problem, name);
}

/** The result of `work`; if it throws, `fd` is closed. */
export function closingOnError<T>(fd: number, work: (fd: number) => T): T {
  try {
    return work(fd);
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}
