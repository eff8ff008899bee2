import type { HostTime } from '../../shared/session.ts';

/**
 * The host's clocks, which alone decide what is shown: this machine's own may be wrong, or be set at any moment.
 * Between two messages from the host they advance by this machine's monotonic clock.
 */

let received: HostTime = { wall: 0, mono: 0 };
let receivedAt = 0;

/** The host said that it is `now`. */
export function setHostTime(now: HostTime): void {
  received = now;
  receivedAt = performance.now();
}

/** What the host's clocks show. */
export function hostNow(): HostTime {
  const passed = Math.round((performance.now() - receivedAt) * 1000);
  return { wall: received.wall + passed, mono: received.mono + passed };
}
