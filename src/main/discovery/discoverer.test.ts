import { describe, expect, test } from 'vitest';
import type { Holders, NamedObject, ObjectDirectory, SectionLook } from '../kernel/directory.ts';
import { Discoverer } from './discoverer.ts';
import { objects } from './testing.ts';

const { section, channel, events, discoverer } = objects();

const discover = async (all = false) => (await discoverer()).discover({ all, processes: false });

test('without objects there are no channels, and nothing is hidden', async () => {
  expect(await discover(true)).toMatchObject({
    channels: [],
    others: { count: 0, sections: [] },
    looseEvents: { count: 0, names: [] },
    shared: [],
    unseen: [],
  });
});

test('channels are listed by name with layout, size, slots and events; the rest is counted, and named when asked', async () => {
  const used = await channel('Local\\Trades', 'sized', 2000);
  await channel('Local\\Orders', 'fixed');
  await events('Local\\TradesS2C', 'Local\\TradesC2S', 'Local\\quite another');
  await section('Global\\settings', 100);
  used.storeU32(12, 7);
  used.write(24, Buffer.from('message'));
  used.storeU32(4, 1);
  const found = await discover();
  expect(found.channels).toMatchObject([
    { name: 'Local\\Orders', reading: { certainty: 'undecided', layout: null }, events: { evidence: null } },
    {
      name: 'Local\\Trades',
      space: { kind: 'local' },
      extent: 4096 * Math.ceil(4024 / 4096),
      reading: {
        certainty: 'certain',
        layout: 'sized',
        capacity: 2000,
        slots: { s2c: { flag: 1, length: 7 }, c2s: { flag: 0, length: 0 } },
      },
      note: null,
      closed: null,
      events: { s2c: 'Local\\TradesS2C', c2s: 'Local\\TradesC2S', evidence: 'similar' },
    },
  ]);
  expect([found.others, found.looseEvents]).toEqual([
    { count: 1, sections: [] },
    { count: 1, names: [] },
  ]);
  const whole = await discover(true);
  expect(whole.others.sections).toMatchObject([
    { name: 'Global\\settings', note: 'Does not look like a channel', reading: null },
  ]);
  expect(whole.looseEvents.names).toEqual(['Local\\quite another']);
});

test('the processes of each channel are listed when they are asked for', async () => {
  await channel('Local\\Orders');
  const finder = await discoverer();
  const processesOf = (processes: boolean) => finder.discover({ all: false, processes }).channels[0]?.processes;
  expect(processesOf(false)).toBeNull();
  expect(processesOf(true)).toEqual([
    { pid: process.pid, name: expect.stringContaining('node'), bits: 64, own: true, looksOnly: false },
  ]);
});

test('two sections with the crate’s fixed events are told to share them', async () => {
  await channel('Local\\A');
  await channel('Local\\B');
  await events('Local\\MyEventS2C', 'Local\\MyEventC2S');
  const { shared, channels } = await discover();
  expect(shared).toEqual([
    { events: { s2c: 'Local\\MyEventS2C', c2s: 'Local\\MyEventC2S' }, sections: channels.map(({ id }) => id) },
  ]);
});

test('the details name the process with its bits and rights, and each event with its state', async () => {
  await channel('Local\\Orders');
  const [s2c] = await events('Local\\OrdersS2C', 'Local\\OrdersC2S', 'Local\\besides');
  s2c?.set();
  const finder = await discoverer();
  const [found] = finder.discover({ all: false, processes: false }).channels;
  const details = finder.details(found?.id ?? '');
  expect(details.events).toEqual([
    { name: 'Local\\OrdersC2S', lane: 'c2s', paired: true, isSet: false },
    { name: 'Local\\OrdersS2C', lane: 's2c', paired: true, isSet: true },
    { name: 'Local\\besides', lane: null, paired: false, isSet: false },
  ]);
  expect(details.processes).toMatchObject([{ pid: process.pid, bits: 64, own: true, looksOnly: false }]);
  expect(details.processes[0]?.holds.map(({ name, kind, rights }) => ({ name, kind, rights }))).toEqual([
    { name: 'Local\\Orders', kind: 'section', rights: ['read', 'write'] },
    ...['Local\\OrdersC2S', 'Local\\OrdersS2C', 'Local\\besides'].map((name) => ({
      ...{ name, kind: 'event' },
      rights: ['wait', 'set'],
    })),
  ]);
  expect(details.unseen).toEqual([]);
});

test('the details of a section that is gone are refused', async () => {
  const finder = await discoverer();
  expect(() => finder.details('"nowhere"')).toThrow(expect.objectContaining({ code: 'no-such-section' }));
});

