import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Layout, Role } from '../../shared/domain.ts';
import { type ChannelOptions, openChannel } from './channel.ts';
import { Endpoint } from './endpoint.ts';
import { geometry } from './layout.ts';
import type { AnomalyReport } from './results.ts';
import { asClient, asServer, FakeKernel, refused, utf8 } from './testing.ts';

/** What an end can tell from traces: a changed header, wakes without a message, messages that it never saw. */

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const newKernel = () => new FakeKernel((ms) => vi.advanceTimersByTime(ms));
const at = (ms: number, action: () => void) => void setTimeout(action, ms);

/** An end whose anomalies are noted. */
function end(kernel: FakeKernel, options: ChannelOptions) {
  const anomalies: AnomalyReport[] = [];
  const endpoint = new Endpoint(kernel, openChannel(kernel, options), (report) => anomalies.push(report));
  return { endpoint, anomalies, named: () => anomalies.map(({ anomaly }) => anomaly) };
}

/** Both ends of a channel; the anomalies of our `role` are noted. */
function pair(role: Role = 'client', options: Partial<ChannelOptions> = {}) {
  const kernel = newKernel();
  const server = end(kernel, asServer(options));
  const client = end(kernel, asClient({ ...options, layout: options.layout ?? 'auto' }));
  const [ours, peer] = role === 'client' ? [client, server] : [server, client];
  return { kernel, memory: kernel.memory(), peer: peer.endpoint, ...ours };
}
const textOf = (got: { kind: string; bytes?: Uint8Array }) =>
  got.bytes ? new TextDecoder().decode(got.bytes) : got.kind;

describe('a header that was changed under an open client', () => {
  test.each([
    ['by a server with smaller buffers', 32, 'sized with 32 bytes per direction'],
    ['by a server with larger buffers', 4096, 'sized with 4,096 bytes per direction'],
    ['by a server of a fixed layout', 1, 'begins with 1'],
  ])('%s is reported once, and nothing is sent to the place that was', (_, first, says) => {
    const { memory, endpoint, anomalies } = pair();
    memory.put(0, first);
    const before = memory.bytes.slice();
    expect(() => endpoint.send(utf8('hello'))).toThrow(
      refused('header-changed', 'Nothing is sent', says, 'Open the channel again'),
    );
    expect(() => endpoint.sendClose()).toThrow(refused('header-changed'));
    expect(memory.bytes).toEqual(before);
    expect(endpoint.moved).toContain(says);
    expect(anomalies).toEqual([
      {
        anomaly: 'header-changed',
        direction: 'in',
        detail: expect.stringContaining('it was sized with 64 bytes per direction'),
      },
    ]);
  });

  test('leaves nothing to be received: neither a message nor its wake is taken', () => {
    const { kernel, memory, endpoint, named } = pair();
    memory.put(0, 32, 1);
    endpoint.look();
    kernel.event('s2c').signalled = true;
    expect([endpoint.receive(500).kind, memory.get(4), kernel.event('s2c').signalled]).toEqual(['Timeout', 1, true]);
    expect(named()).toEqual(['header-changed']);
  });

  test('while a message is copied makes no message of what was copied', () => {
    const { kernel, memory, peer, endpoint, named } = pair();
    peer.send(utf8('here'));
    kernel.afterRead = () => memory.put(0, 32);
    expect([endpoint.receive(100).kind, memory.get(4)]).toEqual(['Timeout', 1]);
    expect(named()).toEqual(['header-changed']);
  });

  test.each(['fixed', 'fixed64'] as const)('of layout %s is a size where the flag was', (layout) => {
    const { memory, endpoint } = pair('client', { layout });
    memory.put(0, 64);
    expect(() => endpoint.send(utf8('x'))).toThrow(
      refused('header-changed', `it was ${layout}`, 'sized with 64 bytes'),
    );
  });

  test('without a size is being written: it is reported only when it stays so, and never when the old size comes back', () => {
    const { memory, endpoint, named } = pair();
    memory.put(0, 0);
    expect(endpoint.look()).toBe(false);
    memory.put(0, 64);
    expect([endpoint.look(), named()]).toEqual([true, []]);
    memory.put(0, 0);
    endpoint.look();
    vi.advanceTimersByTime(30);
    endpoint.look();
    expect(named()).toEqual(['header-changed']);
  });

  test('is not one while it may just be being written; nothing is sent all the same', () => {
    const { memory, endpoint, named } = pair();
    memory.put(0, 0);
    endpoint.look();
    expect([endpoint.isInPlace, endpoint.isHeaderBeingWritten, endpoint.moved, named()]).toEqual([
      false,
      true,
      null,
      [],
    ]);
    expect(() => endpoint.send(utf8('x'))).toThrow(refused('header-changed'));
    memory.put(0, 64);
    endpoint.look();
    expect([endpoint.isInPlace, endpoint.isHeaderBeingWritten]).toEqual([true, false]);
  });

  test('is ours again when the old one is back, and is reported again when it changes again', () => {
    const { memory, peer, endpoint, named } = pair();
    for (let round = 1; round <= 2; round++) {
      memory.put(0, 32);
      expect(endpoint.look()).toBe(false);
      memory.put(0, 64);
      peer.send(utf8('back'));
      expect(textOf(endpoint.receive(100))).toBe('back');
      expect(named()).toEqual(Array(round).fill('header-changed'));
    }
  });
});

