import type { KernelEvent } from './kernel.ts';

/** MAXIMUM_WAIT_OBJECTS */
export const MAX_WAIT_EVENTS = 64;
const MAX_TIMEOUT_MS = 0x7fff_ffff;

/** What {@link Kernel.waitAny} requires of its arguments. Throws RangeError. */
export function checkWait(events: readonly KernelEvent[], timeoutMs: number): void {
  if (events.length < 1 || events.length > MAX_WAIT_EVENTS) {
    throw new RangeError(`A wait takes 1 to ${MAX_WAIT_EVENTS} events, not ${events.length}.`);
  }
  if (!(timeoutMs >= 0 && timeoutMs <= MAX_TIMEOUT_MS)) {
    throw new RangeError(`A wait takes 0 to ${MAX_TIMEOUT_MS} ms, not ${timeoutMs}.`);
  }
}