describe('what a system gives that hides much', () => {
  const object = (kind: NamedObject['kind'], name: string, over: Partial<NamedObject> = {}): NamedObject => ({
    ...{ kind, name, space: { kind: 'local' }, path: `\\Sessions\\1\\BaseNamedObjects\\${name}` },
    ...over,
  });
  const sized = (sample: Uint8Array): SectionLook => {
    sample.fill(0);
    new DataView(sample.buffer).setUint32(0, 1000, true);
    return { outcome: 'seen', extent: 4096, bytes: 4096 };
  };
  const denied = (name: string): SectionLook => ({
    outcome: 'unseen',
    unseen: { what: `The section "${name}"`, reason: 'Access is denied (5).', cure: 'Ask.' },
  });
  const system = (parts: Partial<ObjectDirectory>): Discoverer =>
    new Discoverer({
      list: () => ({ objects: [], unseen: [] }),
      look: (_, sample) => sized(sample),
      isSet: () => null,
      holders: (asked): Holders => ({ of: asked.map(() => []), processes: [], unseen: [] }),
      ...parts,
    });

  test('a section that may not be read is among the others with its reason, and told as unseen', () => {
    const finder = system({
      list: () => ({ objects: [object('section', 'Local\\closed')], unseen: [] }),
      look: ({ name }) => denied(name),
    });
    const { others, unseen } = finder.discover({ all: true, processes: false });
    expect(others.sections).toMatchObject([
      { extent: null, reading: null, note: 'Access is denied (5).', closed: expect.stringContaining('may not read') },
    ]);
    expect(unseen).toMatchObject([{ what: 'The section "Local\\closed"', cure: 'Ask.' }]);
  });

  test('many that may not be read are reported as one', () => {
    const names = Array.from({ length: 10_000 }, (_, at) => object('section', `Local\\${at}`));
    const finder = system({ list: () => ({ objects: names, unseen: [] }), look: ({ name }) => denied(name) });
    const { others, unseen } = finder.discover({ all: true, processes: false });
    expect([others.count, others.sections.length, unseen.map(({ what }) => what)]).toEqual([
      10_000,
      2000,
      ['10,000 sections'],
    ]);
  });

  test('a channel of another session or of an AppContainer, or with a name of garbage, is listed, and why it can’t be opened', () => {
    const list = [
      object('section', 'Session\\2\\Orders', { space: { kind: 'session', session: 2 } }),
      object('section', 'AppContainerNamedObjects\\S-1-15-2-1\\Orders', {
        space: { kind: 'container', sid: 'S-1-15-2-1' },
      }),
      object('section', 'Local\\\ud800'),
    ];
    const { channels } = system({ list: () => ({ objects: list, unseen: [] }) }).discover({
      all: false,
      processes: false,
    });
    expect(channels.map(({ closed }) => closed)).toEqual([
      expect.stringContaining('AppContainer'),
      expect.stringContaining('half a surrogate pair'),
      expect.stringContaining('logon session 2'),
    ]);
    expect(channels.every(({ id }) => id.isWellFormed())).toBe(true);
  });

  test('who holds what pairs where names leave a doubt, and tells who has no events', () => {
    const list = ['Orders', 'Trades', 'Quiet'].map((name) => object('section', `Local\\${name}`));
    const given = ['MyEventS2C', 'MyEventC2S', 'one s2c', 'two c2s'].map((name) => object('event', `Local\\${name}`));
    const pids: Record<string, number> = {
      Orders: 1,
      MyEventS2C: 1,
      MyEventC2S: 1,
      Trades: 2,
      'one s2c': 2,
      'two c2s': 2,
    };
    const held = ({ name }: NamedObject) => [{ pid: pids[name.replace('Local\\', '')] ?? 3, rights: [], access: null }];
    const finder = system({
      list: () => ({ objects: [...list, ...given], unseen: [] }),
      holders: (asked) => ({ of: asked.map(held), processes: [], unseen: [] }),
    });
    const { channels, shared } = finder.discover({ all: false, processes: false });
    expect(channels.map(({ name, events: each }) => [name, each.s2c, each.c2s, each.evidence])).toEqual([
      ['Local\\Orders', 'Local\\MyEventS2C', 'Local\\MyEventC2S', 'held'],
      ['Local\\Quiet', null, null, null],
      ['Local\\Trades', 'Local\\one s2c', 'Local\\two c2s', 'held'],
    ]);
    expect(shared).toEqual([]);
  });

  test('a channel that uses the events of one they are named after shares them, and one in the same process does not', () => {
    const list = ['Orders', 'Guest', 'Quiet'].map((name) => object('section', `Local\\${name}`));
    const given = ['OrdersS2C', 'OrdersC2S'].map((name) => object('event', `Local\\${name}`));
    const pids: Record<string, number[]> = {
      Orders: [1],
      OrdersS2C: [1, 2],
      OrdersC2S: [1, 2],
      Guest: [2],
      Quiet: [1],
    };
    const held = ({ name }: NamedObject) =>
      (pids[name.replace('Local\\', '')] ?? []).map((pid) => ({ pid, rights: [], access: null }));
    const finder = system({
      list: () => ({ objects: [...list, ...given], unseen: [] }),
      holders: (asked) => ({ of: asked.map(held), processes: [], unseen: [] }),
    });
    const { channels, shared } = finder.discover({ all: false, processes: false });
    expect(channels.map(({ events: each }) => each.evidence)).toEqual(['held', 'similar', null]);
    expect(shared.map(({ sections }) => sections.length)).toEqual([2]);
  });

  test('who only reads the section is reported as an onlooker', () => {
    const [one] = [object('section', 'Local\\Orders')] as [NamedObject];
    const finder = system({
      list: () => ({ objects: [one], unseen: [] }),
      holders: (): Holders => ({
        of: [
          [
            { pid: 7, rights: ['read', 'query'], access: 5 },
            { pid: 8, rights: ['read', 'write'], access: 6 },
            { pid: 8, rights: ['read', 'write'], access: 6 },
          ],
        ],
        processes: [
          { pid: 8, name: 'server.exe', bits: 32, session: 1 },
          { pid: 7, name: null, bits: null, session: null },
        ],
        unseen: [{ what: 'More', reason: 'Hidden.', cure: 'Ask.' }],
      }),
    });
    const { processes, unseen } = finder.details(JSON.stringify(one.path));
    expect(processes).toMatchObject([
      { pid: 7, looksOnly: true, holds: [{ handles: 1, access: 5 }] },
      { pid: 8, looksOnly: false, bits: 32, holds: [{ handles: 2, access: 6 }] },
    ]);
    expect(unseen).toHaveLength(1);
  });
});
