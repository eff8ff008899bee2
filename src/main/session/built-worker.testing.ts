import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The file of a worker thread for a test: `name` as scripts/lib/test-workers.mjs has built it where that was called,
 * which starts many times as fast; else its source.
 */
export function builtWorker(name: 'session' | 'types', source: URL): URL {
  const folder = process.env.SHMSCOPE_TEST_WORKERS;
  return folder ? pathToFileURL(join(folder, `${name}.js`)) : source;
}

export const SESSION_WORKER = builtWorker('session', new URL('./worker.ts', import.meta.url));
