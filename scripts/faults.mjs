/**
 * `npm run test:faults [-- --seeds N]`: every fault of docs/faults.md with N seeds (100), by peers of both bitnesses,
 * on this system and, except on Windows, on real kernel32 under Wine. Exit status 1 if one didn't end as defined.
 */
import { inBatches } from './lib/batches.mjs';
import { countOption } from './lib/count-option.mjs';
import { buildNative } from './lib/native.mjs';
import { main, say, WINDOWS } from './lib/run.mjs';
import { nodeTest, nodeTestOnWine } from './lib/runners.mjs';
import { prepareForTests } from './lib/setup-tests.mjs';

const FILE = 'faults.peers.ts';
/** Seeds in one run of the file. */
const AT_ONCE = 20;

await main(async () => {
  const seeds = countOption('seeds', 100);
  await prepareForTests();
  await buildNative();
  return inBatches(seeds, AT_ONCE, async (first, count) => {
    process.env.SHMSCOPE_FAULT_FIRST_SEED = `${first}`;
    process.env.SHMSCOPE_FAULT_SEEDS = `${count}`;
    say(`seeds from ${first}`);
    return [await nodeTest(FILE), ...(WINDOWS ? [] : [await nodeTestOnWine(FILE)])];
  });
});
