import { describe, expect, test } from 'vitest';
import type { Layout } from '../../shared/domain.ts';
import { openChannel } from './channel.ts';
import { Endpoint } from './endpoint.ts';
import { asClient, asServer, FakeKernel, FakeMemory, refused, utf8 } from './testing.ts';

const FIXED64 = 32792;
const FIXED = 32784;

/** What a client makes of a section that a stranger has created. */
function joined(memory: FakeMemory, layout: Layout | 'auto' = 'auto') {
  const kernel = new FakeKernel(() => {});
  kernel.strange(memory);
  const { geometry } = openChannel(kernel, asClient({ layout }));
  return { layout: geometry.layout, capacity: geometry.capacity };
}

const section = (size: number, ...header: number[]) => new FakeMemory(size).put(0, ...header);

describe('a header is recognised as', () => {
  test.each([
    [64, 24 + 2 * 64],
    [16384, 24 + 2 * 16384],
    [100_001, 24 + 2 * 100_001],
  ])('sized by a buffer size of %i at its beginning', (size, bytes) => {
    expect(joined(section(bytes, size))).toEqual({ layout: 'sized', capacity: size });
  });

  test('fixed by a length at 12', () => {
    expect(joined(section(FIXED, 0, 1, 0, 5))).toEqual({ layout: 'fixed', capacity: 16384 });
  });

  test("fixed by the server's data at 16 while the client has not sent", () => {
    expect(joined(section(FIXED, 1, 0, 4, 0).put(16, 0x74697571))).toEqual({ layout: 'fixed', capacity: 16384 });
  });

  test("fixed64 by the client's length at 16 when the client's message lies in the last buffer", () => {
    const memory = section(FIXED64, 0, 2, 0, 0, 5, 0);
    memory.bytes.set(utf8('hello'), 16408);
    expect(joined(memory)).toEqual({ layout: 'fixed64', capacity: 16384 });
  });

  test("fixed64 by the client's length at 16 when the server has not sent, whatever the client's bytes are", () => {
    expect(joined(section(FIXED64, 0, 1, 0, 0, 3, 0))).toEqual({ layout: 'fixed64', capacity: 16384 });
  });

  test("fixed64 by the server's message, which in fixed would stand behind the NULs that its length takes", () => {
    const memory = section(FIXED64, 1, 0, 5, 0, 0, 0);
    memory.bytes.set(utf8('hello'), 24);
    expect(joined(memory)).toEqual({ layout: 'fixed64', capacity: 16384 });
  });

  test.each([1, 3, 4, 63])(
    'sized by a buffer size of %i, too small to be told from a flag, in a section of a page',
    (size) => {
      expect(joined(section(24 + 2 * size, size))).toEqual({ layout: 'sized', capacity: size });
    },
  );

  test('what it is when a peer has finished the message that it was at', () => {
    const kernel = new FakeKernel(() => {});
    const memory = kernel.strange(section(FIXED, 2, 0, 9, 0));
    memory.bytes.set(utf8('\0\0\0\0\0\0\0\0\0\0twelve'), 16);
    let reads = 0;
    kernel.afterRead = () => {
      if (++reads === 1) memory.put(8, 16);
    };
    expect(() => openChannel(kernel, asClient())).toThrow(refused('layout-ambiguous', 'has 16 bytes at'));
    expect(reads).toBe(3);
  });

  test.each(['fixed', 'fixed64'] as const)('%s after the first message of our own server and client', (layout) => {
    const kernel = new FakeKernel(() => {});
    const server = new Endpoint(kernel, openChannel(kernel, asServer({ layout })), () => {});
    const client = new Endpoint(kernel, openChannel(kernel, asClient({ layout })), () => {});
    server.send(utf8('\u0005\0\0\0\0\0\0\0'));
    client.send(utf8('request'));
    expect(openChannel(kernel, asClient()).geometry.layout).toBe(layout);
  });
});

describe('a header is ambiguous', () => {
  test.each([
    ['when nothing was sent', section(FIXED)],
    ['when the server has sent an empty message', section(FIXED, 1)],
    ['when both have sent empty messages', section(FIXED, 1, 1)],
    [
      "when the server's data could be a length, and the client sent nothing but zeros or nothing",
      section(FIXED, 1, 2, 8, 0, 5, 0),
    ],
  ])('%s', (_, memory) => {
    expect(() => joined(memory)).toThrow(refused('layout-ambiguous', '"fixed64" for crate 0.1.1', '"fixed" for crate'));
  });

  test('and probably one of them where the other would hold an odd message: the sentence says which, and on which bytes', () => {
    const memory = section(FIXED64, 1, 0, 64);
    memory.bytes.set(utf8('name'), 24);
    const probable = refused('layout-ambiguous', 'probably has the layout "fixed64"', 'at 16 and begins with 8 NULs');
    expect(() => joined(memory)).toThrow(probable);
    const choices = expect.objectContaining({ failure: expect.objectContaining({ layouts: ['fixed64', 'fixed'] }) });
    expect(() => joined(memory)).toThrow(choices);
  });

  test.each(['fixed', 'fixed64'] as const)('and is then %s when the user says so', (layout) => {
    expect(joined(section(FIXED64, 1, 1), layout)).toEqual({ layout, capacity: 16384 });
  });
});

describe('a hostile header', () => {
  test.each([0xffff_fff0, 0xffff_ffff, 0x8000_0000, 4096])('that claims buffers of %i bytes is refused', (claimed) => {
    expect(() => joined(section(4096, claimed))).toThrow(
      refused('section-too-small', 'Local\\section', '4,096 bytes', claimed.toLocaleString('en-US')),
    );
  });

  test('that claims one byte more than the section holds is refused; one less is taken', () => {
    const most = (8192 - 24) / 2;
    expect(joined(section(8192, most))).toEqual({ layout: 'sized', capacity: most });
    expect(() => joined(section(8192, most + 1))).toThrow(refused('section-too-small'));
  });

  test('that its program has not committed up to the end of its buffers is refused, and that is reported', () => {
    const memory = section(4096, 16_384);
    memory.uncommitted = 61_440;
    expect(() => joined(memory)).toThrow(refused('section-too-small', '4,096 bytes', 'reserved 61,440 bytes more'));
  });

  test.each([4, 5, 63])('that begins with %i is of no known layout', (first) => {
    expect(() => joined(section(FIXED64, first))).toThrow(refused('layout-unknown', `begins with ${first}`));
  });

  test.each(['fixed', 'fixed64'] as const)(
    'of a section too small for %s is refused, whoever says the layout',
    (layout) => {
      expect(() => joined(section(4096, 0, 1, 0, 5))).toThrow(refused('section-too-small', '"fixed"'));
      expect(() => joined(section(4096), layout)).toThrow(refused('section-too-small', `"${layout}"`));
    },
  );

  test('of zeros is no sized section, though the user says so', () => {
    expect(() => joined(section(4096), 'sized')).toThrow(refused('layout-unknown', 'hold 0 bytes'));
  });

  test('with lengths beyond its buffers is opened: the messages will tell', () => {
    expect(joined(section(4096, 64, 1, 1, 0xffff_ffff, 0xffff_ffff))).toEqual({ layout: 'sized', capacity: 64 });
  });
});
