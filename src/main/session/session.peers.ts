/**
 * Our endpoint with the native peer on the other end: 32-bit and 64-bit, as server and as client, in every layout.
 * `node src/main/session/session.peers.ts`; the Windows Node.js in Wine runs the same file with the Windows peers.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, type TestContext, test } from 'node:test';
import { LAYOUTS, type Layout, ROLES, type Role } from '../../shared/domain.ts';
import { type FailureCode, ShmscopeError } from '../../shared/failure.ts';
import type { OpenEndpoint } from '../../shared/session.ts';
import { builtWorker } from '../built-worker.testing.ts';
import { openChannel } from '../channel/channel.ts';
import { Endpoint } from '../channel/endpoint.ts';
import type { ReceiveResult } from '../channel/results.ts';
import { openKernel } from '../kernel/open.ts';
import { BITS_HERE, OTHER_BITS } from '../peers/runs-32-bit.testing.ts';
import { MemorySink } from './memory-sink.testing.ts';
import { type Bits, Peer } from './peer.testing.ts';
import { SessionRegistry } from './registry.ts';

const PATIENCE_MS = 20_000;

const directory = mkdtempSync(join(tmpdir(), 'shmscope-peers-'));
process.env.SHMSCOPE_RUNTIME_DIR = join(directory, 'run');
after(() => rmSync(directory, { recursive: true }));

const kernel = await openKernel();

let names = 0;
function newOptions(changes: Partial<OpenEndpoint> = {}): OpenEndpoint {
  const name = `Local\\Shmscope peers ${process.pid}-${names++} é`;
  const events = { eventS2c: `${name} S2C`, eventC2s: `${name} C2S` };
  const rest = { takeOver: false, overrun: 'wait', receive: null } as const;
  return {
    kind: 'endpoint',
    role: 'server',
    section: name,
    ...events,
    layout: 'sized',
    bufferSize: 1001,
    ...rest,
    ...changes,
  };
}
const opposite = (role: Role): Role => (role === 'server' ? 'client' : 'server');

interface Ours {
  readonly endpoint: Endpoint;
  readonly anomalies: string[];
}

function open(t: TestContext, options: OpenEndpoint): Ours {
  const anomalies: string[] = [];
  const endpoint = new Endpoint(kernel, openChannel(kernel, options), ({ anomaly, detail }) => {
    // A peer may have sent before our client came, which is reported; here only what it does wrong counts.
    if (!detail.startsWith('Messages may')) anomalies.push(anomaly);
  });
  t.after(() => endpoint.close());
  return { endpoint, anomalies };
}

/** Both ends of a channel: ours as `role`, the peer's as the other. */
async function pair(t: TestContext, role: Role, bits: Bits, layout: Layout, ...behaviour: string[]) {
  const options = newOptions({ role, layout });
  const start = () => Peer.start(t, bits, opposite(role), { ...options, layout }, ...behaviour);
  if (role === 'server') {
    const ours = open(t, options);
    return { options, ...ours, peer: await start() };
  }
  const peer = await start();
  // The peer's first actions may or may not reveal the layout: so the user's choice, as in the window.
  return { options, ...open(t, options), peer };
}

function refusal(options: OpenEndpoint): FailureCode {
  try {
    openChannel(kernel, options).close();
  } catch (error) {
    if (error instanceof ShmscopeError) return error.code;
    throw error;
  }
  throw new Error('The channel was not refused.');
}

function bytesOf(result: ReceiveResult): Buffer {
  assert.equal(result.kind, 'Message');
  return Buffer.from((result as Extract<ReceiveResult, { kind: 'Message' }>).bytes);
}

const contents = (capacity: number): Buffer[] => [
  Buffer.alloc(0),
  Buffer.from([0]),
  Buffer.from('z'),
  Buffer.from('Grüße, 温度 \u202e'),
  Buffer.from([0xff, 0xfe, 0xc3, 0, 0x80]),
  Buffer.alloc(100),
  Buffer.from(Array.from({ length: capacity }, (_, i) => (i * 7 + (i >> 8)) & 0xff)),
  Buffer.from('short again'),
];

