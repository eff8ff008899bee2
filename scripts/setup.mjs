/**
 * `npm run setup` gets this machine ready for `npm test`, which calls it too: packages, system packages, Wine. Says
 * first what it installs.
 */
import { main, say } from './lib/run.mjs';
import { prepareForTests } from './lib/setup-tests.mjs';

await main(async () => {
  await prepareForTests();
  say('Everything `npm test` needs is installed.');
});
