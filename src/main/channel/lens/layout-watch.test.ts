import { describe, expect, test } from 'vitest';
import { LAYOUTS, type Layout, type Role } from '../../../shared/domain.ts';
import type { LensVerdict } from '../../../shared/lens.ts';
import { seededRandom } from '../../../shared/seeded-random.testing.ts';
import { anyLayout, CrateChannel, nuls, someChannel, step } from '../crate-channel.testing.ts';
import { FakeKernel, type FakeMemory, NAMES, utf8 } from '../testing.ts';
import { LayoutWatch } from './layout-watch.ts';

/** A watch on a channel's memory, with a clock of its own. */
class Watched {
  now = 1000;
  readonly news: LensVerdict[] = [];
  readonly watch: LayoutWatch;

  constructor(memory: FakeMemory, known?: Partial<Record<Role, Layout>>) {
    const kernel = new FakeKernel(() => {});
    kernel.strange(memory);
    this.watch = new LayoutWatch(kernel.openSection(NAMES.section, 'read'), known);
    this.pass(5);
  }

  /** Looks every 5 ms for this long. */
  pass(ms: number): this {
    for (const end = this.now + ms; this.now < end; this.now += 5) {
      const verdict = this.watch.look(this.now);
      if (verdict) this.news.push(verdict);
    }
    return this;
  }

  get last() {
    const { outcome, certainty, layouts } = this.watch.verdict ?? {};
    return [outcome, certainty, layouts?.server.join(), layouts?.client.join()];
  }
}

const LANES = ['s2c', 'c2s'] as const;
const PAIRS = LAYOUTS.flatMap((server) =>
  LAYOUTS.flatMap((client) => LANES.map((first) => ({ server, client, first }))),
);
const hello = (lane: string) => utf8(`{"from":"${lane}","says":"hello"}`);

/** A message from each, and time to see each. */
function exchanged(server: Layout, client: Layout, first: string, known?: Partial<Record<Role, Layout>>) {
  const channel = new CrateChannel(server, 16384, { client });
  const watched = new Watched(channel.memory, known);
  for (const lane of LANES.toSorted((a) => (a === first ? -1 : 1))) {
    channel.send(lane, hello(lane)).read(lane);
    watched.pass(100);
  }
  return { channel, watched };
}

describe.each(PAIRS)('a $server server and a $client client, $first first', ({ server, client, first }) => {
  test.each([
    ['somebody else', undefined],
    ['the server', { server }],
    ['the client', { client }],
  ])('are told by %s within a message of each', (_, known) => {
    const { watched } = exchanged(server, client, first, known);
    expect(watched.last).toEqual([server === client ? 'same' : 'mismatch', expect.any(String), server, client]);
    expect(watched.news.at(-1)?.layouts).toEqual(
      server === client ? undefined : { server: [server], client: [client] },
    );
  });
});

test('a short message is recognised by what it left until the answer wrote over it', () => {
  const channel = new CrateChannel('fixed64', 16384, { client: 'fixed' });
  const watched = new Watched(channel.memory);
  channel.send('c2s', utf8('ping')).read('c2s');
  watched.pass(5);
  channel.send('s2c', utf8('pong')).read('s2c');
  watched.pass(100);
  expect(watched.last).toEqual(['mismatch', 'certain', 'fixed64', 'fixed']);
  expect(watched.news[0]?.proof[0]).toEqual({
    text: 'If both used fixed64: Seen earlier: Offset 12 holds 4, which neither would have left there.',
    from: 12,
    to: 16,
  });
});

