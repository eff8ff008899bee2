import { mkdirSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { FLAG } from '../../../shared/domain.ts';
import type { OpenEndpoint, OpenTap, TapSnapshot } from '../../../shared/session.ts';
import { openChannel } from '../../channel/channel.ts';
import { Endpoint } from '../../channel/endpoint.ts';
import type { AnomalyReport } from '../../channel/results.ts';
import { Lookout } from '../lookout/lookout.ts';
import {
  type Bench,
  benchForAllTests,
  openBench,
  openDescriptors,
  peerOptions,
  serverOptions,
  textOf,
  utf8,
} from '../testing.ts';

const bench = benchForAllTests();

/** Looks at the channel of `options`. */
const tapOptions = ({ section, eventS2c, eventC2s }: OpenEndpoint, changes: Partial<OpenTap> = {}): OpenTap => ({
  kind: 'tap',
  role: 'tap',
  section,
  eventS2c,
  eventC2s,
  layout: 'auto',
  mode: 'adaptive',
  follow: false,
  ...changes,
});

/** A server and a client on this thread, whose anomalies are kept. */
function pair(options: OpenEndpoint) {
  const { kernel } = bench();
  const anomalies: AnomalyReport[] = [];
  const open = (end: OpenEndpoint) =>
    new Endpoint(kernel, openChannel(kernel, end), (anomaly) => anomalies.push(anomaly));
  const server = open(options);
  const client = open(peerOptions(options, { layout: options.layout }));
  ends.push(server, client);
  return { server, client, anomalies };
}
const ends: Endpoint[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end.close();
});

const changed = (id: number, wanted: (snapshot: TapSnapshot) => boolean) => bench().changed<TapSnapshot>(id, wanted);
const failing = (code: string, saying: string) =>
  expect.objectContaining({ failure: expect.objectContaining({ code, message: expect.stringContaining(saying) }) });
const files = () => readdirSync(process.env.SHMSCOPE_RUNTIME_DIR ?? '').sort();
const fileOf = (options: OpenEndpoint) =>
  join(process.env.SHMSCOPE_RUNTIME_DIR ?? '', options.section.replace('Local\\', 'L.'));
/** Lane and text of each message that was recorded. */
const messages = (id: number) =>
  bench()
    .sink.of(id)
    .filter(({ kind }) => kind === 'message')
    .map(({ lane, bytes }) => `${lane} ${textOf(bytes)}`);

/** Resolves when a tap has begun to rest, and the lookout watches for it. */
function nextRest(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const watch = vi.spyOn(Lookout.prototype, 'watch').mockImplementation(function (this: Lookout, resting) {
    watch.mockRestore();
    this.watch(resting);
    resolve();
  });
  return promise;
}

