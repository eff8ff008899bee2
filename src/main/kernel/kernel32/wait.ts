import { checkWait, MAX_WAIT_EVENTS } from '../arguments.ts';
import { type Clock, ERROR, type KernelEvent } from '../kernel.ts';
import { POINTER_INTS, WAIT_FAILED, WAIT_TIMEOUT, WaitForMultipleObjects, WaitForSingleObject } from './bindings.ts';
import { ShortWaits, TICK_MS } from './clock.ts';
import { lastError, windowsError } from './errors.ts';
import { Kernel32Event } from './event.ts';

/** An array of HANDLE: only their low halves, since 32 bits of a handle are significant; the high halves stay 0. */
const handles = new Int32Array(POINTER_INTS * MAX_WAIT_EVENTS);
const shortWaits = new ShortWaits();

export const clock = (): Clock => shortWaits;
export const pause = (ms: number): void => shortWaits.pause(ms);

export function waitAny(events: readonly KernelEvent[], timeoutMs: number, now = performance.now()): number {
  checkWait(events, timeoutMs);
  if (timeoutMs === 0) return indexOf(wait(events, 0), events.length);
  const deadline = now + timeoutMs;
  for (let left = timeoutMs; left > 0; left = deadline - performance.now()) {
    // A wait that ends with a message is usually a long one, which can do without the timer.
    const isLong = left > 2 * TICK_MS;
    const result = isLong ? wait(events, Math.floor(left - TICK_MS)) : waitShortly(events, deadline, left);
    const index = indexOf(result, events.length);
    if (index >= 0) return index;
  }
  return -1;
}

/** The single event of a plain receive needs no array, which shows in its round trips. */
function wait(events: readonly KernelEvent[], timeoutMs: number): number {
  if (events.length === 1) return WaitForSingleObject(kernel32Event(events[0]).handle, timeoutMs);
  list(events);
  return WaitForMultipleObjects(events.length, handles, 0, timeoutMs);
}

function waitShortly(events: readonly KernelEvent[], deadline: number, left: number): number {
  list(events);
  return shortWaits.wait(handles, events.length, deadline, left);
}

function list(events: readonly KernelEvent[]): void {
  for (let index = 0; index < events.length; index++)
    handles[POINTER_INTS * index] = kernel32Event(events[index]).handle;
}

/** The result of {@link waitAny}; -1 once the time has passed. */
function indexOf(result: number, events: number): number {
  if (result < events) return result;
  if (result === WAIT_TIMEOUT) return -1;
  const call = events === 1 ? 'WaitForSingleObject' : 'WaitForMultipleObjects';
  if (result === WAIT_FAILED) throw lastError(call, null);
  throw windowsError(call, ERROR.ABANDONED_WAIT, null);
}

function kernel32Event(event: KernelEvent | undefined): Kernel32Event {
  if (event instanceof Kernel32Event) return event;
  throw new TypeError('The event is not one of this kernel.');
}
