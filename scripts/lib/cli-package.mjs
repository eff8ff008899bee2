/**
 * The command line for Windows as a folder that needs nothing installed, and a zip of it:
 *
 *     shmscope.exe        starts the Node.js beside it (native/windows/launcher.c)
 *     shmscope-path.exe   puts the folder into the user's PATH; for the installer
 *     lib/                node.exe, the build, its packages
 *     peers/              shm-peer.exe, 64-bit and 32-bit
 *     scenarios/          examples for shmscope run
 */
import { copyFileSync, cpSync, createWriteStream, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { withLock } from './lock.mjs';
import { buildNative, copyWindowsPeers, WINDOWS_PRESETS, windowsProgram } from './native.mjs';
import { CACHE, onceFor, ROOT, runQuietly, say } from './run.mjs';
import { BUILD_INPUTS, digest, ensureBuild } from './setup.mjs';
import { fetchWindowsNode, WINDOWS_NODE, WINDOWS_NODE_EXE } from './windows-node.mjs';

export const CLI_FOLDER = join(ROOT, 'dist', 'shmscope-cli-win-x64');

const LIB = join(CLI_FOLDER, 'lib');
const STAMP = join(CACHE, 'cli-package.stamp');
const INPUTS = [
  ...BUILD_INPUTS,
  'native/windows',
  'resources/cli',
  'resources/scenarios',
  'LICENSE',
  'scripts/lib/cli-package.mjs',
];
/**
 * Not needed at run time: koffi's build files (its binary is a package of its own), all of the grammars except their
 * WebAssembly, and what only valibot's types need.
 */
const LEFT_OUT = [
  ...['koffi/doc', 'koffi/lib', 'koffi/vendor', 'typescript', '@typescript', 'node-addon-api', 'node-gyp-build'],
  ...['c', 'rust'].flatMap((name) =>
    ['bindings', 'prebuilds', 'queries', 'src'].map((part) => `tree-sitter-${name}/${part}`),
  ),
  'web-tree-sitter/debug',
];

/** Creates `CLI_FOLDER` unless it is up to date. Needs the dependencies installed. */
export async function packageCli() {
  await buildNative(Object.values(WINDOWS_PRESETS));
  await ensureBuild();
  await fetchWindowsNode();
  await withLock(join(CACHE, 'cli-package.lock'), async () => {
    if (!existsSync(CLI_FOLDER)) rmSync(STAMP, { force: true });
    await onceFor(STAMP, `node ${WINDOWS_NODE} ${digest(INPUTS)}`, fill);
  });
}

async function fill() {
  say(`packaging ${relative(ROOT, CLI_FOLDER)}`);
  rmSync(CLI_FOLDER, { recursive: true, force: true });
  mkdirSync(LIB, { recursive: true });
  for (const name of ['shmscope', 'shmscope-path'])
    copyFileSync(windowsProgram(WINDOWS_PRESETS.x64, name), join(CLI_FOLDER, `${name}.exe`));
  for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(ROOT, name), join(LIB, name));
  await installPackages();
  copyFileSync(WINDOWS_NODE_EXE, join(LIB, 'node.exe'));
  cpSync(join(ROOT, 'out'), join(LIB, 'out'), { recursive: true });
  copyWindowsPeers(join(CLI_FOLDER, 'peers'));
  cpSync(join(ROOT, 'resources', 'cli'), CLI_FOLDER, { recursive: true });
  cpSync(join(ROOT, 'resources', 'scenarios'), join(CLI_FOLDER, 'scenarios'), { recursive: true });
  copyFileSync(join(ROOT, 'LICENSE'), join(CLI_FOLDER, 'LICENSE.txt'));
}

/** What the build imports, in the versions of package-lock.json, with the Windows binaries. */
async function installPackages() {
  const flags = ['--omit=dev', '--os=win32', '--cpu=x64', '--ignore-scripts', '--no-audit', '--no-fund'];
  await runQuietly('npm', ['ci', ...flags, '--loglevel=error'], { cwd: LIB });
  for (const name of LEFT_OUT) rmSync(join(LIB, 'node_modules', name), { recursive: true, force: true });
}

/** Packs `CLI_FOLDER` beside itself, with its name as the only folder at the top. Returns the file. */
export async function zipCli() {
  // Only here: `npm test` loads this file before the dependencies are installed.
  const { default: yazl } = await import('yazl');
  const file = `${CLI_FOLDER}.zip`;
  const zip = new yazl.ZipFile();
  const entries = readdirSync(CLI_FOLDER, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    zip.addFile(path, relative(join(CLI_FOLDER, '..'), path).replaceAll(sep, '/'));
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(file));
  return file;
}
