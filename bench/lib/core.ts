import koffi from 'koffi';

const setAffinity = koffi.load(null).func('int sched_setaffinity(int thread, size_t length, const void *mask)') as (
  thread: 0,
  length: number,
  mask: BigUint64Array,
) => number;
const getAffinity = koffi.load(null).func('int sched_getaffinity(int thread, size_t length, void *mask)') as (
  thread: 0,
  length: number,
  mask: BigUint64Array,
) => number;

/**
 * Starts a process that stays on one core: it inherits this thread's cores. Where the scheduler happens to put two ends that talk
 * decides their speed more than anything that they do.
 */
export function onCore<T>(core: number, start: () => T): T {
  const mask = new BigUint64Array(16);
  getAffinity(0, mask.byteLength, mask);
  setAffinity(0, 8, new BigUint64Array([1n << BigInt(core)]));
  try {
    return start();
  } finally {
    setAffinity(0, mask.byteLength, mask);
  }
}
