/**
 * `npm run test:faults [-- --seeds N]`: every fault of docs/faults.md with N seeds (100), by peers of both bitnesses,
 * on this system and, away from Windows, on real kernel32 under Wine. Exit status 1 when one did not end as defined.
 */
import { countOption } from './lib/count-option.mjs';
import { buildNative } from './lib/native.mjs';
import { sum } from './lib/reports.mjs';
import { main, say, WINDOWS } from './lib/run.mjs';
import { nodeTest, nodeTestOnWine } from './lib/runners.mjs';
import { prepareForTests } from './lib/setup-tests.mjs';

const FILE = 'faults.peers.ts';
/** Seeds in one run of the file: none may take longer than the limit that there is for all. */
const AT_ONCE = 20;

await main(async () => {
  const seeds = countOption('seeds', 100);
  await prepareForTests();
  await buildNative();
  const runs = [];
  for (let first = 0; first < seeds; first += AT_ONCE) {
    process.env.SHMSCOPE_FAULT_FIRST_SEED = `${first}`;
    process.env.SHMSCOPE_FAULT_SEEDS = `${Math.min(AT_ONCE, seeds - first)}`;
    say(`seeds from ${first}`);
    runs.push(await nodeTest(FILE), ...(WINDOWS ? [] : [await nodeTestOnWine(FILE)]));
  }
  const all = sum(runs);
  say(`${all.passed} passed, ${all.failed} failed, ${all.skipped} skipped`);
  return all.failed > 0 ? 1 : 0;
});
