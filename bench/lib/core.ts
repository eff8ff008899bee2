import koffi from 'koffi';

const libc = koffi.load(null);
koffi.struct('sched_param', { sched_priority: 'int' });

const setAffinity = libc.func('int sched_setaffinity(int thread, size_t length, const void *mask)') as (
  thread: 0,
  length: number,
  mask: BigUint64Array,
) => number;
const getAffinity = libc.func('int sched_getaffinity(int thread, size_t length, void *mask)') as (
  thread: 0,
  length: number,
  mask: BigUint64Array,
) => number;
const setScheduler = libc.func('int sched_setscheduler(int thread, int policy, const sched_param *param)') as (
  thread: 0,
  policy: number,
  param: { readonly sched_priority: number },
) => number;

const SCHED_OTHER = 0;
const SCHED_FIFO = 1;
const PRIORITY = 10;
/** `--share`: others need the machine too, so nothing gets a core or a priority of its own. Figures are then rough. */
const SHARES = process.argv.includes('--share');

/**
 * Starts a process that stays on one core, with priority over everything else there: it inherits this thread's cores
 * and scheduling. Where the scheduler happens to put two ends that talk, and what else wants to run, affects their
 * speed more than anything they do. Real-time priority needs root; without it the process runs like any other.
 */
export function onCore<T>(core: number, start: () => T): T {
  if (SHARES) return start();
  const mask = new BigUint64Array(16);
  getAffinity(0, mask.byteLength, mask);
  setAffinity(0, 8, new BigUint64Array([1n << BigInt(core)]));
  setScheduler(0, SCHED_FIFO, { sched_priority: PRIORITY });
  try {
    return start();
  } finally {
    setScheduler(0, SCHED_OTHER, { sched_priority: 0 });
    setAffinity(0, mask.byteLength, mask);
  }
}