describe('a tap', () => {
  test.each(['gentle', 'adaptive', 'full'] as const)(
    'in %s mode records both lanes, in order, and the ends notice nothing',
    async (mode) => {
      const { registry, sink } = bench();
      const options = serverOptions();
      const { server, client, anomalies } = pair(options);
      const { id, layout, capacity } = await registry.open(tapOptions(options, { mode }));
      expect([layout, capacity]).toEqual(['sized', options.bufferSize]);
      const expected: string[] = [];
      for (let round = 0; round < 20; round++) {
        client.send(utf8(`question ${round}`));
        await sink.until(id, () => messages(id).length === expected.length + 1);
        expect(server.receive(1000)).toMatchObject({ kind: 'Message' });
        server.send(utf8(`answer ${round}`));
        await sink.until(id, () => messages(id).length === expected.length + 2);
        expect(client.receive(1000)).toMatchObject({ kind: 'Message' });
        expected.push(`c2s question ${round}`, `s2c answer ${round}`);
      }
      expect(messages(id)).toEqual(expected);
      expect(anomalies).toEqual([]);
      await registry.get(id).close();
      expect(sink.of(id).filter(({ kind }) => !['message', 'opened', 'closed'].includes(kind))).toEqual([]);
    },
  );

  test.each([1, 2, 3])('records the last messages of ends that leave at once (%d)', async () => {
    const { registry, sink } = bench();
    const options = serverOptions();
    const { server, client } = pair(options);
    const { id } = await registry.open(tapOptions(options));
    for (const text of ['struct 1..', 'struct 2..', 'struct 3..']) {
      client.send(utf8(text));
      server.receive(1000);
      server.send(utf8(text));
      client.receive(1000);
      if (text !== 'struct 3..') await expect.poll(() => messages(id).at(-1)).toBe(`s2c ${text}`);
    }
    for (const end of ends.splice(0)) end.close();
    await sink.until(id, (records) => records.at(-1)?.kind === 'closed');
    expect(messages(id).slice(-2)).toEqual(['c2s struct 3..', 's2c struct 3..']);
  });

  test('has no rights but to read the section and to ask for the state of its events', async () => {
    const { registry, sink } = bench();
    const options = serverOptions();
    pair(options);
    const { id, rights } = await registry.open(tapOptions(options));
    expect(rights).toEqual([
      { object: options.section, rights: ['FILE_MAP_READ'] },
      { object: options.eventS2c, rights: ['EVENT_QUERY_STATE'] },
      { object: options.eventC2s, rights: ['EVENT_QUERY_STATE'] },
    ]);
    await sink.until(id, (records) => records.length > 0);
    expect(sink.of(id)[0]?.detail).toContain(`FILE_MAP_READ on "${options.section}"`);
  });

  test('tells how long a message was unread, and an exit', async () => {
    const { registry, sink } = bench();
    const options = serverOptions();
    const { server, client } = pair(options);
    const { id } = await registry.open(tapOptions(options));
    server.send(utf8('slow'));
    await sink.until(id, () => messages(id).length === 1);
    expect((await changed(id, ({ slots }) => slots.s2c.unreadSince !== null)).slots.s2c.flag).toBe(FLAG.sent);
    client.receive(1000);
    await changed(id, ({ slots }) => slots.s2c.flag === FLAG.read);
    server.sendClose();
    await sink.until(id, (records) => records.some(({ kind }) => kind === 'exit'));
    expect(sink.of(id).at(-1)).toMatchObject({ kind: 'exit', lane: 's2c', detail: 'The server sent exit.' });
  });

  test('tells what stood in the slots before it came', async () => {
    const { registry, sink } = bench();
    const options = serverOptions();
    const { server, client } = pair(options);
    client.send(utf8('read'));
    server.receive(1000);
    server.send(utf8('unread'));
    const { id } = await registry.open(tapOptions(options));
    await sink.until(id, () => messages(id).length === 2);
    expect(messages(id).sort()).toEqual(['c2s read', 's2c unread']);
    expect((registry.snapshot(id) as TapSnapshot).rate).toBe(0);
    const notices = sink.of(id).filter(({ kind }) => kind === 'notice');
    expect(notices.map(({ lane, detail }) => `${lane} ${detail?.includes('already read')}`).sort()).toEqual([
      'c2s true',
      's2c false',
    ]);
  });

  test('looks without events where there are none, says why, and opens them once they are there', async () => {
    const { registry, sink, kernel } = bench();
    const options = serverOptions();
    const { section } = kernel.createSection(options.section, 4096);
    section.storeU32(0, 1024);
    const { id, rights } = await registry.open(tapOptions(options));
    expect(rights).toHaveLength(1);
    await sink.until(id, (records) => records.length > 0);
    expect(sink.of(id)[0]?.detail).toContain(`the event "${options.eventS2c}" does not`);
    const { event } = kernel.createEvent(options.eventS2c);
    event.set();
    expect((await changed(id, ({ signalled }) => signalled.s2c === true)).rights).toHaveLength(2);
    await sink.until(id, (records) => records.some(({ code }) => code === 'spurious-wake'));
    expect(kernel.waitAny([event], 0)).toBe(0);
    event.close();
    section.close();
  });

  test('of which no event is named looks at the section alone', async () => {
    const { registry } = bench();
    const options = serverOptions();
    pair(options);
    const { rights, signalled } = await registry.open(tapOptions(options, { eventS2c: '', eventC2s: '' }));
    expect([rights.length, signalled]).toEqual([1, { s2c: null, c2s: null }]);
  });

  test('on whose channel nothing happens rests, and records all the same what comes then', async () => {
    const { registry, sink } = bench();
    const options = serverOptions();
    const { server, client } = pair(options);
    const rests = nextRest();
    const { id } = await registry.open(tapOptions(options));
    await rests;
    client.send(utf8('question'));
    await sink.until(id, () => messages(id).length === 1);
    server.receive(1000);
    server.send(utf8('answer'));
    await sink.until(id, () => messages(id).length === 2);
    expect(messages(id)).toEqual(['c2s question', 's2c answer']);
  });

  test('that rests while its section is truncated ends with a sentence, as one that looks does', async () => {
    const { registry } = bench();
    const options = serverOptions();
    pair(options);
    const rests = nextRest();
    const { id } = await registry.open(tapOptions(options));
    await rests;
    truncateSync(fileOf(options), 0);
    const { failure } = await changed(id, ({ state }) => state === 'failed');
    expect(failure?.message).toContain('truncated');
  });

  test('changes its mode, and closes within 50 ms in each of them', async () => {
    const { registry } = bench();
    const options = serverOptions();
    pair(options);
    for (const mode of ['gentle', 'adaptive', 'full'] as const) {
      const { id } = await registry.open(tapOptions(options));
      await registry.get(id).call({ type: 'setTapMode', mode });
      await changed(id, (snapshot) => snapshot.mode === mode);
      const began = performance.now();
      await registry.get(id).close();
      expect(performance.now() - began).toBeLessThan(50);
    }
  });

  test('neither sends nor receives', async () => {
    const { registry } = bench();
    const options = serverOptions();
    pair(options);
    const { id } = await registry.open(tapOptions(options));
    await expect(registry.get(id).call({ type: 'send', bytes: utf8('x') })).rejects.toThrow('only observes');
  });
});

