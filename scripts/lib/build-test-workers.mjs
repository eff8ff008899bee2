/**
 * `node build-test-workers.mjs FOLDER`: a program of its own, since a clean clone has the bundler only once the
 * dependencies are installed. FOLDER appears complete, however many build it at once.
 */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { build } from 'vite';
import { ROOT } from './run.mjs';

const ENTRIES = {
  capture: 'src/main/capture/worker.ts',
  discovery: 'src/main/discovery/worker.ts',
  job: 'src/main/jobs/worker.ts',
  'killed-host': 'src/main/killed-host.testing.ts',
  replay: 'src/main/replay/worker.ts',
  session: 'src/main/session/worker.ts',
  types: 'src/main/types/worker.ts',
};

const folder = process.argv[2] ?? '';
const temporary = `${folder}.${process.pid}`;
await build({
  ...{ configFile: false, root: ROOT, publicDir: false, logLevel: 'warn' },
  // As in the product's build (electron.vite.config.ts): otherwise each thread would look up their many files again.
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
