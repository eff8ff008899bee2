/**
 * `node scripts/wine.mjs PROGRAM.exe ARGS…` runs a Windows program; `node scripts/wine.mjs node ARGS…` the Windows
 * Node.js.
 */
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from './lib/run.mjs';
import { prepareWine, spawnWindows, windowsNode } from './lib/wine.mjs';

await main(async () => {
  const [program, ...args] = process.argv.slice(2);
  await prepareWine();
  if (!program) return 0;
  return program === 'node'
    ? runNode(args)
    : ended(spawnWindows(program, args, { cwd: process.cwd(), stdio: 'inherit' }));
});

/** @param {string[]} args */
async function runNode(args) {
  const stdout = join(tmpdir(), `shmscope-wine-${process.pid}.log`);
  const status = await ended(windowsNode(args, { stdout, cwd: process.cwd() }));
  process.stdout.write(readFileSync(stdout));
  rmSync(stdout);
  return status;
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>}
 */
function ended(child) {
  return new Promise((resolve, reject) => child.on('error', reject).on('exit', (status) => resolve(status ?? 1)));
}