describe('a fresh header in the same place', () => {
  const restart = (kernel: FakeKernel, options: Partial<ChannelOptions> = {}) =>
    new Endpoint(kernel, openChannel(kernel, asServer({ takeOver: true, ...options })), () => {});

  test.each(['fixed64', 'fixed', 'sized'] as const)(
    'of layout %s is told with what it wiped out, and the session goes on',
    (layout: Layout) => {
      const { kernel, endpoint, anomalies } = pair('client', { layout });
      endpoint.send(utf8('nobody reads this'));
      const server = restart(kernel, { layout });
      expect(endpoint.receive(100).kind).toBe('Timeout');
      endpoint.send(utf8('after'));
      expect(textOf(server.receive(100))).toBe('after');
      expect(anomalies).toEqual([
        {
          anomaly: 'header-changed',
          direction: 'in',
          detail: expect.stringMatching(
            /^The server was restarted.*the session continues.*Our last message was still unread and is lost/,
          ),
        },
      ]);
    },
  );

  test('is reported when all that was sent before was read, too', () => {
    const { kernel, peer, endpoint, anomalies } = pair();
    peer.send(utf8('one'));
    endpoint.receive(100);
    restart(kernel).send(utf8('two'));
    // Nothing shows if the flags are as before: the look before the next message sees it.
    expect(anomalies).toEqual([]);
    restart(kernel);
    endpoint.look();
    expect(anomalies.map(({ detail }) => detail)).toEqual([expect.not.stringContaining('lost')]);
  });

  test('is reported by a server of ours whose section another server has taken over', () => {
    const { kernel, peer, endpoint, anomalies } = pair('server');
    peer.send(utf8('x'));
    endpoint.receive(100);
    restart(kernel);
    endpoint.look();
    restart(kernel, { bufferSize: 32 });
    expect(() => endpoint.send(utf8('x'))).toThrow(refused('header-changed', 'Another server has'));
    expect(anomalies.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/^Another server has written a new header/),
      expect.stringMatching(/^Another server has changed the header/),
    ]);
  });

  test('lets an exit be reported that was there before it', () => {
    const { kernel, memory, peer, endpoint } = pair();
    peer.sendClose();
    expect(endpoint.receive(100).kind).toBe('Exit');
    restart(kernel);
    endpoint.look();
    memory.put(4, 3);
    kernel.event('s2c').signalled = true;
    expect(endpoint.receive(100).kind).toBe('Exit');
  });
});

describe('an event that is set again and again', () => {
  /** A program that sets the event whenever it was reset, until it is stopped. */
  function inALoop(kernel: FakeKernel): () => void {
    const event = kernel.event('s2c');
    Object.defineProperty(event, 'signalled', { configurable: true, get: () => true, set: () => {} });
    return () => Object.defineProperty(event, 'signalled', { value: false, writable: true });
  }

  test('is waited on less and less often', () => {
    const { kernel, endpoint, named } = pair();
    inALoop(kernel);
    expect(endpoint.receive(3000).kind).toBe('Timeout');
    expect(named().every((name) => name === 'spurious-wake')).toBe(true);
    expect(named().length).toBeLessThan(75);
  });

  test('delays a message by 50 ms at most', () => {
    const { kernel, peer, endpoint } = pair();
    inALoop(kernel);
    endpoint.receive(2000);
    at(123, () => peer.send(utf8('soon')));
    const start = performance.now();
    expect(textOf(endpoint.receive(3000))).toBe('soon');
    expect(performance.now() - start).toBeLessThanOrEqual(123 + 50);
  });

  test('ends a rest as soon as its receive is cancelled', () => {
    const { kernel, endpoint } = pair();
    const cancel = kernel.createEvent(null).event;
    inALoop(kernel);
    endpoint.receive(2000, cancel);
    at(7, () => cancel.set());
    const start = performance.now();
    expect([endpoint.receive(null, cancel).kind, performance.now() - start]).toEqual(['Cancelled', 7]);
  });

  test('is forgiven after a message', () => {
    const { kernel, peer, endpoint } = pair();
    const stop = inALoop(kernel);
    endpoint.receive(2000);
    stop();
    peer.send(utf8('one'));
    endpoint.receive(100);
    at(10, () => peer.send(utf8('two')));
    const start = performance.now();
    expect([textOf(endpoint.receive(100)), performance.now() - start]).toEqual(['two', 10]);
  });
});

