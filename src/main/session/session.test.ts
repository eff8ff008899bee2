import { describe, expect, test } from 'vitest';
import { MAX_SESSIONS } from '../../shared/domain.ts';
import { totalMessages } from '../../shared/session-counts.ts';
import { benchForAllTests, peerOptions, serverOptions, textOf, utf8 } from './testing.ts';

const bench = benchForAllTests();
const code = (wanted: string) => expect.objectContaining({ failure: expect.objectContaining({ code: wanted }) });

describe('sessions', () => {
  test('of as many channels as can be open work at once, the next is refused, and a closed one makes room', async () => {
    const { registry, sink, peer } = bench();
    const all = Array.from({ length: MAX_SESSIONS }, () =>
      serverOptions({ receive: { mode: 'once', timeoutMs: null } }),
    );
    const ids = (await Promise.all(all.map((options) => registry.open(options)))).map(({ id }) => id);
    await expect(registry.open(serverOptions())).rejects.toEqual(code('too-many-sessions'));
    const peers = all.map((options) => peer(peerOptions(options)));
    for (const [n, end] of peers.entries()) end.send(utf8(`to ${n}`));
    await Promise.all(ids.map((id) => sink.until(id, (records) => records.some(({ kind }) => kind === 'message'))));
    expect(ids.map((id) => sink.received(id).map(textOf))).toEqual(ids.map((_, n) => [`to ${n}`]));
    await registry.get(ids[3] as number).close();
    expect((await registry.open(serverOptions())).state).toBe('open');
    // This many threads take their time to start.
  }, 120_000);

  test('that are closed stay on the list until they are removed; open ones cannot be', async () => {
    const { registry } = bench();
    const { id } = await registry.open(serverOptions());
    expect(() => registry.remove(id)).toThrow(code('busy'));
    await registry.get(id).close();
    expect(registry.snapshot(id)).toMatchObject({ state: 'closed', failure: null, receiving: null });
    registry.remove(id);
    expect(() => registry.get(id)).toThrow(code('no-such-session'));
  });

  test("that can't be opened tell why, and are not on the list", async () => {
    const { registry, sink } = bench();
    const options = serverOptions();
    await expect(registry.open(peerOptions(options))).rejects.toEqual(code('no-such-section'));
    const { id } = await registry.open(options);
    await expect(registry.open(options)).rejects.toEqual(code('name-taken'));
    expect(registry.snapshots().map(({ state }) => state)).toEqual(['open']);
    expect(sink.of(id - 1)).toMatchObject([{ seq: 0, kind: 'error', code: 'no-such-section' }]);
  });

  test('take no call after they were closed, and a second close does nothing', async () => {
    const { registry, sink } = bench();
    const { id } = await registry.open(serverOptions());
    const session = registry.get(id);
    await session.close();
    await session.close();
    await expect(session.call({ type: 'send', bytes: utf8('late') })).rejects.toEqual(code('closed'));
    await sink.until(id, (records) => records.length === 2);
    expect(sink.of(id).map(({ kind }) => kind)).toEqual(['opened', 'closed']);
    expect(sink.of(id)[0]?.detail).toMatch(/can be opened by the same user\.$/);
  });
});