for (const role of ROLES) {
  for (const bits of BITS_HERE) {
    for (const layout of LAYOUTS) {
      describe(`our ${role} with a ${bits}-bit peer in layout ${layout}`, () => {
        test('sends every byte as it is, and our exit after them', async (t) => {
          const { endpoint, peer, anomalies } = await pair(t, role, bits, layout, 'receive', '--count', '0');
          for (const bytes of contents(endpoint.bufferSize)) {
            endpoint.send(bytes);
            assert.equal(await peer.line(), `message ${bytes.length} ${bytes.toString('hex')}`);
          }
          endpoint.sendClose();
          assert.equal(await peer.line(), 'exit');
          assert.equal(await peer.exited, 4);
          assert.deepEqual(
            anomalies.filter((anomaly) => anomaly !== 'spurious-wake'),
            [],
          );
        });

        test('receives every byte as it is, and the exit of the peer after them', async (t) => {
          const exit = opposite(role) === 'client' ? ['--say-exit'] : [];
          const { endpoint, peer, anomalies } = await pair(t, role, bits, layout, ...exit, 'echo');
          for (const bytes of contents(endpoint.bufferSize)) {
            endpoint.send(bytes);
            assert.deepEqual(bytesOf(endpoint.receive(PATIENCE_MS)), bytes);
          }
          assert.equal(endpoint.receive(30).kind, 'Timeout');
          assert.equal(await peer.end(), 0);
          assert.equal(endpoint.receive(PATIENCE_MS).kind, 'Exit');
          assert.equal(endpoint.receive(200).kind, 'Timeout', 'the exit is told once');
          assert.deepEqual(anomalies, []);
        });
      });
    }
  }
}

for (const [role, bits] of ROLES.flatMap((role) => BITS_HERE.map((bits) => [role, bits] as const))) {
  test(`our ${role} misses none of the messages of a flood by a ${bits}-bit peer`, async (t) => {
    const total = 3000;
    const { endpoint, peer } = await pair(t, role, bits, 'sized', 'flood', '--count', `${total}`, '--size', '200');
    for (let number = 0; number < total; number++) {
      const bytes = bytesOf(endpoint.receive(PATIENCE_MS));
      assert.equal(bytes.readBigUInt64LE(0), BigInt(number));
      const rest = Buffer.from(Array.from({ length: 192 }, (_, i) => number * 31 + i + 8));
      assert.deepEqual(bytes.subarray(8), rest);
    }
    assert.match(await peer.line(), new RegExp(`^acknowledged ${total} in `));
  });
}

test('the layout is recognised from the first message of a peer, of either bitness', async (t) => {
  for (const layout of LAYOUTS) {
    for (const bits of BITS_HERE) {
      const { options, endpoint, peer } = await pair(t, 'server', bits, layout, 'send', 'a text', '--timeout', 'none');
      endpoint.receive(PATIENCE_MS);
      const joined = openChannel(kernel, { ...options, role: 'client', layout: 'auto' });
      joined.close();
      assert.equal(joined.geometry.layout, layout);
      await peer.exited;
    }
  }
});