describe('a manual-reset event', () => {
  function manual() {
    const kernel = newKernel();
    const peer = new Endpoint(kernel, openChannel(kernel, asServer()), () => {});
    kernel.event('s2c').reset = 'manual';
    return { kernel, peer, ...end(kernel, asClient()) };
  }

  test('is named once, when the channel is opened, and its wakes are no anomalies', () => {
    const { peer, endpoint, anomalies } = manual();
    peer.send(utf8('one'));
    expect([textOf(endpoint.receive(100)), endpoint.receive(1000).kind]).toEqual(['one', 'Timeout']);
    expect(anomalies).toEqual([
      { anomaly: 'manual-reset-event', direction: 'in', detail: expect.stringContaining('manual-reset event') },
    ]);
  });

  test('is not waited on: the slot is looked at every 10 ms', () => {
    const { kernel, peer, endpoint } = manual();
    peer.send(utf8('one'));
    endpoint.receive(100);
    const waits = kernel.waits;
    at(55, () => peer.send(utf8('two')));
    const start = performance.now();
    expect([textOf(endpoint.receive(1000)), performance.now() - start]).toEqual(['two', 60]);
    expect(kernel.waits - waits).toBeLessThan(10);
    peer.sendClose();
    expect([endpoint.receive(100).kind, endpoint.receive(100).kind]).toEqual(['Exit', 'Timeout']);
  });
});

describe('a message that was never seen', () => {
  test('and left a wake too many right after another message is a probable overrun', () => {
    const { kernel, peer, endpoint, anomalies } = pair();
    // The second and third send come between our wake and our look.
    peer.send(utf8('first'));
    kernel.event('s2c').signalled = false;
    peer.send(utf8('second'));
    peer.send(utf8('third'));
    expect(textOf(endpoint.receive(100))).toBe('third');
    kernel.event('s2c').signalled = true;
    expect(endpoint.receive(100).kind).toBe('Timeout');
    expect(anomalies).toEqual([
      { anomaly: 'overrun', direction: 'in', detail: expect.stringMatching(/^A message was probably lost/) },
    ]);
  });

  test('is not claimed for a wake that comes later, or after a message without its own', () => {
    const { kernel, peer, endpoint, named } = pair();
    peer.send(utf8('first'));
    endpoint.receive(100);
    endpoint.receive(100);
    kernel.event('s2c').signalled = true;
    endpoint.receive(100);
    expect(named()).toEqual(['spurious-wake']);
    peer.send(utf8('second'));
    kernel.event('s2c').signalled = false;
    endpoint.receive(200);
    kernel.event('s2c').signalled = true;
    endpoint.receive(100);
    expect(named()).toEqual(['spurious-wake', 'lost-wake', 'spurious-wake']);
  });

  test('is possible where a client finds its first message unread when it comes', () => {
    const kernel = newKernel();
    const server = new Endpoint(kernel, openChannel(kernel, asServer()), () => {});
    server.send(utf8('first'));
    server.send(utf8('second'));
    const { endpoint, anomalies } = end(kernel, asClient());
    expect(textOf(endpoint.receive(100))).toBe('second');
    server.send(utf8('third'));
    endpoint.receive(100);
    expect(anomalies).toEqual([
      { anomaly: 'overrun', direction: 'in', detail: expect.stringMatching(/^Messages may have been lost/) },
    ]);
  });

  test.each([
    ['of another length', 'hello', 'bye', '3 bytes ("bye")'],
    ['of the same length and other bytes', 'hello', 'world', '5 bytes ("world")'],
    ['that is no text', 'hello', '\xff\xfe', '2 bytes (ff fe)'],
    ['before any was read', null, 'hello', '5 bytes ("hello")'],
  ])('%s is named by the exit that took its place', (_, read, lost, says) => {
    const { peer, endpoint, anomalies } = pair();
    if (read !== null) {
      peer.send(utf8(read));
      endpoint.receive(100);
    }
    peer.send(lost.startsWith('\xff') ? Uint8Array.of(0xff, 0xfe) : utf8(lost));
    peer.sendClose();
    expect([endpoint.receive(100).kind, endpoint.receive(100).kind]).toEqual(['Exit', 'Timeout']);
    expect(anomalies).toEqual([{ anomaly: 'overrun', direction: 'in', detail: expect.stringContaining(says) }]);
  });

  test('is not claimed where the exit stands behind what was read, or nothing is known of what was', () => {
    const { kernel, peer, endpoint, named } = pair();
    peer.send(utf8('read'));
    endpoint.receive(100);
    peer.sendClose();
    expect([endpoint.receive(100).kind, named()]).toEqual(['Exit', []]);
    const late = end(kernel, asClient());
    kernel.event('s2c').signalled = true;
    expect([late.endpoint.receive(100).kind, late.named()]).toEqual(['Exit', []]);
  });
});

test('a slot in which another program has written is zeroed to its end by the next send', () => {
  const { memory, endpoint } = pair();
  endpoint.send(utf8('mine'));
  const { data, spec } = geometry('sized', 64);
  memory.bytes.fill(0xee, data.c2s, data.c2s + 64);
  memory.put(spec.length.c2s, 64);
  endpoint.send(utf8('again'));
  expect(memory.bytes.slice(data.c2s + 5, data.c2s + 64)).toEqual(new Uint8Array(59));
});
