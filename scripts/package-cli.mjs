/**
 * `npm run package:cli` creates the command line for Windows: `dist/shmscope-cli-win-x64`, and a zip of it. On any
 * system.
 */
import { relative } from 'node:path';
import { CLI_FOLDER, packageCli, zipCli } from './lib/cli-package.mjs';
import { main, ROOT, say } from './lib/run.mjs';

await main(async () => {
  await packageCli();
  const zip = await zipCli();
  say(`${relative(ROOT, CLI_FOLDER)}\n${relative(ROOT, zip)}`);
});
