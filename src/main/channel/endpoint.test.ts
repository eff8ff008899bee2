import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Role } from '../../shared/domain.ts';
import { openChannel } from './channel.ts';
import { Endpoint } from './endpoint.ts';
import type { AnomalyReport } from './results.ts';
import { asClient, asServer, FakeKernel, utf8 } from './testing.ts';

/** Offsets in the layout sized with 64 bytes per direction: what the server writes. */
const S2C = { flag: 4, length: 12, data: 24 } as const;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A server, and a client whose anomalies are noted. */
function pair(role: Role = 'client') {
  const kernel = new FakeKernel((ms) => vi.advanceTimersByTime(ms));
  const anomalies: AnomalyReport[] = [];
  const [server, client] = [openChannel(kernel, asServer()), openChannel(kernel, asClient())];
  const note = (report: AnomalyReport) => anomalies.push(report);
  const endpoints = {
    server: new Endpoint(kernel, server, role === 'server' ? note : () => {}),
    client: new Endpoint(kernel, client, role === 'client' ? note : () => {}),
  };
  const named = () => anomalies.map(({ anomaly }) => anomaly);
  return { kernel, memory: kernel.memory(), ...endpoints, anomalies, named };
}

const at = (ms: number, action: () => void) => void setTimeout(action, ms);
/** The result of `work`, and the ms that it took. */
function timed<T>(work: () => T): [T, number] {
  const start = performance.now();
  return [work(), performance.now() - start];
}
const message = (text: string) => ({ kind: 'Message', bytes: utf8(text) });

describe('a receive', () => {
  test.each(['', 'a', 'x'.repeat(64), 'a\0b\0', '\u202edlrow'])('gives the bytes of %j and marks them read', (text) => {
    const { server, client, memory, named } = pair();
    server.send(utf8(text));
    expect([client.receive(1000), memory.get(S2C.flag), named()]).toEqual([message(text), 2, []]);
  });

  test("gives bytes that aren't UTF-8 as they are", () => {
    const { server, client } = pair();
    const bytes = Uint8Array.of(0xff, 0xfe, 0x80, 0, 0xc3);
    client.send(bytes);
    expect(server.receive(1000)).toEqual({ kind: 'Message', bytes });
  });

  test('gives a copy that later messages leave alone', () => {
    const { server, client } = pair();
    server.send(utf8('first'));
    const first = client.receive(1000);
    server.send(utf8('other'));
    expect(first).toEqual(message('first'));
  });

  test('without a message is a timeout after its time, no less and no more', () => {
    const { client, named } = pair();
    expect([timed(() => client.receive(1234)), named()]).toEqual([[{ kind: 'Timeout' }, 1234], []]);
  });

  test('without a limit waits for as long as it takes', () => {
    const { server, client } = pair();
    at(3_600_000, () => server.send(utf8('at last')));
    expect(timed(() => client.receive(null))).toEqual([message('at last'), 3_600_000]);
  });

  test('ends when it is cancelled, and leaves the message for the next', () => {
    const { kernel, server, client } = pair();
    const cancel = kernel.createEvent(null).event;
    at(70, () => {
      server.send(utf8('stays'));
      cancel.set();
    });
    expect(timed(() => client.receive(null, cancel))).toEqual([{ kind: 'Cancelled' }, 70]);
    expect(client.receive(1)).toEqual(message('stays'));
  });

  test('of exit is reported once for each exit, and not at each look', () => {
    const { server, client, named } = pair();
    server.sendClose();
    expect([client.receive(300).kind, client.receive(300).kind]).toEqual(['Exit', 'Timeout']);
    server.send(utf8('again'));
    expect(client.receive(300)).toEqual(message('again'));
    server.sendClose();
    expect([client.receive(300).kind, client.receive(300).kind, named()]).toEqual(['Exit', 'Timeout', []]);
  });

  test('of exit leaves the flag as the peer has put it', () => {
    const { server, client, memory } = pair();
    server.sendClose();
    client.receive(300);
    expect(memory.get(S2C.flag)).toBe(3);
  });

  test('finds an exit whose wake was lost, also after the server began again', () => {
    const { server, client, memory } = pair();
    server.sendClose();
    client.receive(300);
    memory.put(S2C.flag, 0);
    client.receive(10);
    memory.put(S2C.flag, 3);
    expect(client.receive(300)).toEqual({ kind: 'Exit' });
  });
});

