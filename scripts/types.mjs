/**
 * `npm run test:types`: layouts of 10,000 random declarations compared with the compilers of all four ABIs, and every
 * decoder with 10,000,000 random payloads. `npm test` takes a sample of both.
 */
import { main, PINNED_NODE, packageBin, run } from './lib/run.mjs';
import { prepareForTests } from './lib/setup-tests.mjs';

await main(async () => {
  await prepareForTests();
  const env = { ...process.env, SHMSCOPE_EXHAUSTIVE: '1' };
  const { status } = await run(PINNED_NODE, [packageBin('vitest'), 'run', 'types/'], { env, check: false });
  return status ?? 1;
});
