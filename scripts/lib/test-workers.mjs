/**
 * The worker threads that tests start, and the host that they kill, built. From its source each thread would strip
 * types itself, with the WebAssembly in Node.js, and V8 of Node.js 24 crashes now and then when threads with
 * WebAssembly come and go (docs/threads.md).
 */
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, PINNED_NODE, ROOT, runQuietly } from './run.mjs';
import { digest } from './setup.mjs';

const FOLDER = join(CACHE, 'test-workers');
const BUILD = join(ROOT, 'scripts', 'lib', 'build-test-workers.mjs');
const INPUTS = ['src/shared', 'src/main', 'package-lock.json', 'scripts/lib/build-test-workers.mjs'];
/** ms that an outdated build is kept: a run may still use it. */
const KEEP_MS = 24 * 3600 * 1000;

/** The folder of the built workers; the environment passes it to the tests. */
export async function buildTestWorkers() {
  const folder = join(FOLDER, digest(INPUTS).slice(0, 16));
  if (!existsSync(folder)) {
    removeOld();
    await runQuietly(PINNED_NODE, [BUILD, folder]);
  }
  process.env.SHMSCOPE_TEST_WORKERS = folder;
  return folder;
}

/**
 * Vitest's global set-up.
 * @param {import('vitest/node').TestProject} project
 */
export default async function setUp(project) {
  await buildTestWorkers();
  project.onTestsRerun(async () => {
    await buildTestWorkers();
  });
}

function removeOld() {
  mkdirSync(FOLDER, { recursive: true });
  for (const name of readdirSync(FOLDER)) {
    const path = join(FOLDER, name);
    if (Date.now() - statSync(path).mtimeMs > KEEP_MS) rmSync(path, { recursive: true, force: true });
  }
}
