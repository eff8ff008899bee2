import { checkWait, MAX_WAIT_EVENTS } from '../arguments.ts';
import { ERROR, KernelError, type KernelEvent } from '../kernel.ts';
import { addressOf, pinned } from '../pinned.ts';
import { osError } from './errors.ts';
import { PosixEvent } from './event.ts';
import { EINTR, errno, POLLIN, poll, ppoll } from './libc.ts';

/** `struct pollfd`: int fd, short events, short revents. */
const waited = pinned(8 * MAX_WAIT_EVENTS);
const pollFds = new Int32Array(waited.buffer);
const shorts = new Int16Array(waited.buffer);

export function waitAny(events: readonly KernelEvent[], timeoutMs: number, now?: number): number {
  checkWait(events, timeoutMs);
  prepare(events);
  const deadline = timeoutMs && (now ?? performance.now()) + timeoutMs;
  for (let left = timeoutMs; ; ) {
    const ready = pollFor(events.length, left);
    if (ready > 0) {
      const index = takeLowest(events);
      if (index >= 0) return index;
    } else if (ready === -1) {
      const error = errno();
      if (error !== EINTR) throw osError('poll', null, error);
    }
    left = deadline - performance.now();
    if (left <= 0) return -1;
  }
}

export function pause(ms: number): void {
  const deadline = performance.now() + ms;
  for (let left = ms; left > 0; left = deadline - performance.now()) pollFor(0, left);
}

/** `struct timespec` of 64-bit Linux: seconds, always 0 here, and nanoseconds, 8 bytes each. */
const patience = pinned(16);
const timespec = new Int32Array(patience.buffer);

/** May end before the last millisecond: whole ones use a call that is 0.2 µs faster, and a message ends most waits. */
function pollFor(count: number, ms: number): number {
  if (ppoll === null) return poll(addressOf(waited), count, Math.ceil(ms));
  if (ms === 0 || ms >= 1) return poll(addressOf(waited), count, Math.floor(ms));
  timespec[2] = Math.ceil(ms * 1e6);
  return ppoll(addressOf(waited), count, addressOf(patience), 0);
}

function prepare(events: readonly KernelEvent[]): void {
  for (let index = 0; index < events.length; index++) {
    pollFds[2 * index] = posixEvent(events[index]).fd;
    pollFds[2 * index + 1] = POLLIN;
  }
}

/** -1 if every signalled event was taken by another waiter meanwhile. */
function takeLowest(events: readonly KernelEvent[]): number {
  for (let index = 0; index < events.length; index++) {
    const answer = shorts[4 * index + 3] as number;
    if (answer === 0) continue;
    const event = posixEvent(events[index]);
    if (!(answer & POLLIN))
      throw new KernelError('poll', ERROR.INVALID_HANDLE, "The event can't be waited on any more", event.name);
    if (event.take()) return index;
  }
  return -1;
}

function posixEvent(event: KernelEvent | undefined): PosixEvent {
  if (event instanceof PosixEvent) return event;
  throw new TypeError('The event is not one of this kernel.');
}
