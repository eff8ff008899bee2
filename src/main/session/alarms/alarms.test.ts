import { describe, expect, test } from 'vitest';
import type { AlarmState } from '../../../shared/alarm/alarm.ts';
import { benchForAllTests, peerOptions, serverOptions, utf8 } from '../testing.ts';

const bench = benchForAllTests();
const receiving = { mode: 'continuous', timeoutMs: 60_000 } as const;
const code = (wanted: string) => expect.objectContaining({ failure: expect.objectContaining({ code: wanted }) });

/** A server that watches for something, and its client in this thread. */
async function watching(texts: readonly string[], options: Parameters<typeof serverOptions>[0] = {}) {
  const { registry, peer, sink, endpoint, changed } = bench();
  const server = serverOptions(options);
  const { id } = await registry.open(server);
  await registry.get(id).setAlarms(texts);
  const client = peer(peerOptions(server));
  const alarms = () => sink.of(id).filter(({ kind }) => kind === 'alarm');
  return {
    id,
    client,
    alarms,
    state: () => endpoint(id).alarms[0] as AlarmState,
    /** Waits until there are this many alarm records, and returns what they say. */
    fired: async (count: number) => {
      await sink.until(id, () => alarms().length >= count);
      return alarms().map(({ detail }) => detail);
    },
    until: (wanted: (alarms: readonly AlarmState[]) => boolean) => changed(id, (snapshot) => wanted(snapshot.alarms)),
  };
}

