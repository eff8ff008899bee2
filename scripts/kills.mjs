/**
 * `npm run test:kills [-- --count N]`: kills Shmscope N times (1000) at random moments of a run, with programs of both
 * bitnesses. Exit status 1 when a capture was not whole, or a program was left.
 */
import { countOption } from './lib/count-option.mjs';
import { buildNative } from './lib/native.mjs';
import { sum } from './lib/reports.mjs';
import { main, say } from './lib/run.mjs';
import { nodeTest } from './lib/runners.mjs';
import { prepareForTests } from './lib/setup-tests.mjs';
import { buildTestWorkers } from './lib/test-workers.mjs';

/** In one run of the file: none may take longer than the limit that there is for all. */
const AT_ONCE = 200;

await main(async () => {
  const count = countOption('count', 1000);
  await prepareForTests();
  await buildNative();
  await buildTestWorkers();
  const runs = [];
  for (let left = count; left > 0; left -= AT_ONCE) {
    process.env.SHMSCOPE_KILLS = `${Math.min(left, AT_ONCE)}`;
    runs.push(await nodeTest('kills.peers.ts'));
  }
  const { passed, failed, skipped } = sum(runs);
  say(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  return failed > 0 ? 1 : 0;
});
