/**
 * A tap on channels between two native peers of either bitness, which don't know about it. `node
 * src/main/session/tap/tap-session.peers.ts`; the Windows Node.js in Wine runs the same file with the Windows peers.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, type TestContext, test } from 'node:test';
import type { Lane } from '../../../shared/domain.ts';
import { type OpenTap, TAP_MODES, type TapSnapshot } from '../../../shared/session.ts';
import { builtWorker } from '../../built-worker.testing.ts';
import { ERROR, KernelError } from '../../kernel/kernel.ts';
import { openKernel } from '../../kernel/open.ts';
import { BITS_HERE, OTHER_BITS } from '../../peers/runs-32-bit.testing.ts';
import { isExhaustive } from '../../sample.testing.ts';
import { MemorySink } from '../memory-sink.testing.ts';
import { type Bits, Peer, type PeerChannel } from '../peer.testing.ts';
import { SessionRegistry } from '../registry.ts';

const ALL_PAIRS: readonly (readonly [server: Bits, client: Bits])[] = [
  [64, 64],
  [32, 64],
  [64, 32],
];
const PAIRS = ALL_PAIRS.filter((pair) => pair.every((bits) => BITS_HERE.includes(bits)));

const directory = mkdtempSync(join(tmpdir(), 'shmscope-tapped-'));
process.env.SHMSCOPE_RUNTIME_DIR = join(directory, 'run');
after(() => rmSync(directory, { recursive: true }));

const kernel = await openKernel();

let names = 0;
function newChannel(changes: Partial<PeerChannel> = {}): PeerChannel {
  const name = `Local\\Shmscope tapped ${process.pid}-${names++} é`;
  return {
    section: name,
    eventS2c: `${name} S2C`,
    eventC2s: `${name} C2S`,
    layout: 'sized',
    bufferSize: 1001,
    ...changes,
  };
}

async function tap(t: TestContext, { section, eventS2c, eventC2s }: PeerChannel, changes: Partial<OpenTap> = {}) {
  const sink = new MemorySink();
  const looks = new Set<() => void>();
  const registry = new SessionRegistry({
    ...{ kernel, sink, workerPath: builtWorker('session') },
    onChange: () => {
      for (const look of looks) look();
    },
  });
  t.after(() => registry.close());
  const { id } = await registry.open({
    ...{ kind: 'tap', role: 'tap', section, eventS2c, eventC2s, layout: 'auto', mode: 'adaptive', follow: false },
    ...changes,
  });
  const until = (wanted: (snapshot: TapSnapshot) => boolean) =>
    new Promise<TapSnapshot>((resolve) => {
      const look = () => {
        const snapshot = registry.snapshot(id) as TapSnapshot;
        if (wanted(snapshot)) resolve(snapshot);
      };
      looks.add(look);
      look();
    });
  const messages = (lane: Lane) => sink.of(id).filter((record) => record.kind === 'message' && record.lane === lane);
  const numbers = (lane: Lane) => messages(lane).map(({ bytes }) => numberOf(bytes));
  const anomalies = () =>
    sink.of(id).flatMap(({ kind, code, lane }) => (kind === 'anomaly' ? [`${lane} ${code}`] : []));
  return { id, sink, registry, until, messages, numbers, anomalies };
}

const numberOf = (bytes: Uint8Array) => Number(Buffer.from(bytes).readBigUInt64LE(0));
const ascending = (numbers: readonly number[]) => [...new Set(numbers)].sort((a, b) => a - b);

/** What `flood` sends under the number that `bytes` begin with. */
function floodMessage(bytes: Uint8Array): Uint8Array {
  const number = numberOf(bytes);
  return bytes.map((byte, at) => (at < 8 ? byte : (number * 31 + at) & 0xff));
}

/** That its name is free: nobody holds it, not even a tap. */
function assertGone(section: string): void {
  assert.throws(
    () => kernel.openSection(section, 'write'),
    (error) => error instanceof KernelError && error.code === ERROR.FILE_NOT_FOUND,
  );
}

/** Each mode with one pair; with `SHMSCOPE_EXHAUSTIVE` with all. */
const modesOf = (pair: number) => TAP_MODES.filter((_, n) => isExhaustive || n === pair);