describe('a wake without a message', () => {
  test.each([0, 2])('and flag %i is a spurious wake; the rest of the timeout is waited out', (flag) => {
    const { kernel, memory, client, anomalies } = pair();
    memory.put(S2C.flag, flag);
    at(400, () => (kernel.event('s2c').signalled = true));
    expect(timed(() => client.receive(1000))).toEqual([{ kind: 'Timeout' }, 1000]);
    expect(anomalies).toEqual([
      { anomaly: 'spurious-wake', direction: 'in', detail: expect.stringContaining(`the flag is ${flag}`) },
    ]);
  });

  test('does not hide the message that comes after it', () => {
    const { kernel, server, client, named } = pair();
    at(100, () => (kernel.event('s2c').signalled = true));
    at(900, () => server.send(utf8('late')));
    expect(timed(() => client.receive(1000))).toEqual([message('late'), 900]);
    expect(named()).toEqual(['spurious-wake']);
  });
});

describe('a message whose wake was lost', () => {
  test.each([50, 1000, null])('is found by a receive of %j ms, and reported', (timeoutMs) => {
    const { kernel, server, client, anomalies } = pair();
    server.send(utf8('found'));
    kernel.event('s2c').signalled = false;
    expect(client.receive(timeoutMs)).toEqual(message('found'));
    expect(anomalies).toEqual([
      {
        anomaly: 'lost-wake',
        direction: 'in',
        detail: expect.stringMatching(/^A message was in the slot for \d{3} ms/),
      },
    ]);
  });

  test('is not one whose wake is only late', () => {
    const { kernel, server, client, named } = pair();
    server.send(utf8('late'));
    kernel.event('s2c').signalled = false;
    at(90, () => (kernel.event('s2c').signalled = true));
    expect([client.receive(60), named()]).toEqual([message('late'), []]);
  });

  test('is waited for without running hot', () => {
    const { kernel, server, client } = pair();
    server.send(utf8('found'));
    kernel.event('s2c').signalled = false;
    client.receive(1);
    expect(kernel.waits).toBeLessThan(20);
  });
});

describe('a torn read', () => {
  test('by a new length is reported, and the message is copied again', () => {
    const { kernel, memory, server, client, anomalies } = pair();
    server.send(utf8('before'));
    kernel.afterRead = () => {
      kernel.afterRead = () => {};
      memory.put(S2C.length, 5);
      memory.bytes.set(utf8('after'), S2C.data);
    };
    expect(client.receive(100)).toEqual(message('after'));
    expect(memory.get(S2C.flag)).toBe(2);
    expect(anomalies).toEqual([
      { anomaly: 'torn-read', direction: 'in', detail: expect.stringContaining('the length changed from 6 to 5') },
    ]);
  });

  test('by an exit is reported; the message is given, and the exit after it', () => {
    const { kernel, server, client, anomalies } = pair();
    server.send(utf8('last'));
    kernel.afterRead = () => {
      kernel.afterRead = () => {};
      server.sendClose();
    };
    expect([client.receive(100), client.receive(100)]).toEqual([message('last'), { kind: 'Exit' }]);
    expect(anomalies).toEqual([
      { anomaly: 'torn-read', direction: 'in', detail: expect.stringContaining('the flag changed from 1 to 3') },
    ]);
  });

  test('by a writer that never stops ends all the same', () => {
    const { kernel, memory, server, client, named } = pair();
    server.send(utf8('x'));
    kernel.afterRead = () => memory.put(S2C.length, 1 + (memory.get(S2C.length) % 64));
    expect(client.receive(100).kind).toBe('Message');
    expect(named()).toEqual(['torn-read']);
  });
});

