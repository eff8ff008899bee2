import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkerPaths } from '../../src/main/services.ts';

const OUT = join(import.meta.dirname, '../../out');

/** The window as built. */
export const rendererDir = join(OUT, 'renderer');

/** The worker threads' entry files as built: from source they would start several times as slowly as in the product. */
export const workers: WorkerPaths = await builtWorkers();

async function builtWorkers(): Promise<WorkerPaths> {
  const chunks = join(OUT, 'main', 'chunks');
  const chunk = readdirSync(chunks).find((name) => name.startsWith('workers-'));
  const exported = chunk ? Object.values(await import(join(chunks, chunk))) : [];
  const found = exported.find(
    (value) => typeof value === 'object' && value !== null && 'session' in value && 'capture' in value,
  );
  if (!found) throw new Error('out/ is not what this benchmark knows. Run it through: npm run bench');
  return found as WorkerPaths;
}
