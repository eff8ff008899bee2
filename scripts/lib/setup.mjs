/** Getting a checkout ready to run: its dependencies and its build. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { withLock } from './lock.mjs';
import { CACHE, onceFor, PINNED_NODE, packageBin, ROOT, readText, run, runQuietly, say, WINDOWS } from './run.mjs';

const LOCK_FILE = join(ROOT, 'package-lock.json');
/** npm's own record of what it put into `node_modules`. */
const INSTALLED = join(ROOT, 'node_modules', '.package-lock.json');
const BUILD_STAMP = join(CACHE, 'build.stamp');
export const BUILD_INPUTS = [
  'src',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
];

/** Installs the packages of `package-lock.json` unless they are installed. */
export function ensureDependencies() {
  return withLock(join(CACHE, 'dependencies.lock'), async () => {
    if (dependenciesInstalled()) return;
    // Windows can't delete the node.exe of node_modules while it runs this script: there npm must leave in place what
    // stays.
    const command = WINDOWS && existsSync(INSTALLED) ? 'install' : 'ci';
    say(`dependencies: npm ${command}`);
    // npm would warn at length about the Node.js that it runs on; what is installed runs on the pinned one.
    await run('npm', [command, '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], { env: npmEnv() });
  });
}

/**
 * Whether every package of the lock file is in `node_modules` in that version, and its install scripts have run.
 * Optional ones for other systems may be missing.
 */
function dependenciesInstalled() {
  const installed = readText(INSTALLED);
  if (installed === undefined || !existsSync(PINNED_NODE)) return false;
  const present = JSON.parse(installed).packages;
  const wanted = Object.entries(JSON.parse(readFileSync(LOCK_FILE, 'utf8')).packages);
  return wanted.every(
    ([path, entry]) => path === '' || (present[path] ? present[path].version === entry.version : entry.optional),
  );
}

/** npm must not run on the Node.js that it is about to replace. */
function npmEnv() {
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  return { ...process.env, PATH: path.join(delimiter) };
}

/** Builds `out/` if a source changed since it was last built. Needs the dependencies installed. */
export function ensureBuild() {
  return withLock(join(CACHE, 'build.lock'), async () => {
    if (!existsSync(join(ROOT, 'out', 'main', 'cli.js'))) rmSync(BUILD_STAMP, { force: true });
    await onceFor(BUILD_STAMP, digest(BUILD_INPUTS), async () => {
      say('build: electron-vite build');
      await runQuietly(PINNED_NODE, [packageBin('electron-vite'), 'build'], {
        env: { ...process.env, NO_COLOR: '1' },
      });
    });
  });
}

/**
 * A digest of files and folders (tests excluded), by name and content.
 * @param {string[]} inputs relative to the root
 */
export function digest(inputs) {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap(filesOf)) hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}

/**
 * @param {string} input
 * @returns {string[]}
 */
function filesOf(input) {
  const stat = statSync(join(ROOT, input), { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return stat ? [input] : [];
  return readdirSync(join(ROOT, input), { withFileTypes: true })
    .filter((entry) => !/\.(test|contract|peers)\.tsx?$/.test(entry.name))
    .flatMap((entry) => (entry.isDirectory() ? filesOf(join(input, entry.name)) : [join(input, entry.name)]))
    .sort();
}
