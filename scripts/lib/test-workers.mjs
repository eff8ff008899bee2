/**
 * The worker threads that tests start, and the host that they kill, built. From its source each thread would strip
 * types for itself, with the WebAssembly in Node.js, and V8 of Node.js 24 crashes now and then when threads with
 * WebAssembly come and go (docs/threads.md).
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { CACHE, ROOT } from './run.mjs';
import { digest } from './setup.mjs';

const FOLDER = join(CACHE, 'test-workers');
const INPUTS = ['src/shared', 'src/main', 'package-lock.json', 'scripts/lib/test-workers.mjs'];
const ENTRIES = {
  capture: 'src/main/capture/worker.ts',
  discovery: 'src/main/discovery/worker.ts',
  job: 'src/main/jobs/worker.ts',
  'killed-host': 'src/main/killed-host.testing.ts',
  replay: 'src/main/replay/worker.ts',
  session: 'src/main/session/worker.ts',
  types: 'src/main/types/worker.ts',
};
/** ms that a build is kept which no source is for any more: a run may still use it. */
const KEEP_MS = 24 * 3600 * 1000;

/** The folder of the built workers; the environment tells it to the tests. */
export async function buildTestWorkers() {
  const folder = join(FOLDER, digest(INPUTS).slice(0, 16));
  if (!existsSync(folder)) await buildInto(folder);
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

/** @param {string} folder appears whole, however many build it at once */
async function buildInto(folder) {
  removeOld();
  const temporary = `${folder}.${process.pid}`;
  await build({
    ...{ configFile: false, root: ROOT, publicDir: false, logLevel: 'warn' },
    // As in the product's build (electron.vite.config.ts): each thread would look for their many files anew.
    ssr: { noExternal: ['@msgpack/msgpack', 'cbor2', 'valibot', 'yaml'] },
    build: {
      ...{ ssr: true, outDir: temporary, emptyOutDir: true, minify: false, target: 'node24' },
      rolldownOptions: { input: ENTRIES, output: { entryFileNames: '[name].js' } },
    },
  });
  try {
    renameSync(temporary, folder);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

function removeOld() {
  mkdirSync(FOLDER, { recursive: true });
  for (const name of readdirSync(FOLDER)) {
    const path = join(FOLDER, name);
    if (Date.now() - statSync(path).mtimeMs > KEEP_MS) rmSync(path, { recursive: true, force: true });
  }
}
