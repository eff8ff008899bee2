/**
 * Calls `action` soon after `soon()`, and then not again for as many ms as it returns; the last request is never lost.
 * `now()` doesn't wait for that.
 */
export function throttle(action: () => number): {
  readonly soon: () => void;
  readonly now: () => void;
  readonly cancel: () => void;
} {
  let timer: NodeJS.Timeout | undefined;
  let next = Number.NEGATIVE_INFINITY;
  const run = () => {
    timer = undefined;
    next = performance.now() + action();
  };
  return {
    soon: () => {
      timer ??= setTimeout(run, Math.max(0, next - performance.now()));
    },
    now: () => {
      clearTimeout(timer);
      run();
    },
    cancel: () => clearTimeout(timer),
  };
}
