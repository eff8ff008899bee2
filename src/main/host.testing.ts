import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { builtWorkers } from './built-worker.testing.ts';
import { type OpenedServices, openServices } from './services.ts';

/** A host for all tests of a file, on channels and a data folder of its own. Call it outside of tests. */
export function hostForAllTests(): () => OpenedServices {
  const directory = mkdtempSync(path.join(tmpdir(), 'shmscope-host-'));
  let opened: OpenedServices;
  beforeAll(async () => {
    process.env.SHMSCOPE_RUNTIME_DIR = path.join(directory, 'run');
    opened = await openServices({ dataDir: directory, host: 'headless', workers: builtWorkers() });
  });
  afterAll(async () => {
    await opened.close();
    rmSync(directory, { recursive: true, force: true });
  });
  return () => opened;
}
