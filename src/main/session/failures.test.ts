import { chmodSync, mkdirSync, rmdirSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { totalMessages } from '../../shared/session-counts.ts';
import { builtWorker } from '../built-worker.testing.ts';
import { type Bench, openBench, ownRuntimeDirectory, peerOptions, serverOptions, textOf, utf8 } from './testing.ts';

ownRuntimeDirectory();
const opened: Bench[] = [];
afterEach(async () => {
  for (const bench of opened.splice(0)) await bench.close();
});

async function open(workerPath: string | URL = builtWorker('session')): Promise<Bench> {
  const bench = await openBench(workerPath);
  opened.push(bench);
  return bench;
}
const failing = (code: string, saying: string) =>
  expect.objectContaining({ failure: expect.objectContaining({ code, message: expect.stringContaining(saying) }) });
const forEver = { mode: 'continuous', timeoutMs: 60_000 } as const;

test('a thread that dies is reported with its reason, what waited is ended, its names are free, its log is kept, and the others go on', async () => {
  const { registry, sink, peer, changed } = await open(new URL('./dying-worker.testing.ts', import.meta.url));
  const [doomed, other] = [serverOptions({ receive: forEver }), serverOptions({ receive: forEver })];
  const { id } = await registry.open(doomed);
  const { id: otherId } = await registry.open(other);
  await registry.get(id).call({ type: 'send', bytes: utf8('unread') });
  const waiting = expect(registry.get(id).call({ type: 'sendClose' })).rejects.toEqual(
    failing('worker-died', 'code 7'),
  );
  const killer = peer(peerOptions(doomed));
  killer.send(utf8('die'));
  await waiting;
  expect(registry.snapshot(id)).toMatchObject({ state: 'failed', receiving: null, sending: false });
  await sink.until(id, (records) => records.length === 3);
  expect(sink.received(id).map(textOf)).toEqual(['die']);

  peer(peerOptions(other)).send(utf8('alive'));
  await changed(otherId, ({ counts }) => totalMessages(counts) === 1);
  killer.close();
  const again = await registry.open({ ...doomed, receive: null });
  expect(again.state).toBe('open');
});

test("a thread that can't start is the reason why a session can't be opened", async () => {
  const { registry } = await open(new URL('data:text/javascript,throw new Error("no koffi here")'));
  await expect(registry.open(serverOptions())).rejects.toEqual(failing('worker-died', 'no koffi here'));
  await expect(registry.open(serverOptions())).rejects.toEqual(failing('worker-died', 'no koffi here'));
  expect(registry.snapshots()).toEqual([]);
});

test.skipIf(process.platform === 'win32')(
  "a session whose own event can't be made is refused with the reason and what to do, and its records end",
  async () => {
    const { registry, sink } = await open();
    const folder = process.env.SHMSCOPE_RUNTIME_DIR as string;
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o755);
    await expect(registry.open(serverOptions())).rejects.toEqual(failing('access-denied', 'chmod 700'));
    chmodSync(folder, 0o700);
    rmSync(join(folder, '.lock'));
    mkdirSync(join(folder, '.lock'));
    const noFolder = failing('access-denied', `in the folder ${folder}: Its file .lock can't be used`);
    await expect(registry.open(serverOptions())).rejects.toEqual(noFolder);
    rmdirSync(join(folder, '.lock'));
    await sink.ended(1);
    expect(registry.snapshots()).toEqual([]);
    expect(await registry.open(serverOptions())).toMatchObject({ state: 'open' });
  },
);

test('a session whose records are refused ends with the reason, and is shown as neither receiving nor sending', async () => {
  const { registry, sink, changed, peer } = await open();
  const options = serverOptions({ receive: forEver });
  const { id } = await registry.open(options);
  const client = peer(peerOptions(options));
  await changed(id, ({ receiving }) => receiving !== null);
  sink.refuse(id, { code: 'capture-failed', message: 'The disk is gone.' });
  client.send(utf8('one more'));
  const { failure, receiving, sending } = await changed(id, ({ state }) => state === 'failed');
  expect([failure?.message, receiving, sending]).toEqual(['The disk is gone.', null, false]);
  expect((await registry.open(serverOptions())).state).toBe('open');
});

test('a capture that does not keep up holds receiving and sending back at 32 MiB; nothing is lost', async () => {
  const { registry, sink, changed, peer } = await open();
  const size = 1024 * 1024;
  const options = serverOptions({ bufferSize: size, receive: forEver });
  const { id } = await registry.open(options);
  const client = peer(peerOptions(options));
  sink.holding = true;
  for (let n = 0; n < 32; n++) {
    client.send(new Uint8Array(size).fill(n));
    await sink.until(id, (records) => records.length === n + 2);
  }
  client.send(new Uint8Array(size).fill(32));
  await changed(id, ({ slots, receiving }) => receiving !== null && slots.c2s.unreadSince !== null);
  const send = registry.get(id).call({ type: 'send', bytes: utf8('too early') });
  await expect(send).rejects.toEqual(failing('capture-failed', 'Nothing was sent'));
  expect([client.unread, sink.of(id).length]).toEqual([true, 33]);
  sink.holding = false;
  sink.acknowledge(id);
  await sink.until(id, (records) => records.length === 34);
  expect(sink.received(id).map((bytes) => [bytes.byteLength, bytes[0], bytes[size - 1]])).toEqual(
    Array.from({ length: 33 }, (_, n) => [size, n, n]),
  );
  expect(await registry.get(id).call({ type: 'send', bytes: utf8('now') })).toMatchObject({ seq: 34 });
});

test.runIf(process.platform === 'linux')(
  'a section whose file is truncated ends its session with a sentence, whoever touches it next; the others go on',
  async () => {
    const { registry, sink, peer, changed } = await open();
    const fileOf = ({ section }: { section: string }) =>
      join(process.env.SHMSCOPE_RUNTIME_DIR ?? '', section.replace('Local\\', 'L.'));
    const lost = [0, 5000, 32_000].map((bytes) => ({ bytes, options: serverOptions({ receive: forEver }) }));
    const other = serverOptions({ receive: forEver });
    const { id: otherId } = await registry.open(other);
    for (const { bytes, options } of lost) {
      const { id } = await registry.open(options);
      const peerEnd = peer(peerOptions(options));
      await registry.get(id).call({ type: 'send', bytes: utf8('before') });
      truncateSync(fileOf(options), bytes);
      const { failure } = await changed(id, ({ state }) => state === 'failed');
      expect(failure).toMatchObject({ code: 'channel-lost', os: { code: 1006 } });
      expect(failure?.message).toContain(`"${options.section}"`);
      await sink.until(id, (records) => records.map(({ kind }) => kind).join() === 'opened,message,error');
      peerEnd.close();
    }
    const alive = peer(peerOptions(other));
    alive.send(utf8('alive'));
    await changed(otherId, ({ counts }) => totalMessages(counts) === 1);
    expect((await registry.open({ ...(lost[0]?.options as typeof other), receive: null })).state).toBe('open');
  },
);

test.runIf(process.platform !== 'win32')(
  'an event whose file is removed ends its session with a sentence',
  async () => {
    const { registry, changed } = await open();
    const options = serverOptions({ receive: forEver });
    const { id } = await registry.open(options);
    rmSync(join(process.env.SHMSCOPE_RUNTIME_DIR ?? '', options.eventC2s.replace('Local\\', 'L.')));
    const { failure } = await changed(id, ({ state }) => state === 'failed');
    expect(failure).toMatchObject({ code: 'channel-lost', message: expect.stringContaining(options.eventC2s) });
  },
);
