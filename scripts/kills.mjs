/**
 * `npm run test:kills [-- --count N]`: kills Shmscope N times (1000) at random moments of a run, with programs of both
 * bitnesses. Exit status 1 if a capture was damaged, or a program was left.
 */
import { inBatches } from './lib/batches.mjs';
import { countOption } from './lib/count-option.mjs';
import { buildNative } from './lib/native.mjs';
import { main } from './lib/run.mjs';
import { nodeTest } from './lib/runners.mjs';
import { prepareForTests } from './lib/setup-tests.mjs';
import { buildTestWorkers } from './lib/test-workers.mjs';

/** Kills in one run of the file. */
const AT_ONCE = 200;

await main(async () => {
  const count = countOption('count', 1000);
  await prepareForTests();
  await buildNative();
  await buildTestWorkers();
  return inBatches(count, AT_ONCE, async (_, kills) => {
    process.env.SHMSCOPE_KILLS = `${kills}`;
    return [await nodeTest('kills.peers.ts')];
  });
});
