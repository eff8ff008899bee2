/** What `npm test` does after its set-up, in order. */
import { join } from 'node:path';
import { tryBenchmarks } from './benchmarks.mjs';
import { packageCli } from './cli-package.mjs';
import { electronPath, hasDisplay } from './electron.mjs';
import { buildNative, NATIVE } from './native.mjs';
import { runs32Bit } from './packages.mjs';
import { WINDOWS } from './run.mjs';
import { check, ctest, done, listed, nodeTest, nodeTestOnWine, playwright, vitest } from './runners.mjs';
import { ensureBuild } from './setup.mjs';

/** @typedef {import('./reports.mjs').Counts} Counts */

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {() => Promise<Counts>} run
 * @property {boolean} [always] whether others need it, so that it runs whatever was asked for
 * @property {boolean} [here] whether it belongs to this system's run; true unless given
 * @property {() => string | undefined} [obstacle] why this machine can't run it: then it is reported as not run
 * @property {() => Promise<number>} [size] how many tests are not run then
 */

const system = WINDOWS ? 'windows' : 'posix';

/** @type {Step[]} */
const all = [
  { name: 'format and lint', run: () => check('@biomejs/biome', 'biome', ['ci', '--colors=off', '.']) },
  { name: 'types node', run: () => check('typescript', 'tsc', ['--noEmit', '-p', 'tsconfig.node.json']) },
  { name: 'types web', run: () => check('typescript', 'tsc', ['--noEmit', '-p', 'tsconfig.web.json']) },
  { name: 'dead code', run: () => check('knip', 'knip', []) },
  { name: 'native build', run: () => done(buildNative()), always: true },
  { name: 'native gcc-x64', run: () => ctest(join(NATIVE, 'build', 'gcc-x64')), here: !WINDOWS },
  {
    name: 'native gcc-x86',
    run: () => ctest(join(NATIVE, 'build', 'gcc-x86')),
    here: !WINDOWS,
    obstacle: () => (runs32Bit() ? undefined : 'this system runs no 32-bit programs'),
  },
  { name: 'build', run: () => done(ensureBuild()), always: true },
  { name: 'units', run: vitest },
  { name: `kernel contract ${system}`, run: () => nodeTest('.contract.ts') },
  { name: 'kernel contract wine', run: () => nodeTestOnWine('.contract.ts'), here: !WINDOWS },
  { name: `peers ${system}`, run: () => nodeTest('.peers.ts') },
  { name: 'peers wine', run: () => nodeTestOnWine('.peers.ts'), here: !WINDOWS },
  { name: 'command line package', run: packagedCli },
  { name: 'benchmarks', run: tryBenchmarks, here: !WINDOWS },
  { name: `e2e ${system}`, run: () => playwright(system) },
  { name: 'e2e wine', run: () => playwright('wine'), here: !WINDOWS },
  { name: 'e2e standin', run: () => playwright('standin'), here: !WINDOWS },
  { name: 'e2e electron', run: () => playwright('electron'), obstacle: noElectron, size: () => listed('electron') },
];

export const STEPS = all.filter((step) => step.here !== false);

async function packagedCli() {
  await packageCli();
  return playwright('package');
}

function noElectron() {
  if (!electronPath()) return "Electron's binary is not on this machine";
  return hasDisplay() ? undefined : 'Electron needs a display, and DISPLAY and WAYLAND_DISPLAY are empty';
}
