import { closeSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Access } from '../../../shared/access.ts';
import { ERROR, KernelError, type KernelEvent, type Lease } from '../kernel.ts';
import { addressOf, pinned } from '../pinned.ts';
import { checkAccess } from './access.ts';
import { checked, guarded, osError } from './errors.ts';
import { close, EAGAIN, EINTR, errno, F_DUPFD_CLOEXEC, fcntl, mkfifo, POLLIN, poll, read, write } from './libc.ts';
import { createObject, type ObjectFile, OPEN_FLAGS, openObject } from './object-file.ts';
import { inRuntimeDirectory } from './runtime-directory.ts';

const UNSEEN_SETS = 31;
const oneByte = pinned(1);
const taken = pinned(64);
/** `struct pollfd`, see wait.ts. */
const looked = pinned(8);
const pollFd = new Int32Array(looked.buffer);
const answers = new Int16Array(looked.buffer);

type Held = Pick<ObjectFile, 'fd' | 'check' | 'close'>;
/** What has no name can't lose it. */
const unnamed = (fd: number, release: (fd: number) => void): Held => ({
  fd,
  check: () => {},
  close: () => release(fd),
});

/** An auto-reset event: a FIFO that holds a byte while it is signalled. */
export class PosixEvent implements KernelEvent {
  readonly name: string | null;
  readonly lease: Lease;
  readonly reset = 'auto';
  readonly #file: Held;
  #fd: number;
  /** Sets since the FIFO was last seen empty. */
  #unseen = UNSEEN_SETS;

  /** Owns `file`, which is closed once. `handle` is its descriptor if Node doesn't know it. */
  constructor(name: string | null, file: Held, handle = 0) {
    this.lease = { address: 0, extent: 0, handle };
    this.name = name;
    this.#fd = file.fd;
    this.#file = file;
  }

  get fd(): number {
    if (this.#fd === -1) throw new Error(`The event ${this.name ? `"${this.name}" ` : ''}is closed.`);
    return this.#fd;
  }

  get token(): bigint {
    return BigInt(this.fd);
  }

  /**
   * An extra byte in a signalled FIFO changes nothing as long as one wait takes them all, so not every set needs a look
   * first: a waiter takes up to 64 at once, and two setters that don't look may each leave half of that.
   */
  set(): void {
    if (++this.#unseen > UNSEEN_SETS) {
      if (isReadable(this.fd, this.name)) return;
      this.#unseen = 1;
    }
    if (write(this.fd, addressOf(oneByte), 1) === -1 && errno() !== EAGAIN) throw osError('write', this.name);
  }

  /** Resets the event; false if it wasn't signalled, or another waiter was faster. */
  take(): boolean {
    if (read(this.fd, addressOf(taken), taken.length) !== -1) return true;
    const error = errno();
    if (error === EAGAIN) return false;
    throw osError('read', this.name, error);
  }

  check(): void {
    this.#file.check();
  }

  close(): void {
    if (this.#fd === -1) return;
    this.#fd = -1;
    this.#file.close();
  }
}

/** Whether a FIFO holds a byte. A signal can interrupt even a poll that doesn't wait. */
export function isReadable(fd: number, name: string | null): boolean {
  for (;;) {
    pollFd[0] = fd;
    pollFd[1] = POLLIN;
    const ready = poll(addressOf(looked), 1, 0);
    // A FIFO without writers returns POLLHUP, which isn't a byte.
    if (ready !== -1) return ready > 0 && (answers[3] as number) % 2 === POLLIN;
    const error = errno();
    if (error !== EINTR) throw osError('poll', name, error);
  }
}

export function createEvent(name: string | null, access?: Access): { event: KernelEvent; existed: boolean } {
  checkAccess('mkfifo', name, access);
  if (name === null) return { event: createUnnamed(), existed: false };
  const { file, existed } = createObject(name, 'event', (path) => makeFifo(path, name));
  return { event: new PosixEvent(name, file), existed };
}

export function openEvent(name: string): KernelEvent {
  const file = openObject(name, 'event');
  return new PosixEvent(name, file);
}

export function attachEvent(token: bigint): KernelEvent {
  const source = Number(token);
  if (!(source >= 0 && source <= 0x7fff_ffff)) {
    throw new KernelError('fcntl', ERROR.INVALID_HANDLE, `${token} isn't an event of this process`, null);
  }
  const fd = checked('fcntl', null, fcntl(source, F_DUPFD_CLOEXEC, 'int', 0));
  return new PosixEvent(null, unnamed(fd, close), fd);
}

/** Its path exists only under the lock, so a crash leaves at most this one file, which the next one removes. */
function createUnnamed(): KernelEvent {
  return inRuntimeDirectory((directory) => {
    const path = join(directory, '.unnamed');
    rmSync(path, { force: true });
    try {
      return new PosixEvent(null, unnamed(makeFifo(path, null), closeSync));
    } finally {
      rmSync(path, { force: true });
    }
  });
}

function makeFifo(path: string, name: string | null): number {
  checked('mkfifo', name, mkfifo(path, 0o600));
  return guarded('open', name, () => openSync(path, OPEN_FLAGS));
}