describe('a wait', () => {
  test('without a limit is cancelled within 50 ms', async () => {
    const { registry } = bench();
    const { id } = await registry.open(serverOptions());
    const session = registry.get(id);
    const took: number[] = [];
    for (let round = 0; round < 200; round++) {
      await session.call({ type: 'receive', mode: { mode: 'once', timeoutMs: null } });
      const start = performance.now();
      await session.call({ type: 'cancelReceive' });
      took.push(performance.now() - start);
    }
    took.sort((a, b) => a - b);
    expect(took[Math.ceil(0.99 * took.length) - 1]).toBeLessThan(50);
  });

  test('that was cancelled takes nothing: the message stays unread in its slot', async () => {
    const { registry, sink, peer } = bench();
    const options = serverOptions();
    const { id } = await registry.open(options);
    const client = peer(peerOptions(options));
    await registry.get(id).call({ type: 'receive', mode: { mode: 'once', timeoutMs: null } });
    await registry.get(id).call({ type: 'cancelReceive' });
    client.send(utf8('stays'));
    await registry.get(id).call({ type: 'setOverrun', policy: 'refuse' });
    expect(client.unread).toBe(true);
    await registry.get(id).call({ type: 'receive', mode: { mode: 'once', timeoutMs: 1000 } });
    await sink.until(id, (records) => records.length === 2);
    expect(sink.received(id).map(textOf)).toEqual(['stays']);
  });

  test('that goes on counts each of its timeouts', async () => {
    const { registry, sink, changed } = bench();
    const { id } = await registry.open(serverOptions({ receive: { mode: 'continuous', timeoutMs: 20 } }));
    await changed(id, ({ counts }) => counts.timeouts >= 5);
    await registry.get(id).call({ type: 'cancelReceive' });
    await registry.get(id).close();
    await sink.until(id, (records) => records.at(-1)?.kind === 'closed');
    const timeouts = sink.of(id).filter(({ kind }) => kind === 'timeout');
    expect(registry.snapshot(id).counts.timeouts).toBe(timeouts.length);
    expect(timeouts.every(({ detail }) => detail === 'No message for 20 ms.')).toBe(true);
    for (const [n, { mono }] of timeouts.entries()) {
      expect(mono - (timeouts[n - 1]?.mono ?? 0)).toBeGreaterThanOrEqual(19_000);
    }
  });

  test('of once ends with its timeout', async () => {
    const { registry, sink, changed } = bench();
    const { id } = await registry.open(serverOptions({ receive: { mode: 'once', timeoutMs: 30 } }));
    await sink.until(id, (records) => records.length === 2);
    await changed(id, ({ receiving }) => receiving === null);
    await expect.poll(() => sink.told(id)).toEqual(['timeout']);
  });

  test('of once is reported when it ends, without waiting for a batch to fill', async () => {
    const { registry, sink, peer } = bench();
    const options = serverOptions();
    const { id } = await registry.open(options);
    const client = peer(peerOptions(options));
    const took: number[] = [];
    for (let round = 0; round < 50; round++) {
      await registry.get(id).call({ type: 'receive', mode: { mode: 'once', timeoutMs: null } });
      const start = performance.now();
      client.send(utf8('x'));
      await sink.until(id, (records) => records.length === round + 2);
      took.push(performance.now() - start);
    }
    expect(Math.min(...took)).toBeLessThan(10); // A batch goes out after 15 ms.
  });

  test('of once without a limit takes one message and leaves the next in its slot', async () => {
    const { registry, sink, peer, changed } = bench();
    const options = serverOptions({ receive: { mode: 'once', timeoutMs: null } });
    const { id } = await registry.open(options);
    const client = peer(peerOptions(options));
    client.send(utf8('one'));
    await sink.until(id, (records) => records.length === 2);
    await changed(id, ({ receiving }) => receiving === null);
    client.send(utf8('two'));
    await changed(id, ({ slots }) => slots.c2s.unreadSince !== null);
    expect([sink.received(id).map(textOf), client.unread]).toEqual([['one'], true]);
  });
});