describe('the log of a tap', () => {
  test('says how it looked, and at its end which lanes are a sample', async () => {
    const { registry, sink } = bench();
    const options = serverOptions();
    const { server } = pair(options);
    const { id } = await registry.open(tapOptions(options, { mode: 'gentle' }));
    server.send(utf8('seen'));
    await sink.until(id, () => messages(id).length === 1);
    for (const mode of ['gentle', 'full'] as const) await registry.get(id).call({ type: 'setTapMode', mode });
    await registry.get(id).close();
    const said = sink.of(id).map(({ kind, detail }) => `${kind} ${detail}`);
    expect(said[0]).toMatch(/^opened Opened as tap in gentle mode: layout/);
    expect(said.slice(2)).toEqual([
      'notice The tap looks at full speed from now on.',
      expect.stringMatching(/^closed Closed: .* S→C sampled: between two looks a message may have passed/),
    ]);
  });

  test.skipIf(process.platform === 'win32')('says it too where the tap ends with a failure', async () => {
    const { registry, sink } = bench();
    const options = serverOptions();
    const { server } = pair(options);
    const { id } = await registry.open(tapOptions(options));
    server.send(utf8('seen'));
    await sink.until(id, () => messages(id).length === 1);
    truncateSync(fileOf(options), 0);
    await changed(id, ({ state }) => state === 'failed');
    const last = sink.of(id).slice(-2);
    expect(last.map(({ kind }) => kind)).toEqual(['notice', 'error']);
    expect(last[0]?.detail).toMatch(/^S→C sampled/);
  });

  test('says nothing of a sample where no message was found late', async () => {
    const { registry, sink } = bench();
    const options = serverOptions();
    pair(options);
    const { id } = await registry.open(tapOptions(options));
    await registry.get(id).close();
    expect(sink.of(id).at(-1)?.detail).toBe('Closed: the tap has released the section and both events.');
  });
});

