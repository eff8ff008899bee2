/** Calls `action` soon after `soon()`, at most once per `ms`; the last request is never lost. */
export function throttle(ms: number, action: () => void): { readonly soon: () => void; readonly cancel: () => void } {
  let timer: NodeJS.Timeout | undefined;
  let last = Number.NEGATIVE_INFINITY;
  const run = () => {
    timer = undefined;
    last = performance.now();
    action();
  };
  return {
    soon: () => {
      timer ??= setTimeout(run, Math.max(0, last + ms - performance.now()));
    },
    cancel: () => clearTimeout(timer),
  };
}