describe('an alarm of a session', () => {
  test('is recorded when it fires, told to the main thread, and counted', async () => {
    const { id, fired, until, alarms, state } = await watching(['silent 100ms']);
    expect(state()).toEqual({ text: 'silent 100ms', state: 'armed', why: null, count: 0, last: null });
    expect(await fired(1)).toEqual([expect.stringMatching(/^silent 100ms: no message for 1\d\d ms\.$/)]);
    const { alarms: told } = await until(([alarm]) => alarm?.state === 'fired');
    const [record] = alarms();
    expect(told[0]).toMatchObject({ count: 1, last: { seq: record?.seq, wall: record?.wall } });
    await bench().changed(id, ({ counts }) => counts.alarms === 1);
  });

  test('sees the payloads of what comes in, and each lane', async () => {
    const { client, fired, alarms } = await watching(['dir:in "two"i size:>2'], { receive: receiving });
    client.send(utf8('one'));
    await expect.poll(() => client.unread).toBe(false);
    client.send(utf8('TWO'));
    expect(await fired(1)).toEqual(['dir:in "two"i size:>2: a record passed.']);
    expect(alarms()[0]).toMatchObject({ lane: 'c2s' });
  });

  test('sees how long a reply took, though receives ended without one in between', async () => {
    const { id, client, fired, alarms } = await watching(['lane:c2s latency:>500ms'], {
      receive: { mode: 'continuous', timeoutMs: 100 },
    });
    const { registry, sink } = bench();
    const waits = () => sink.of(id).filter(({ kind }) => kind === 'timeout').length;
    await registry.get(id).call({ type: 'send', bytes: utf8('quick?') });
    client.receive(1000);
    client.send(utf8('at once'));
    await sink.until(id, () => sink.received(id).length === 1);
    await registry.get(id).call({ type: 'send', bytes: utf8('slow?') });
    client.receive(1000);
    const before = waits();
    await sink.until(id, () => waits() > before + 5);
    client.send(utf8('late'));
    await fired(1);
    expect(alarms()).toHaveLength(1);
  });

  test('sees a message that is unread, and that it was read', async () => {
    const { id, client, fired, until } = await watching(['c2s unread > 50ms']);
    client.send(utf8('x'));
    expect(await fired(1)).toEqual([expect.stringMatching(/a message in c2s has been unread for \d+ ms\.$/)]);
    await until(([alarm]) => alarm?.state === 'fired');
    await bench().registry.get(id).call({ type: 'receive', mode: receiving });
    await until(([alarm]) => alarm?.state === 'armed');
  });

  test('fires once until it is armed again', async () => {
    const { client, fired, alarms, until } = await watching(['silent 60ms'], { receive: receiving });
    await fired(1);
    client.send(utf8('x'));
    await until(([alarm]) => alarm?.count === 2);
    expect(alarms().length).toBeLessThanOrEqual(2);
  });

  test('that fires many times a second is one record for them all', async () => {
    const { id, client, until, alarms } = await watching(['silent 5ms'], { receive: receiving });
    for (let n = 0; n < 10; n++) {
      await until(([alarm]) => (alarm?.count ?? 0) > n);
      client.send(utf8('x'));
    }
    await until(([alarm]) => (alarm?.count ?? 0) >= 11);
    await bench().registry.get(id).close();
    await expect
      .poll(() => alarms().reduce((sum, { count }) => sum + count, 0))
      .toBe(bench().endpoint(id).alarms[0]?.count);
    expect(alarms().length).toBeLessThan(6);
  });

  test('goes on as it was when others are set beside it, and is forgotten when it is not', async () => {
    const { id, fired, until, state } = await watching(['silent 50ms']);
    await fired(1);
    await until(([alarm]) => alarm?.state === 'fired');
    await bench().registry.get(id).setAlarms(['missed', 'silent 50ms']);
    expect(
      bench()
        .endpoint(id)
        .alarms.map(({ text, count }) => [text, count]),
    ).toEqual([
      ['missed', 0],
      ['silent 50ms', 1],
    ]);
    await bench().registry.get(id).setAlarms([]);
    expect(state()).toBeUndefined();
  });

  test('whose regular expression never ends is stopped, with a reason, and the session goes on', async () => {
    const { id, client, until } = await watching(['/(a+)+b/'], { receive: receiving });
    client.send(utf8('a'.repeat(40)));
    const { alarms } = await until(([alarm]) => alarm?.state === 'stopped');
    expect(alarms[0]?.why).toMatch(/ran for more than 100 ms.*nested repetitions/);
    client.send(utf8('still there'));
    await bench().sink.until(id, () => bench().sink.received(id).length === 2);
    expect(
      bench()
        .sink.of(id)
        .find(({ kind }) => kind === 'notice')?.detail,
    ).toMatch(/^The alarm \/\(a\+\)\+b\/ was stopped/);
  });

  test('is heard while a client waits for its server', async () => {
    const { registry, sink } = bench();
    const { id } = await registry.open(peerOptions(serverOptions(), { layout: 'auto', wait: { limitMs: null } }));
    await registry.get(id).setAlarms(['silent 50ms']);
    await sink.until(id, (records) => records.some(({ kind }) => kind === 'alarm'));
  });

  test('with a mistake is refused, and those before stay', async () => {
    const { id, state } = await watching(['missed']);
    await expect(bench().registry.get(id).setAlarms(['silent 5'])).rejects.toEqual(code('invalid-argument'));
    expect(state().text).toBe('missed');
  });

  test("of a session that has ended can't be set, and what it told last stays", async () => {
    const { id, fired } = await watching(['silent 50ms']);
    await fired(1);
    const session = bench().registry.get(id);
    await session.close();
    await expect(session.setAlarms(['missed'])).rejects.toEqual(code('closed'));
    expect(bench().endpoint(id).alarms).toMatchObject([{ text: 'silent 50ms', state: 'fired', count: 1 }]);
  });

  test('that was there from the start sees the first record', async () => {
    const { id } = await bench().registry.open(serverOptions(), ['kind:opened']);
    await bench().sink.until(id, (records) => records.some(({ kind }) => kind === 'alarm'));
  });

  test('has no record behind the last one of its session', async () => {
    const { id } = await watching(['kind:closed', 'kind:opened,closed']);
    await bench().registry.get(id).close();
    await bench().sink.until(id, (records) => records.at(-1)?.kind === 'closed');
    expect(bench().sink.told(id)).toEqual(['closed']);
  });
});

// How rarely it takes longer is measured by the benchmark `alarm`, on an idle machine.
test('an alarm tells within 50 ms of the message that it waits for, as a rule', async () => {
  const { id, client, until } = await watching([], { receive: receiving });
  const took: number[] = [];
  for (let n = 1; n <= 100; n++) {
    await bench()
      .registry.get(id)
      .setAlarms([`/^ping ${n}+$/`]);
    const start = performance.now();
    client.send(utf8(`ping ${n}`));
    await until(([alarm]) => alarm?.count === 1);
    took.push(performance.now() - start);
  }
  expect(took.toSorted((a, b) => a - b)[50]).toBeLessThan(50);
});