describe('a channel', () => {
  test('goes with its ends, whoever looks at it: the tap lets go and says so', async () => {
    const { registry, sink } = bench();
    const options = serverOptions();
    const { server, client } = pair(options);
    const sessions = [await registry.open(tapOptions(options)), await registry.open(tapOptions(options))];
    server.close();
    client.close();
    expect(files()).toEqual(['.lock']);
    for (const { id } of sessions) {
      expect(await changed(id, ({ state }) => state === 'closed')).toMatchObject({ abandoned: true, failure: null });
      await sink.until(id, (records) => records.at(-1)?.kind === 'closed');
      expect(sink.of(id).at(-1)?.detail).toContain('Both ends have closed');
    }
  });

  test('that comes again is followed, in the same log', async () => {
    const { registry, sink } = bench();
    const options = serverOptions();
    const first = pair(options);
    const { id } = await registry.open(tapOptions(options, { follow: true, mode: 'gentle' }));
    first.server.send(utf8('before'));
    await sink.until(id, () => messages(id).length === 1);
    first.client.close();
    first.server.close();
    expect((await changed(id, ({ waiting }) => waiting !== null)).state).toBe('opening');
    const second = pair({ ...options, layout: 'fixed' });
    await changed(id, ({ state }) => state === 'open');
    second.client.send(utf8('after'));
    await sink.until(id, () => messages(id).length === 2);
    expect(messages(id)).toEqual(['s2c before', 'c2s after']);
    await changed(id, ({ layout, mode }) => layout === 'fixed' && mode === 'gentle');
  });

  test('that is not there yet is waited for, and the wait ends within 50 ms when the tap is closed', async () => {
    const { registry, sink } = bench();
    const options = serverOptions();
    const { id, state, waiting } = await registry.open(tapOptions(options, { wait: { limitMs: null } }));
    expect([state, waiting?.why]).toEqual([
      'opening',
      expect.stringContaining(`no section named "${options.section}"`),
    ]);
    const { server } = pair(options);
    await changed(id, (snapshot) => snapshot.state === 'open');
    server.send(utf8('hello'));
    await sink.until(id, () => messages(id).length === 1);

    const idle = await registry.open(tapOptions(serverOptions(), { wait: { limitMs: null } }));
    const began = performance.now();
    await registry.get(idle.id).close();
    expect(performance.now() - began).toBeLessThan(50);
  });

  test('that does not come in time, or is not there at once, is reported', async () => {
    const { registry } = bench();
    const options = serverOptions();
    await expect(registry.open(tapOptions(options))).rejects.toEqual(failing('no-such-section', options.section));
    const { id } = await registry.open(tapOptions(options, { wait: { limitMs: 60 } }));
    await changed(id, ({ state }) => state === 'failed');
    expect(registry.snapshot(id).failure).toMatchObject({ code: 'no-server' });
  });

  test('of which a server takes over with another size is followed', async () => {
    const { registry, sink, kernel } = bench();
    const options = serverOptions({ bufferSize: 4096 });
    const { client } = pair(options);
    const { id } = await registry.open(tapOptions(options));
    const second = openChannel(kernel, { ...options, bufferSize: 1024, takeOver: true });
    await changed(id, ({ capacity }) => capacity === 1024);
    await sink.until(id, () => sink.told(id).includes('anomaly header-changed'));
    expect(client.look()).toBe(false);
    second.close();
  });

  test('whose layout is not known yet is waited for in the open tap, which says so', async () => {
    const { registry, sink } = bench();
    const options = serverOptions({ layout: 'fixed64' });
    const { server } = pair(options);
    const { id, layout } = await registry.open(tapOptions(options));
    expect(layout).toBe(null);
    await sink.until(id, (records) => records.some(({ detail }) => detail?.includes("can't find the messages yet")));
    server.send(utf8('hello'));
    await changed(id, (snapshot) => snapshot.layout === 'fixed64');
    await sink.until(id, () => messages(id).length === 1);
    expect(messages(id)).toEqual(['s2c hello']);
  });
});

