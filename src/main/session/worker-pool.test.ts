import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { WorkerPool } from './worker-pool.ts';

const directory = mkdtempSync(path.join(tmpdir(), 'shmscope-pool-'));
afterAll(() => rmSync(directory, { recursive: true }));

test('a pool that is closed while a thread still loads waits for it: native code ends the process when it is stopped then', async () => {
  const loaded = path.join(directory, 'loaded');
  const pool = new WorkerPool(
    new URL(`data:text/javascript,
      import { writeFileSync } from 'node:fs';
      import { parentPort } from 'node:worker_threads';
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
      writeFileSync(${JSON.stringify(loaded)}, '');
      parentPort.on('message', () => {});
      parentPort.postMessage('ready');`),
  );
  await pool.close();
  expect(existsSync(loaded)).toBe(true);
});

test('a pool whose thread can not load is closed all the same', async () => {
  const pool = new WorkerPool(new URL('data:text/javascript,throw new Error("no koffi here")'));
  await pool.close();
});