describe('a length beyond the buffer', () => {
  test.each([65, 0x8000_0000, 0xffff_ffff])(
    'of %i is told, and the message is taken up to the end of the buffer',
    (length) => {
      const { memory, server, client, anomalies } = pair();
      server.send(utf8('y'.repeat(64)));
      memory.bytes[S2C.data + 64] = 0xee;
      memory.put(S2C.length, length);
      expect([client.receive(100), memory.get(S2C.flag)]).toEqual([message('y'.repeat(64)), 2]);
      expect(anomalies).toEqual([
        { anomaly: 'bad-length', direction: 'in', detail: expect.stringContaining(length.toLocaleString('en-US')) },
      ]);
    },
  );

  test('of exactly the buffer is none', () => {
    const { server, client, named } = pair();
    server.send(new Uint8Array(64));
    client.receive(100);
    expect(named()).toEqual([]);
  });
});

describe('a flag that means nothing', () => {
  test.each([4, 0xffff_ffff])('(%i) is an error, once, and stays as it is', (flag) => {
    const { kernel, memory, client, anomalies } = pair();
    memory.put(S2C.flag, flag);
    kernel.event('s2c').signalled = true;
    expect(client.receive(100)).toEqual({
      kind: 'MessageError',
      detail: expect.stringContaining(`The flag is ${flag}`),
    });
    expect([client.receive(300).kind, memory.get(S2C.flag)]).toEqual(['Timeout', flag]);
    expect(anomalies.map(({ anomaly, direction }) => [anomaly, direction])).toEqual([['unknown-flag', 'in']]);
  });

  test('does not hide the message that comes after it', () => {
    const { kernel, memory, server, client } = pair();
    memory.put(S2C.flag, 4);
    kernel.event('s2c').signalled = true;
    client.receive(100);
    server.send(utf8('sane again'));
    expect(client.receive(100)).toEqual(message('sane again'));
  });
});

describe('a send', () => {
  test('is unread until the peer has received it, and wakes it', () => {
    const { kernel, server, client } = pair();
    expect(server.unread).toBe(false);
    server.send(utf8('a'));
    expect([server.unread, kernel.event('s2c').signalled, kernel.event('c2s').signalled]).toEqual([true, true, false]);
    client.receive(10);
    expect(server.unread).toBe(false);
  });

  test('of more than the buffer is refused and leaves an unread message whole', () => {
    const { server, client } = pair();
    server.send(utf8('whole'));
    expect(() => server.send(new Uint8Array(65))).toThrow(/65 bytes, but the channel holds 64.*Nothing was sent/);
    expect(client.receive(10)).toEqual(message('whole'));
  });

  test('over an unread message takes its place: who sends looks first', () => {
    const { server, client } = pair();
    server.send(utf8('a longer one'));
    server.send(utf8('second'));
    expect([client.receive(10), client.receive(10).kind]).toEqual([message('second'), 'Timeout']);
  });

  test('and a receive at the other end go on for both lanes at once', () => {
    const { server, client } = pair('server');
    for (let n = 0; n < 50; n++) {
      server.send(utf8(`s${n}`));
      client.send(utf8(`c${n}`));
      expect([client.receive(10), server.receive(10)]).toEqual([message(`s${n}`), message(`c${n}`)]);
    }
  });
});

test('the exit of a client is seen by the server', () => {
  const { server, client } = pair('server');
  client.sendClose();
  expect(server.receive(10)).toEqual({ kind: 'Exit' });
});

test('two channels that share their events take the wakes of each other: the one is spurious, the other lost', () => {
  const kernel = new FakeKernel((ms) => vi.advanceTimersByTime(ms));
  const anomalies: string[] = [];
  const open = (section: string) => {
    const note = ({ anomaly }: AnomalyReport) => anomalies.push(`${anomaly} in ${section}`);
    const server = new Endpoint(kernel, openChannel(kernel, asServer({ section })), () => {});
    return { server, client: new Endpoint(kernel, openChannel(kernel, asClient({ section })), note) };
  };
  const [mine, other] = [open('Local\\mine'), open('Local\\other')];
  mine.server.send(utf8('mine'));
  expect(other.client.receive(10).kind).toBe('Timeout');
  expect(mine.client.receive(10)).toEqual(message('mine'));
  expect(anomalies).toEqual(['spurious-wake in Local\\other', 'lost-wake in Local\\mine']);
});
