import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openChannel } from '../channel/channel.ts';
import { benchForEachTest, facing, openDescriptors, serverOptions, utf8 } from './testing.ts';

const bench = benchForEachTest();

test('10,000 times opened and closed as server and client leaves no handle and no file', () => {
  const { kernel } = bench();
  const options = serverOptions();
  const cycle = () => {
    const server = openChannel(kernel, options);
    const client = openChannel(kernel, facing(options, { layout: 'auto' }));
    server.close();
    client.close();
  };
  cycle();
  const before = openDescriptors();
  for (let round = 0; round < 10_000; round++) cycle();
  expect(openDescriptors() - before).toBeLessThan(10);
  expect(readdirSync(process.env.SHMSCOPE_RUNTIME_DIR ?? '')).toEqual(['.lock']);
}, 30_000);

test('500 sessions opened, used and closed, and 500 that could not be opened, leave no handle, file or thread', async () => {
  const { registry } = bench();
  const options = serverOptions({ receive: { mode: 'once', timeoutMs: null } });
  const cycle = async () => {
    const { id } = await registry.open(options);
    await registry.get(id).call({ type: 'send', bytes: utf8('x') });
    await expect(registry.open(options)).rejects.toThrow('already exists');
    await registry.get(id).close();
    registry.remove(id);
  };
  await cycle();
  const before = openDescriptors();
  for (let round = 0; round < 500; round++) await cycle();
  expect(openDescriptors() - before).toBeLessThan(10);
  expect(readdirSync(process.env.SHMSCOPE_RUNTIME_DIR ?? '')).toEqual(['.lock']);
}, 30_000);

test('a peer that is killed at any point leaves the session able to go on with the next', async () => {
  const { registry, changed, sink } = bench();
  const options = serverOptions({ receive: { mode: 'continuous', timeoutMs: 60_000 } });
  const { id } = await registry.open(options);
  let total = 0;
  for (let round = 0; round < 12; round++) {
    const args = [
      'client',
      '--name',
      options.section,
      '--event-s2c',
      options.eventS2c,
      '--event-c2s',
      options.eventC2s,
    ];
    const child = execFile(PEER, [...args, 'flood', '--seconds', '60', '--timeout', 'none'], () => {});
    await changed(id, ({ counts }) => counts.messagesIn >= total + 1 + 7 * round);
    const exit = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await exit;
    total = (await changed(id, ({ slots }) => slots.c2s.unreadSince === null)).counts.messagesIn;
  }
  await registry.get(id).close();
  await sink.until(id, (records) => records.at(-1)?.kind === 'closed');
  // A peer may be killed after its message and before its wake.
  const others = sink.told(id).filter((kind) => kind !== 'message' && kind !== 'anomaly lost-wake');
  expect(others).toEqual(['closed']);
  expect(numbersRestart(sink.received(id))).toBe(12);
}, 30_000);

const PEER = path.join(import.meta.dirname, '../../../native/build/gcc-x64/shm-peer');

/** How many times the peers' numbering begins at 0; it has no gap in between. */
function numbersRestart(messages: readonly Uint8Array[]): number {
  let starts = 0;
  let next = 0n;
  for (const bytes of messages) {
    const number = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
    if (number === 0n) starts++;
    else expect(number).toBe(next);
    next = number + 1n;
  }
  return starts;
}