describe('a section', () => {
  test('of random bytes is looked at, and told to be none that is understood', async () => {
    const { registry, sink, kernel } = bench();
    const options = serverOptions();
    const { section } = kernel.createSection(options.section, 4096);
    section.write(0, utf8('This is not the header of anything at all.'));
    const { id } = await registry.open(tapOptions(options));
    await sink.until(id, (records) => records.some(({ code }) => code === 'section-too-small'));
    expect(await changed(id, ({ state }) => state === 'open')).toMatchObject({ layout: null });
    section.close();
    await changed(id, ({ state }) => state === 'closed');
  });

  test.each([
    ['is cut short', (file: string) => truncateSync(file, 100), 'truncated'],
    ['is removed', (file: string) => rmSync(file), 'removed or replaced'],
    [
      'is replaced by another',
      (file: string) => {
        rmSync(file);
        writeFileSync(file, Buffer.alloc(40_000));
      },
      'removed or replaced',
    ],
  ])('that %s under its ends ends the tap with a sentence, and nothing else', async (_, lose, why) => {
    const { registry, sink } = bench();
    const [options, others] = [serverOptions(), serverOptions()];
    pair(options);
    const { server } = pair(others);
    const { id } = await registry.open(tapOptions(options));
    const { id: otherId } = await registry.open(tapOptions(others));
    lose(fileOf(options));
    expect((await changed(id, ({ state }) => state === 'failed')).failure).toMatchObject({
      code: 'channel-lost',
      message: expect.stringContaining(why),
    });
    await sink.until(id, (records) => records.at(-1)?.code === 'channel-lost');
    server.send(utf8('fine'));
    await sink.until(otherId, () => messages(otherId).length === 1);
  });

  test('that is lost is waited for by a tap that follows', async () => {
    const { registry, sink } = bench();
    const options = serverOptions();
    const { server, client } = pair(options);
    const { id } = await registry.open(tapOptions(options, { follow: true }));
    rmSync(fileOf(options));
    await sink.until(id, (records) => records.some(({ code }) => code === 'channel-lost'));
    server.close();
    client.close();
    pair(options);
    await changed(id, ({ state }) => state === 'open');
  });

  test.each([
    ['an event', 'name-other-kind', (options: OpenEndpoint) => ({ ...options, section: options.eventS2c })],
    ['nothing', 'no-such-section', (options: OpenEndpoint) => ({ ...options, section: 'Local\\no such' })],
    ['nothing that can be one', 'name-invalid', (options: OpenEndpoint) => ({ ...options, section: 'Local\\a\\b' })],
    ['something with odd characters', 'no-such-section', (o: OpenEndpoint) => ({ ...o, section: 'ü\u0007€\u202e' })],
  ] as const)("whose name is that of %s can't be tapped, with a sentence", async (_, code, change) => {
    const { registry } = bench();
    const options = serverOptions();
    pair(options);
    const before = openDescriptors();
    await expect(registry.open(tapOptions(change(options)))).rejects.toEqual(failing(code, ''));
    expect(openDescriptors() - before).toBeLessThan(5);
  });

  test("whose file is a folder can't be tapped", async () => {
    const { registry } = bench();
    const options = serverOptions();
    mkdirSync(fileOf(options));
    await expect(registry.open(tapOptions(options))).rejects.toBeTruthy();
    rmSync(fileOf(options), { recursive: true });
  });
});

test('a hundred taps opened and closed leave no handle', async () => {
  const { registry } = bench();
  const options = serverOptions();
  pair(options);
  const cycle = async () => {
    const { id } = await registry.open(tapOptions(options));
    await registry.get(id).close();
    registry.remove(id);
  };
  await cycle();
  const before = openDescriptors();
  for (let round = 0; round < 100; round++) await cycle();
  expect(openDescriptors() - before).toBeLessThan(5);
});

test('a tap whose thread dies is reported, and leaves no handle', async () => {
  const dying: Bench = await openBench(new URL('../dying-worker.testing.ts', import.meta.url));
  try {
    const options = serverOptions();
    const { server, client } = pair(options);
    const { id } = await dying.registry.open(tapOptions(options));
    server.send(utf8('die'));
    expect((await dying.changed<TapSnapshot>(id, ({ state }) => state === 'failed')).failure?.code).toBe('worker-died');
    expect(client.receive(1000)).toMatchObject({ kind: 'Message' });
    server.close();
    client.close();
    expect(() => bench().kernel.openSection(options.section, 'write')).toThrow('No program holds');
  } finally {
    await dying.close();
  }
});
