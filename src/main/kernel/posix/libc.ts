import { constants } from 'node:os';
import koffi from 'koffi';

/** The C library of this process, whichever it is (glibc, musl, macOS). */
const libc = koffi.load(null);

/** Addresses are numbers here, so MAP_FAILED is -1 and adding an offset costs nothing. */
const pointer = 'intptr_t';

export const PROT_READ = 1;
export const PROT_READ_WRITE = 1 | 2;
export const MAP_SHARED = 1;
export const MAP_PRIVATE = 2;
/** Linux's, like `sigaction` below. */
export const MAP_FIXED = 0x10;
export const MAP_ANONYMOUS = 0x20;
export const LOCK_SH = 1;
export const LOCK_EX = 2;
export const LOCK_NB = 4;
export const LOCK_UN = 8;
export const POLLIN = 1;
export const F_GETFL = 3;
export const O_ACCMODE = 3;
export const F_DUPFD_CLOEXEC = process.platform === 'darwin' ? 67 : 1030;
export const { EAGAIN, EINTR, EWOULDBLOCK } = constants.errno;

export const mmap = libc.func(
  `${pointer} mmap(${pointer} address, size_t length, int protection, int flags, int fd, int64_t offset)`,
) as (address: number, length: number, protection: number, flags: number, fd: number, offset: number) => number;
export const munmap = libc.func(`int munmap(${pointer} address, size_t length)`) as (
  a: number,
  length: number,
) => number;
export const copyOut = libc.func(`void memcpy(void *target, ${pointer} address, size_t length)`) as (
  target: Uint8Array,
  address: number,
  length: number,
) => void;
export const copy = libc.func(`void memcpy(${pointer} target, ${pointer} address, size_t length)`) as (
  target: number,
  address: number,
  length: number,
) => void;
export const copyIn = libc.func(`void memcpy(${pointer} address, const void *source, size_t length)`) as (
  address: number,
  source: Uint8Array,
  length: number,
) => void;
export const memset = libc.func(`void memset(${pointer} address, int value, size_t length)`) as (
  address: number,
  value: number,
  length: number,
) => void;
export const memcmp = libc.func(`int memcmp(${pointer} address, ${pointer} other, size_t length)`) as (
  address: number,
  other: number,
  length: number,
) => number;
/** A `wchar_t` has 32 bits here. */
const wmemset = libc.func(`void wmemset(${pointer} address, int value, size_t count)`) as (
  address: number,
  value: number,
  count: 1,
) => void;
export const store32 = (address: number, value: number): void => wmemset(address, value | 0, 1);
export const mkfifo = libc.func('int mkfifo(const char *path, uint32_t mode)') as (
  path: string,
  mode: number,
) => number;
export const flock = libc.func('int flock(int fd, int operation)') as (fd: number, operation: number) => number;
export const fcntl = libc.func('int fcntl(int fd, int command, ...)') as (
  fd: number,
  command: number,
  type: 'int',
  argument: number,
) => number;
/** For descriptors that libc opened; those of `node:fs`, which keeps its own account, are closed there. */
export const close = libc.func('int close(int fd)') as (fd: number) => number;
export const poll = libc.func(`int poll(${pointer} fds, unsigned long count, int timeoutMs)`) as (
  fds: number,
  count: number,
  timeoutMs: number,
) => number;
/** Takes the time as a `struct timespec`, to the nanosecond. Not on macOS. */
export const ppoll =
  process.platform === 'linux'
    ? (libc.func(`int ppoll(${pointer} fds, unsigned long count, ${pointer} timeout, ${pointer} mask)`) as (
        fds: number,
        count: number,
        timeout: number,
        mask: 0,
      ) => number)
    : null;
export const read = libc.func(`intptr_t read(int fd, ${pointer} target, size_t length)`) as (
  fd: number,
  target: number,
  length: number,
) => number;
export const write = libc.func(`intptr_t write(int fd, ${pointer} source, size_t length)`) as (
  fd: number,
  source: number,
  length: number,
) => number;
/** Both a `struct sigaction`, or null. */
export const sigaction = libc.func('int sigaction(int signal, const void *action, void *before)') as (
  signal: number,
  action: Uint8Array,
  before: Uint8Array | null,
) => number;
export const yieldProcessor = libc.func('int sched_yield()') as () => void;
export const strerror = libc.func('const char *strerror(int error)') as (error: number) => string;

export const PAGE_SIZE = (libc.func('int getpagesize()') as () => number)();

/** The error of the previous call on this thread. */
export const errno = (): number => koffi.errno();