test('a mismatch is reported once, and again after a server has begun again', () => {
  const { channel, watched } = exchanged('fixed', 'fixed64', 'c2s');
  for (const lane of LANES) {
    channel.send(lane, hello(lane)).read(lane);
    watched.pass(100);
  }
  expect(watched.news).toHaveLength(1);
  const again = new CrateChannel('sized', 16384, { client: 'fixed', over: channel.memory });
  watched.pass(100);
  expect(watched.last).toEqual(['one', 'certain', 'sized', 'fixed64,fixed,sized']);
  for (const lane of LANES) {
    again.send(lane, hello(lane)).read(lane);
    watched.pass(100);
  }
  expect(watched.last).toEqual(['mismatch', 'certain', 'sized', 'fixed']);
  expect(watched.news).toHaveLength(2);
});

test('a server of another layout that began again unseen is recognised by its messages', () => {
  const { channel, watched } = exchanged('fixed64', 'fixed64', 's2c');
  expect(watched.last).toEqual(['same', 'certain', 'fixed64', 'fixed64']);
  const again = new CrateChannel('fixed', 16384, { over: channel.memory });
  for (const lane of LANES) again.send(lane, hello(lane)).read(lane);
  watched.pass(100);
  expect(watched.last).toEqual(['same', 'certain', 'fixed', 'fixed']);
  expect(watched.news).toEqual([]);
});

test.each(PAIRS.filter(({ server, client }) => server !== client))(
  'a $server server and a $client client are told, $first first, though each message is looked at while it is written',
  ({ server, client, first }) => {
    const channel = new CrateChannel(server, 16384, { client });
    const watched = new Watched(channel.memory);
    for (const lane of LANES.toSorted((a) => (a === first ? -1 : 1))) {
      const [before, after] = [channel.memory.bytes.slice(), channel.send(lane, hello(lane)).memory.bytes.slice()];
      // The data is there already, the length and the flag aren't.
      channel.memory.bytes.set(before.subarray(0, 24));
      watched.pass(25);
      channel.memory.bytes.set(after);
      watched.pass(5);
      channel.read(lane);
      watched.pass(200);
    }
    expect(watched.news.at(-1)?.layouts).toEqual({ server: [server], client: [client] });
  },
);

test('what is seen of a message that is just being written excludes nothing', () => {
  const channel = new CrateChannel('fixed');
  const watched = new Watched(channel.memory);
  channel.send('s2c', hello('s2c')).read('s2c');
  watched.pass(50);
  // The data is there already, the length and the flag aren't.
  channel.memory.bytes.set(nuls(8), 16);
  channel.memory.bytes.set(hello('longer by far'), 24);
  watched.pass(5);
  channel.memory.bytes.fill(0, 16, 100);
  channel.send('s2c', nuls(3)).send('c2s', hello('c2s')).read('c2s');
  watched.pass(100);
  expect(watched.news).toEqual([]);
  expect(watched.last[0]).not.toBe('mismatch');
});

test('no mismatch is reported for 2,000 channels of one layout, whatever was sent, read and said goodbye to', () => {
  const roll = seededRandom(21);
  for (let round = 0; round < 2000; round++) {
    const channel = someChannel(roll, anyLayout(roll));
    const watched = new Watched(channel.memory);
    for (let steps = 1 + roll(6); steps > 0; steps--) {
      step(roll, channel);
      watched.pass(5 * roll(12));
    }
    expect(watched.pass(50).news, `round ${round}`).toEqual([]);
  }
});

test('a channel that is quiet, or whose sides are known, is looked at by its header alone', () => {
  const { channel, watched } = exchanged('sized', 'sized', 's2c');
  let reads = 0;
  const kernel = new FakeKernel(() => {});
  kernel.strange(channel.memory);
  kernel.afterRead = () => reads++;
  const quiet = new LayoutWatch(kernel.openSection(NAMES.section, 'read'));
  for (let now = 0; now < 200; now++) quiet.look(now);
  const atRest = reads;
  for (let now = 200; now < 1000; now++) {
    channel.send('s2c', hello(String(now)));
    quiet.look(now);
  }
  expect(atRest).toBeLessThan(10);
  expect([reads, watched.last[0]]).toEqual([atRest, 'same']);
});
