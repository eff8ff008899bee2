import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const SOURCES = {
  capture: './capture/worker.ts',
  discovery: './discovery/worker.ts',
  job: './jobs/worker.ts',
  replay: './replay/worker.ts',
  session: './session/worker.ts',
  types: './types/worker.ts',
} as const;
type Thread = keyof typeof SOURCES;

/**
 * The file of a worker thread for a test: as built by scripts/lib/test-workers.mjs if that was called, which starts
 * many times as fast; else its source.
 */
export function builtWorker(name: Thread): URL {
  const folder = process.env.SHMSCOPE_TEST_WORKERS;
  return folder ? pathToFileURL(join(folder, `${name}.js`)) : new URL(SOURCES[name], import.meta.url);
}

/** Those of a host. */
export const builtWorkers = (): Record<Thread, string> => {
  const names = Object.keys(SOURCES) as Thread[];
  return Object.fromEntries(names.map((name) => [name, fileURLToPath(builtWorker(name))])) as Record<Thread, string>;
};
