import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const SOURCES = {
  capture: './capture/worker.ts',
  discovery: './discovery/worker.ts',
  job: './jobs/worker.ts',
  session: './session/worker.ts',
  types: './types/worker.ts',
} as const;

/**
 * The file of a worker thread for a test: as scripts/lib/test-workers.mjs has built it where that was called, which
 * starts many times as fast; else its source.
 */
export function builtWorker(name: keyof typeof SOURCES): URL {
  const folder = process.env.SHMSCOPE_TEST_WORKERS;
  return folder ? pathToFileURL(join(folder, `${name}.js`)) : new URL(SOURCES[name], import.meta.url);
}
