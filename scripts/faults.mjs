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

await main(async () => {
  process.env.SHMSCOPE_FAULT_SEEDS = `${countOption('seeds', 100)}`;
  await prepareForTests();
  await buildNative();
  const all = sum([await nodeTest(FILE), ...(WINDOWS ? [] : [await nodeTestOnWine(FILE)])]);
  say(`${all.passed} passed, ${all.failed} failed, ${all.skipped} skipped`);
  return all.failed > 0 ? 1 : 0;
});
