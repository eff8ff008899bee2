import { checkWait, MAX_WAIT_EVENTS } from '../arguments.ts';
import { ERROR, KernelError, type KernelEvent } from '../kernel.ts';
import { osError } from './errors.ts';
import { PosixEvent } from './event.ts';
import { EINTR, errno, POLLIN, poll, ppoll } from './libc.ts';

/** `struct pollfd`: int fd, short events, short revents. */
const pollFds = new Int32Array(2 * MAX_WAIT_EVENTS);
const shorts = new Int16Array(pollFds.buffer);

export function waitAny(events: readonly KernelEvent[], timeoutMs: number): number {
  checkWait(events, timeoutMs);
  prepare(events);
  const deadline = performance.now() + timeoutMs;
  for (let left = timeoutMs; ; left = Math.max(0, deadline - performance.now())) {
    const ready = pollFor(events.length, left);
    if (ready > 0) {
      const index = takeLowest(events);
      if (index >= 0) return index;
    } else if (ready === -1) {
      const error = errno();
      if (error !== EINTR) throw osError('poll', null, error);
    }
    if (ready === 0 || left === 0) return -1;
  }
}

/** `struct timespec` of a 64-bit Linux: seconds and nanoseconds, 8 bytes each. */
const timespec = new Int32Array(4);

function pollFor(count: number, ms: number): number {
  if (ppoll === null) return poll(pollFds, count, Math.ceil(ms));
  const seconds = Math.floor(ms / 1000);
  timespec[0] = seconds;
  timespec[2] = Math.min(999_999_999, Math.ceil((ms - seconds * 1000) * 1e6));
  return ppoll(pollFds, count, timespec, null);
}

function prepare(events: readonly KernelEvent[]): void {
  for (let index = 0; index < events.length; index++) {
    pollFds[2 * index] = posixEvent(events[index]).fd;
    pollFds[2 * index + 1] = POLLIN;
  }
}

/** -1 when every signalled event was taken by another waiter meanwhile. */
function takeLowest(events: readonly KernelEvent[]): number {
  for (let index = 0; index < events.length; index++) {
    const answer = shorts[4 * index + 3] as number;
    if (answer === 0) continue;
    const event = posixEvent(events[index]);
    if (!(answer & POLLIN))
      throw new KernelError('poll', ERROR.INVALID_HANDLE, 'The event can no longer be waited on', event.name);
    if (event.take()) return index;
  }
  return -1;
}

function posixEvent(event: KernelEvent | undefined): PosixEvent {
  if (event instanceof PosixEvent) return event;
  throw new TypeError('The event is not one of this kernel.');
}
