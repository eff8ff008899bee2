import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openChannel } from '../channel/channel.ts';
import { isExhaustive } from '../sample.testing.ts';
import { benchForAllTests, openDescriptors, peerOptions, serverOptions, utf8 } from './testing.ts';

const bench = benchForAllTests();

const CYCLES = isExhaustive ? 5000 : 1000;
test(`${(2 * CYCLES).toLocaleString('en')} times opened and closed, as server and as client by turns, leaves no handle and no file`, () => {
  const { kernel } = bench();
  const [options, standing] = [serverOptions(), serverOptions()];
  const server = openChannel(kernel, standing);
  const cycle = () => {
    openChannel(kernel, options).close();
    openChannel(kernel, peerOptions(standing, { layout: 'auto' })).close();
  };
  cycle();
  const before = openDescriptors();
  for (let round = 0; round < CYCLES; round++) cycle();
  expect(openDescriptors() - before).toBeLessThan(10);
  server.close();
  expect(readdirSync(process.env.SHMSCOPE_RUNTIME_DIR ?? '')).toEqual(['.lock']);
}, 120_000);

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
});

test('a peer that is killed at any point leaves the session able to go on with the next', async () => {
  const { registry, sink, peer } = bench();
  const options = serverOptions({ receive: { mode: 'continuous', timeoutMs: 60_000 } });
  const { id } = await registry.open(options);
  const onlooker = peer(peerOptions(options));
  const names = ['--name', options.section, '--event-s2c', options.eventS2c, '--event-c2s', options.eventC2s];
  for (let round = 1; round <= 12; round++) {
    const child = execFile(PEER, ['client', ...names, 'flood', '--seconds', '60', '--rate', '2000'], () => {});
    await sink.until(id, () => {
      const numbers = numbersOf(sink.received(id));
      return startsOf(numbers) === round && Number(numbers.at(-1)) >= 7 * round;
    });
    const exit = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await exit;
    // What the peer left in the slot is taken before the next one writes there.
    while (onlooker.unread);
  }
  await registry.get(id).close();
  await sink.until(id, (records) => records.at(-1)?.kind === 'closed');
  // A peer may be killed after its message and before its wake.
  const others = sink.told(id).filter((kind) => kind !== 'message' && kind !== 'anomaly lost-wake');
  expect(others).toEqual(['closed']);
  const numbers = numbersOf(sink.received(id));
  expect(startsOf(numbers)).toBe(12);
  for (const [n, number] of numbers.entries()) expect([0n, (numbers[n - 1] ?? 0n) + 1n]).toContain(number);
});

/** The native peer, built before the tests. */
const PEER = path.join(import.meta.dirname, '../../../native/build/gcc-x64/shm-peer');

const numbersOf = (messages: readonly Uint8Array[]): bigint[] =>
  messages.map(({ buffer, byteOffset }) => new DataView(buffer, byteOffset).getBigUint64(0, true));
/** How many peers have started numbering their messages. */
const startsOf = (numbers: readonly bigint[]): number => numbers.filter((number) => number === 0n).length;