describe('a peer', () => {
  test('that says exit is reported once, and is back when it sends again', async () => {
    const { registry, sink, peer, changed } = bench();
    const options = serverOptions({ receive: { mode: 'continuous', timeoutMs: 60_000 } });
    const { id } = await registry.open(options);
    const client = peer(peerOptions(options));
    client.sendClose();
    await changed(id, ({ peerExited }) => peerExited);
    client.send(utf8('again'));
    await changed(id, ({ peerExited, counts }) => !peerExited && totalMessages(counts) === 1);
    await expect.poll(() => sink.told(id)).toEqual(['exit', 'message']);
  });

  test('whose messages are numbered loses none: batches are gapless, in order, with both clocks', async () => {
    const { registry, sink, peer } = bench();
    const options = serverOptions({ receive: { mode: 'continuous', timeoutMs: 60_000 } });
    const { id } = await registry.open(options);
    const client = peer(peerOptions(options));
    const total = 3000;
    for (let n = 0; n < total; n++) {
      while (client.unread);
      client.send(utf8(`${n}`));
    }
    await sink.until(id, (records) => records.length >= total + 1);
    const records = sink.of(id);
    expect(records.map(({ seq }) => seq)).toEqual(records.map((_, n) => n));
    expect(sink.received(id).map(textOf)).toEqual(Array.from({ length: total }, (_, n) => `${n}`));
    expect(records.every(({ mono }, n) => n === 0 || mono >= (records[n - 1]?.mono ?? 0))).toBe(true);
    const wall = records.at(-1)?.wall ?? 0;
    expect(Math.abs(wall / 1000 - Date.now())).toBeLessThan(60_000);
  });

  test.each(['the second', 'other', ''])(
    'that replaces its message by %j before we received it is told as an overrun, once, and its wake is left',
    async (second) => {
      const { registry, sink, peer, changed } = bench();
      const options = serverOptions();
      const { id } = await registry.open(options);
      const client = peer(peerOptions(options));
      client.send(utf8('first'));
      await changed(id, ({ slots }) => slots.c2s.unreadSince !== null);
      client.send(utf8(second));
      await sink.until(id, (records) => records.length === 2);
      await registry.get(id).call({ type: 'receive', mode: { mode: 'once', timeoutMs: 10_000 } });
      await sink.until(id, (records) => records.length === 3);
      await expect.poll(() => sink.told(id)).toEqual(['anomaly overrun', 'message']);
      expect(sink.of(id)[1]).toMatchObject({ direction: 'in' });
      expect(sink.received(id).map(textOf)).toEqual([second]);
    },
  );

  test('that sends a full message of 64 MiB, and gets one, is understood to the byte', async () => {
    const { registry, sink, peer } = bench();
    const size = 64 * 1024 * 1024;
    const options = serverOptions({ bufferSize: size, receive: { mode: 'once', timeoutMs: null } });
    const { id } = await registry.open(options);
    const client = peer(peerOptions(options));
    const bytes = Buffer.alloc(size, 'every byte counts ');
    client.send(bytes);
    await sink.until(id, (records) => records.length === 2);
    expect(bytes.equals(sink.received(id)[0] as Uint8Array)).toBe(true);
    await registry.get(id).call({ type: 'send', bytes: new Uint8Array(bytes) });
    const answer = client.receive(10_000);
    expect(answer.kind === 'Message' && bytes.equals(answer.bytes)).toBe(true);
  });

  test('of a channel with the same events is reported as crosstalk, naming them', async () => {
    const { registry, sink } = bench();
    const first = serverOptions();
    await registry.open(first);
    const { id } = await registry.open(serverOptions({ eventS2c: first.eventS2c, eventC2s: first.eventC2s }));
    await sink.until(id, (records) => records.length === 3);
    await expect.poll(() => sink.told(id)).toEqual(['anomaly event-crosstalk', 'anomaly event-crosstalk']);
    expect(sink.of(id)[1]?.detail).toContain(first.eventS2c);
  });
});

test('a server that is restarted under a client begins again for it', async () => {
  const { registry, sink, changed } = bench();
  const options = serverOptions();
  const first = await registry.open(options);
  const { id } = await registry.open(peerOptions(options, { receive: { mode: 'continuous', timeoutMs: 60_000 } }));
  await registry.get(first.id).call({ type: 'send', bytes: utf8('before') });
  await registry.get(first.id).call({ type: 'sendClose' });
  await registry.get(first.id).close();
  await expect(registry.open(options)).rejects.toEqual(code('name-taken'));
  const second = await registry.open({ ...options, takeOver: true });
  await registry.get(second.id).call({ type: 'send', bytes: utf8('after') });
  await changed(id, ({ counts }) => totalMessages(counts) === 2);
  await registry.get(second.id).call({ type: 'sendClose' });
  await sink.until(id, (records) => records.filter(({ kind }) => kind === 'exit').length === 2);
  // Whether the fresh header is seen before the next message is in it depends on who is faster.
  expect(sink.told(id).filter((what) => !what.startsWith('anomaly'))).toEqual(['message', 'exit', 'message', 'exit']);
  expect(sink.received(id).map(textOf)).toEqual(['before', 'after']);
});