for (const [pair, [server, client]] of PAIRS.entries()) {
  describe(`a ${server}-bit server and a ${client}-bit client`, () => {
    test('that send 50 messages a second are seen to send them, each in its turn and as it was', async (t) => {
      const channel = newChannel();
      const count = 100;
      const reader = await Peer.start(t, server, 'server', channel, 'drain', '--count', String(count));
      const seen = await tap(t, channel);
      const flood = ['flood', '--count', String(count), '--rate', '50'];
      const sender = await Peer.start(t, client, 'client', channel, ...flood);
      assert.deepEqual([await reader.exited, await sender.exited], [0, 0]);
      const { counts, abandoned } = await seen.until(({ state }) => state === 'closed');
      assert.equal(abandoned, true);
      const numbers = seen.numbers('c2s');
      assert.deepEqual(numbers, ascending(numbers));
      // How many of them depends on how busy the machine is: bench/tap-seen.ts measures that.
      assert.ok(
        numbers.length > count / 10 && numbers.length + counts.missed <= count,
        `${numbers.length} + ${counts.missed}`,
      );
      for (const { bytes } of seen.messages('c2s')) assert.deepEqual(bytes, floodMessage(bytes));
      assertGone(channel.section);
    });

    for (const mode of modesOf(pair)) {
      test(`that talk as fast as they can go on as ever, and nothing is told that was not sent, in ${mode} mode`, async (t) => {
        const channel = newChannel({ bufferSize: 4096 });
        const echo = await Peer.start(t, server, 'server', channel, 'echo');
        const seen = await tap(t, channel, { mode });
        const ping = await Peer.start(t, client, 'client', channel, 'pingpong', '--seconds', '1', '--size', '4096');
        assert.match(await ping.line(), /\d+\/s/);
        assert.equal(await ping.exited, 0);
        await echo.end();
        await seen.until(({ state }) => state === 'closed');
        for (const lane of ['s2c', 'c2s'] as const) {
          const numbers = seen.numbers(lane);
          assert.ok(numbers.length > 5, `${numbers.length} messages`);
          assert.deepEqual(
            numbers,
            [...new Set(numbers)].sort((a, b) => a - b),
          );
        }
        // At full speed there may be a hundred thousand: each list is built once.
        const contents = new Map(seen.messages('c2s').map(({ bytes }) => [numberOf(bytes), bytes]));
        for (const { bytes } of seen.messages('s2c')) {
          const question = contents.get(numberOf(bytes));
          if (question) assert.ok(Buffer.compare(bytes, question) === 0, `the answer to ${numberOf(bytes)}`);
        }
      });
    }

    test('of which the server is killed and started again are followed', async (t) => {
      const channel = newChannel();
      const first = await Peer.start(t, server, 'server', channel, 'echo');
      const seen = await tap(t, channel, { follow: true });
      const talk = async (peer: Peer) => {
        assert.match(await peer.line(), /\d+\/s/);
        assert.equal(await peer.exited, 0);
      };
      const ping = ['pingpong', '--count', '20'];
      await talk(await Peer.start(t, client, 'client', channel, ...ping));
      await first.kill();
      await seen.until(({ waiting }) => waiting !== null);
      assertGone(channel.section);
      await Peer.start(t, server, 'server', { ...channel, bufferSize: 64 }, 'echo');
      await seen.until(({ state, capacity }) => state === 'open' && capacity === 64);
      await talk(await Peer.start(t, client, 'client', channel, ...ping, '--size', '64'));
      await seen.registry.get(seen.id).close();
    });
  });
}

describe('a client that', () => {
  for (const [kind, expected] of [
    ['bad-length', 'c2s bad-length'],
    ['unknown-flag', 'c2s unknown-flag'],
    ['lost-wake', 'c2s lost-wake'],
    ['spurious-wake', 'c2s spurious-wake'],
  ] as const) {
    test(`has ${kind} is told to have it`, async (t) => {
      const channel = newChannel();
      // It reads nothing and waits for nothing.
      await Peer.start(t, 64, 'server', channel, 'misbehave', 'hold');
      const seen = await tap(t, channel);
      await Peer.start(t, OTHER_BITS, 'client', channel, 'misbehave', kind);
      await seen.sink.until(seen.id, () => seen.anomalies().includes(expected));
      assert.deepEqual([...new Set(seen.anomalies())], [expected]);
    });
  }

  test('says exit right after a message is seen to have done both', async (t) => {
    const channel = newChannel();
    await Peer.start(t, 64, 'server', channel, 'misbehave', 'hold');
    const seen = await tap(t, channel);
    await Peer.start(t, OTHER_BITS, 'client', channel, 'misbehave', 'send-exit');
    await seen.sink.until(seen.id, (records) => records.some(({ kind }) => kind === 'exit'));
    assert.deepEqual(seen.sink.told(seen.id).slice(0, 2), ['message', 'exit']);
  });

  test('writes over what is unread is told to do so', async (t) => {
    const channel = newChannel();
    await Peer.start(t, 64, 'server', channel, 'misbehave', 'hold');
    const seen = await tap(t, channel, { mode: 'full' });
    await Peer.start(t, OTHER_BITS, 'client', channel, 'misbehave', 'torn', '--seconds', '20');
    await seen.sink.until(seen.id, () => seen.anomalies().includes('c2s overrun'));
    await seen.registry.get(seen.id).close();
  });
});

test('a server whose header claims more than its section has is reported, and one without events is looked at', async (t) => {
  const huge = newChannel();
  await Peer.start(t, OTHER_BITS, 'server', huge, 'misbehave', 'huge-header');
  const seen = await tap(t, huge);
  await seen.sink.until(seen.id, () => seen.anomalies().includes('s2c section-too-small'));
  const bare = newChannel();
  await Peer.start(t, 64, 'server', bare, 'misbehave', 'no-events');
  const other = await tap(t, bare);
  await other.until(({ state, rights, layout }) => state === 'open' && rights.length === 1 && layout === 'sized');
});
