/** ms between two runs of retention. */
const INTERVAL = 30_000;

/**
 * Runs `retain` now, every half minute, and soon after `soon()`; never twice at once. After a failure (a full or
 * missing disk) the next run tries again: the capture's own state reports the disk.
 */
export function keepRetention(retain: () => Promise<void>): {
  readonly soon: () => void;
  readonly stop: () => Promise<void>;
} {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  const run = async () => {
    do {
      again = false;
      await retain().catch(() => {});
    } while (again && !stopped);
    running = undefined;
  };
  const soon = () => {
    again = running !== undefined;
    running ??= run();
  };
  const timer = setInterval(soon, INTERVAL);
  timer.unref();
  soon();
  return {
    soon,
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
