import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type OpenedServices, openServices } from './services.ts';

const threadOf = (name: string) => path.join(process.env.SHMSCOPE_TEST_WORKERS ?? '', `${name}.js`);

/** The threads of a host, as Vitest's global set-up builds them. */
export const builtWorkers = {
  ...{ session: threadOf('session'), capture: threadOf('capture'), job: threadOf('job'), replay: threadOf('replay') },
  ...{ discovery: threadOf('discovery'), types: threadOf('types') },
};

/** A host for all tests of a file, on channels and a data folder of its own. To be called outside of tests. */
export function hostForAllTests(): () => OpenedServices {
  const directory = mkdtempSync(path.join(tmpdir(), 'shmscope-host-'));
  let opened: OpenedServices;
  beforeAll(async () => {
    process.env.SHMSCOPE_RUNTIME_DIR = path.join(directory, 'run');
    opened = await openServices({ dataDir: directory, host: 'headless', workers: builtWorkers });
  });
  afterAll(async () => {
    await opened.close();
    rmSync(directory, { recursive: true, force: true });
  });
  return () => opened;
}