for (const role of ROLES) {
  const bitsOf = (n: number): Bits => BITS_HERE[(n + (role === 'server' ? 0 : 1)) % BITS_HERE.length] as Bits;
  const misbehaving = (t: TestContext, n: number, ...kind: string[]) =>
    pair(t, role, bitsOf(n), 'sized', 'misbehave', ...kind);

  describe(`our ${role} tells of a peer`, () => {
    test('that claims a length beyond its buffer: bad-length', async (t) => {
      const { endpoint, anomalies } = await misbehaving(t, 0, 'bad-length');
      const bytes = bytesOf(endpoint.receive(PATIENCE_MS));
      assert.deepEqual([bytes.length, bytes.toString('utf8', 0, 10), anomalies], [1001, 'bad length', ['bad-length']]);
    });

    test('that claims 2^64 - 1 bytes in the 64-bit layout: bad-length', async (t) => {
      const length = ['--length', '18446744073709551615'];
      const { endpoint, anomalies } = await pair(t, role, bitsOf(1), 'fixed64', 'misbehave', 'bad-length', ...length);
      assert.equal(bytesOf(endpoint.receive(PATIENCE_MS)).length, 16384);
      assert.deepEqual(anomalies, ['bad-length']);
    });

    test('that writes flag 4: unknown-flag', async (t) => {
      const { endpoint, anomalies } = await misbehaving(t, 1, 'unknown-flag');
      assert.deepEqual([endpoint.receive(PATIENCE_MS).kind, anomalies], ['MessageError', ['unknown-flag']]);
    });

    test('that wakes without a message: spurious-wake, and the rest of the timeout is waited out', async (t) => {
      const { endpoint, anomalies, peer } = await misbehaving(t, 0, 'spurious-wake');
      assert.equal(await peer.line(), 'done');
      const start = performance.now();
      assert.equal(endpoint.receive(300).kind, 'Timeout');
      assert.ok(performance.now() - start > 270);
      assert.deepEqual(anomalies, ['spurious-wake']);
    });

    test('that leaves a message without a wake: lost-wake', async (t) => {
      const { endpoint, anomalies } = await misbehaving(t, 1, 'lost-wake');
      assert.equal(bytesOf(endpoint.receive(PATIENCE_MS)).toString(), 'lost wake');
      assert.deepEqual(anomalies, ['lost-wake']);
    });

    test('that writes while we read: torn-read', async (t) => {
      const { endpoint, anomalies } = await misbehaving(t, 0, 'torn', '--seconds', '15');
      const end = performance.now() + PATIENCE_MS;
      while (!anomalies.includes('torn-read') && performance.now() < end) endpoint.receive(50);
      assert.ok(anomalies.includes('torn-read'), `${anomalies}`);
    });

    test('that wakes in a loop: reported again and again, but not as often, and its exit is found', async (t) => {
      const { endpoint, anomalies, peer } = await pair(
        t,
        role,
        bitsOf(1),
        'sized',
        '--say-exit',
        'misbehave',
        'wake-loop',
      );
      assert.equal(endpoint.receive(700).kind, 'Timeout');
      const told = anomalies.length;
      assert.ok(told > 1 && told < 40, `${told}`);
      assert.deepEqual([...new Set(anomalies)], ['spurious-wake']);
      assert.equal(await peer.line(), 'done');
      assert.equal(await peer.end(), 0);
      assert.equal(endpoint.receive(PATIENCE_MS).kind, 'Exit');
    });

    test('that says exit over its last message: overrun', async (t) => {
      const { endpoint, anomalies, peer } = await misbehaving(t, 0, 'send-exit');
      assert.equal(await peer.line(), 'done');
      assert.equal(endpoint.receive(PATIENCE_MS).kind, 'Exit');
      // A client may have come when the exit was there already: what it replaced is unknown then.
      if (role === 'server') assert.deepEqual(anomalies, ['overrun']);
    });

    test('that overwrites its message: the last one is taken whole', async (t) => {
      const { endpoint, peer } = await misbehaving(t, 1, 'overwrite');
      assert.equal(await peer.line(), 'done');
      assert.equal(bytesOf(endpoint.receive(PATIENCE_MS)).toString(), 'second');
      assert.equal(endpoint.receive(200).kind, 'Timeout');
    });

    test('that says exit, or nothing at all', async (t) => {
      const exiting = await misbehaving(t, 0, 'exit');
      assert.deepEqual([exiting.endpoint.receive(PATIENCE_MS).kind, exiting.anomalies], ['Exit', []]);
      const holding = await misbehaving(t, 1, 'hold');
      assert.deepEqual([holding.endpoint.receive(150).kind, holding.anomalies], ['Timeout', []]);
    });
  });
}

describe('our client refuses a peer', () => {
  for (const [kind, code] of [
    ['huge-header', 'section-too-small'],
    ['no-events', 'no-such-event'],
    ['no-section-events-only', 'no-such-section'],
  ] as const) {
    for (const bits of BITS_HERE) {
      test(`of ${bits} bits with ${kind}: ${code}`, async (t) => {
        const options = newOptions({ role: 'client', layout: 'auto' });
        await Peer.start(t, bits, 'server', { ...options, layout: 'sized' }, 'misbehave', kind);
        assert.equal(refusal(options), code);
      });
    }
  }

  for (const layout of LAYOUTS) {
    test(`whose section is too small for its ${layout}: section-too-small`, async (t) => {
      const options = newOptions({ role: 'client', layout, bufferSize: 16384 });
      await Peer.start(
        t,
        layout === 'fixed' ? OTHER_BITS : 64,
        'server',
        { ...options, layout },
        'misbehave',
        'small-section',
      );
      assert.equal(refusal(options), 'section-too-small');
    });
  }
});

