/** Test files that are run repeatedly, one batch at a time: no run may exceed the limit that applies to all. */
import { sum } from './reports.mjs';
import { say } from './run.mjs';

/**
 * Runs `total` of something, `atOnce` per batch, and prints the combined results. The exit status: 1 if a test failed.
 * @param {number} total
 * @param {number} atOnce
 * @param {(first: number, count: number) => Promise<import('./reports.mjs').Counts[]>} run
 */
export async function inBatches(total, atOnce, run) {
  const runs = [];
  for (let first = 0; first < total; first += atOnce) runs.push(...(await run(first, Math.min(atOnce, total - first))));
  const { passed, failed, skipped } = sum(runs);
  say(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return failed > 0 ? 1 : 0;
}
