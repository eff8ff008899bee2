/**
 * What the parts of the kernel port's contract share: objects that go with their test, and other threads and processes.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Order } from './kernel.contract-peer.ts';
import { KernelError, type KernelEvent, type Section } from './kernel.ts';
import { openKernel } from './open.ts';

export const PEER = new URL('./kernel.contract-peer.ts', import.meta.url);
export const PATIENCE_MS = 20_000;

export const directory = mkdtempSync(join(tmpdir(), 'shmscope-contract-'));
process.env.SHMSCOPE_RUNTIME_DIR = join(directory, 'run');
after(() => rmSync(directory, { recursive: true }));

export const kernel = await openKernel();

let names = 0;
export const newName = () => `Local\\Shmscope contract ${process.pid}/${names++} é`;

export function keep<H extends { close(): void }>(t: TestContext, handle: H): H {
  t.after(() => handle.close());
  return handle;
}

export const makeSection = (t: TestContext, name = newName(), size = 4096): Section =>
  keep(t, kernel.createSection(name, size).section);
export const makeEvent = (t: TestContext, name: string | null = null): KernelEvent =>
  keep(t, kernel.createEvent(name).event);
export const isSet = (event: KernelEvent): boolean => kernel.waitAny([event], 0) === 0;

export function bytes(section: Section, offset = 0, length = section.extent - offset): Buffer {
  const target = Buffer.alloc(length, 0xee);
  section.read(offset, target);
  return target;
}

export function refusal(work: () => unknown): KernelError {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof KernelError, `${error}`);
    return error;
  }
  throw new Error('The call was not refused.');
}

export const code = (work: () => unknown): number => refusal(work).code;

export function startProcess(t: TestContext, order: Order): ChildProcess {
  const args = [...process.execArgv.filter((arg) => !arg.startsWith('--test')), fileURLToPath(PEER)];
  const child = spawn(process.execPath, [...args, JSON.stringify(order)], { stdio: 'ignore' });
  t.after(() => child.kill('SIGKILL'));
  return child;
}

/** A thread that carries out `order` and waits: at the event of `order.token`. */
export async function startThread(t: TestContext, order: Order): Promise<Worker> {
  const thread = new Worker(PEER, { workerData: order });
  t.after(() => thread.terminate());
  assert.deepEqual(await once(thread, 'message'), ['waiting']);
  return thread;
}

/** A process that holds a marked section and an event. */
export function startHolder(t: TestContext) {
  const [section, event, ready, quit] = [newName(), newName(), newName(), newName()];
  const isReady = makeEvent(t, ready);
  const end = makeEvent(t, quit);
  const mark = 0x600d_f00d;
  const child = startProcess(t, { role: 'hold', section, event, mark, ready, quit });
  assert.equal(kernel.waitAny([isReady], PATIENCE_MS), 0, 'the other process did not get ready');
  return { child, section, event, mark, end };
}