test('names that a peer has are refused to our server, and as another kind', async (t) => {
  const options = newOptions();
  await Peer.start(t, OTHER_BITS, 'server', { ...options, layout: 'sized' }, 'misbehave', 'hold');
  assert.equal(refusal(options), 'name-taken');
  const another = newOptions();
  assert.equal(refusal({ ...another, section: options.eventS2c }), 'name-other-kind');
  assert.equal(refusal({ ...another, eventC2s: options.section }), 'name-other-kind');
  assert.equal(refusal({ ...another, role: 'client', section: options.eventS2c }), 'name-other-kind');
  assert.equal(refusal({ ...options, role: 'client', eventS2c: options.section }), 'name-other-kind');
});

for (const bits of BITS_HERE) {
  test(`our client names the manual-reset events of a ${bits}-bit server, and takes its messages`, {
    skip: kernel.platform === 'posix' && 'its events are auto-reset',
  }, async (t) => {
    const { endpoint, anomalies } = await pair(t, 'client', bits, 'sized', 'misbehave', 'manual-events');
    assert.equal(bytesOf(endpoint.receive(PATIENCE_MS)).toString(), 'manual');
    assert.equal(endpoint.receive(300).kind, 'Timeout');
    assert.deepEqual(anomalies, ['manual-reset-event', 'manual-reset-event']);
  });

  test(`our client sends nothing to a ${bits}-bit server that was restarted with other sizes`, async (t) => {
    const { options, endpoint, anomalies, peer } = await pair(t, 'client', bits, 'sized', 'echo');
    await peer.kill();
    const smaller = { ...options, layout: 'sized', bufferSize: 496 } as const;
    const second = await Peer.start(t, bits, 'server', smaller, '--take-over', 'receive', '--timeout', '200');
    assert.throws(() => endpoint.send(Buffer.from('hello')), { code: 'header-changed' });
    assert.equal(endpoint.receive(50).kind, 'Timeout');
    assert.equal(await second.line(), 'timeout');
    assert.deepEqual(anomalies, ['header-changed']);
    const anew = open(t, options).endpoint;
    assert.equal(anew.bufferSize, 496);
  });
}

describe('a killed peer', () => {
  test('as client, at any point of a flood, leaves our server to the next one', async (t) => {
    const options = newOptions();
    const { endpoint } = open(t, options);
    for (const [round, bits] of ([64, OTHER_BITS, 64, OTHER_BITS] as const).entries()) {
      const channel = { ...options, layout: 'sized' } as const;
      const peer = await Peer.start(t, bits, 'client', channel, 'flood', '--seconds', '60', '--timeout', 'none');
      for (let number = 0; number < 1 + 37 * round; number++) {
        assert.equal(bytesOf(endpoint.receive(PATIENCE_MS)).readBigUInt64LE(0), BigInt(number));
      }
      await peer.kill();
      while (endpoint.receive(250).kind !== 'Timeout');
    }
  });

  test('as server leaves our client with its section, which the next server can take over', async (t) => {
    const { options, endpoint, peer, anomalies } = await pair(t, 'client', 64, 'sized', 'echo');
    endpoint.send(Buffer.from('before'));
    assert.equal(bytesOf(endpoint.receive(PATIENCE_MS)).toString(), 'before');
    await peer.kill();
    endpoint.send(Buffer.from('nobody reads this'));
    assert.deepEqual([endpoint.receive(100).kind, endpoint.unread], ['Timeout', true]);
    await Peer.start(t, OTHER_BITS, 'server', { ...options, layout: 'sized' }, '--take-over', 'echo');
    endpoint.send(Buffer.from('after'));
    assert.equal(bytesOf(endpoint.receive(PATIENCE_MS)).toString(), 'after');
    assert.deepEqual(anomalies, ['header-changed']);
  });
});

