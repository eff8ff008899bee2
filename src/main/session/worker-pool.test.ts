import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setEnvironmentData } from 'node:worker_threads';
import { afterAll, expect, test } from 'vitest';
import type { Assignment } from './protocol.ts';
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

test("a pool whose thread can't load is closed all the same", async () => {
  const pool = new WorkerPool(new URL('data:text/javascript,throw new Error("no koffi here")'));
  await pool.close();
});

test.each([
  [1, 2],
  [0, 0],
])('a pool starts %i thread ahead, and %i while sessions are opened faster than a thread loads', async (few, more) => {
  const started = new Int32Array(new SharedArrayBuffer(4));
  const mayLoad = new Int32Array(new SharedArrayBuffer(4));
  setEnvironmentData('pool test', { started, mayLoad });
  const pool = new WorkerPool(
    new URL(`data:text/javascript,
      import { getEnvironmentData, parentPort } from 'node:worker_threads';
      const { started, mayLoad } = getEnvironmentData('pool test');
      Atomics.add(started, 0, 1);
      Atomics.wait(mayLoad, 0, 0);
      parentPort.on('message', () => {});
      parentPort.postMessage('ready');`),
    few,
  );
  const threads = () => Atomics.load(started, 0);
  await expect.poll(threads).toBe(few);
  pool.assign({} as Assignment, [], () => {});
  await expect.poll(threads).toBe(1 + more);
  Atomics.store(mayLoad, 0, 1);
  Atomics.notify(mayLoad, 0);
  await pool.close();
  expect(threads()).toBe(1 + more);
});