test('a client waits for a peer that comes later, and goes on with the next after it was killed or has exited', async (t) => {
  const sink = new MemorySink();
  const registry = new SessionRegistry({ kernel, sink, workerPath: builtWorker('session'), onChange: () => {} });
  t.after(() => registry.close());
  const server = newOptions();
  const channel = { ...server, layout: 'sized' } as const;
  const receive = { mode: 'continuous', timeoutMs: 60_000 } as const;
  const more = { layout: 'auto', receive, wait: { limitMs: null }, reconnect: true } as const;
  const { id, waiting } = await registry.open({ ...server, role: 'client', ...more });
  assert.match(waiting?.why ?? '', /no section named/);
  /** The nth server is joined, and echoes. */
  const echoes = async (nth: number, text: string) => {
    await sink.until(id, (records) => records.filter(({ kind }) => kind === 'opened').length === nth);
    await registry.get(id).call({ type: 'send', bytes: Buffer.from(text) });
    await sink.until(id, () => sink.received(id).length === nth);
    assert.equal(Buffer.from(sink.received(id).at(-1) ?? []).toString(), text);
  };
  const first = await Peer.start(t, 64, 'server', channel, 'echo');
  await echoes(1, 'first');
  await first.kill();
  // The name lives on because of our client: another server takes the section over, with other sizes.
  const second = await Peer.start(t, OTHER_BITS, 'server', { ...channel, bufferSize: 496 }, '--take-over', 'echo');
  await echoes(2, 'second');
  await second.end();
  await sink.until(id, (records) => records.at(-1)?.kind === 'notice');
  const third = await Peer.start(t, 64, 'server', channel, 'echo');
  await echoes(3, 'third');
  await third.kill();
  await registry.get(id).close();
  await sink.until(id, (records) => records.at(-1)?.kind === 'closed');
  const talk = ['opened', 'message', 'message'];
  assert.deepEqual(
    ['notice', ...sink.told(id)],
    ['notice', ...talk, 'anomaly header-changed', 'closed', ...talk, 'exit', 'closed', 'notice', ...talk, 'closed'],
  );
});

test('a server that everyone may open says so, and a peer of either bitness joins it; on POSIX it is refused', async (t) => {
  const sink = new MemorySink();
  const registry = new SessionRegistry({ kernel, sink, workerPath: builtWorker('session'), onChange: () => {} });
  t.after(() => registry.close());
  for (const [access, words] of [
    ['machine', 'everyone on this machine'],
    ['D:(A;;GA;;;WD)', 'D:(A;;GA;;;WD)'],
  ] as const) {
    const options = newOptions({ access });
    if (kernel.platform === 'posix') {
      await assert.rejects(registry.open(options), { code: 'access-unsupported' });
      continue;
    }
    const { id, access: shown } = await registry.open(options);
    assert.equal(shown, access);
    for (const bits of BITS_HERE)
      await (await Peer.start(t, bits, 'client', { ...options, layout: 'sized' }, 'misbehave', 'hold')).end();
    await sink.until(id, ([opened]) => opened !== undefined);
    assert.ok(sink.of(id)[0]?.detail?.includes(words));
  }
});

test('a session records the whole flood of a peer, its exit, and is closed with every handle', async (t) => {
  const sink = new MemorySink();
  const registry = new SessionRegistry({ kernel, sink, workerPath: builtWorker('session'), onChange: () => {} });
  t.after(() => registry.close());
  const options = newOptions({ receive: { mode: 'continuous', timeoutMs: 60_000 } });
  const { id } = await registry.open(options);
  const channel = { ...options, layout: 'sized' } as const;
  const peer = await Peer.start(t, OTHER_BITS, 'client', channel, '--say-exit', 'flood', '--count', '2000');
  await sink.until(id, (records) => records.some(({ kind }) => kind === 'exit'));
  assert.equal(await peer.exited, 0);
  const numbers = sink.received(id).map((bytes) => Buffer.from(bytes).readBigUInt64LE(0));
  assert.deepEqual(
    numbers,
    Array.from({ length: 2000 }, (_, n) => BigInt(n)),
  );
  await registry.get(id).close();
  assert.equal(refusal({ ...options, role: 'client' }), 'no-such-section');
});
