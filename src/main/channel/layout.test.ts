import { describe, expect, test } from 'vitest';
import type { Layout, Role } from '../../shared/domain.ts';
import { openChannel } from './channel.ts';
import { Endpoint } from './endpoint.ts';
import { geometry } from './layout.ts';
import { asClient, asServer, FakeKernel, utf8 } from './testing.ts';

/** As in the crate's versions, see the wire contract: offsets and sizes in bytes. */
const WIRE = {
  fixed64: { flags: [0, 4], lengths: [8, 16], data: [24, 16408], section: 32792, capacity: 16384 },
  fixed: { flags: [0, 4], lengths: [8, 12], data: [16, 16400], section: 32784, capacity: 16384 },
  sized: { flags: [4, 8], lengths: [12, 16], data: [24, 124], section: 224, capacity: 100 },
} as const;
const LAYOUTS = Object.keys(WIRE) as Layout[];

function open(layout: Layout, role: Role) {
  const kernel = new FakeKernel(() => {});
  const server = openChannel(kernel, asServer({ layout, bufferSize: 100 }));
  const channel = role === 'server' ? server : openChannel(kernel, asClient({ layout }));
  const endpoint = new Endpoint(kernel, channel, () => {});
  return { memory: kernel.memory(), endpoint };
}

/** What the section must hold after one message of `role`: everything that isn't named is zero. */
function expected(layout: Layout, role: Role, bytes: Uint8Array, flag: number, extent: number): Uint8Array {
  const { flags, lengths, data } = WIRE[layout];
  const lane = role === 'server' ? 0 : 1;
  const section = new Uint8Array(extent);
  const view = new DataView(section.buffer);
  if (layout === 'sized') view.setUint32(0, 100, true);
  view.setUint32(flags[lane], flag, true);
  view.setUint32(lengths[lane], bytes.byteLength, true);
  section.set(bytes, data[lane]);
  return section;
}

describe.each(LAYOUTS)('layout %s', (layout) => {
  const { capacity, section, data } = WIRE[layout];

  test('needs a section of its size, with its data where it belongs', () => {
    const found = geometry(layout, 100);
    expect([found.sectionBytes, found.capacity, found.data]).toEqual([
      section,
      capacity,
      { s2c: data[0], c2s: data[1] },
    ]);
  });

  test.each(['server', 'client'] as const)('a message of the %s is in its place to the byte', (role) => {
    const { memory, endpoint } = open(layout, role);
    endpoint.send(utf8('a longer message'));
    endpoint.send(utf8('näher'));
    expect(memory.bytes).toEqual(expected(layout, role, utf8('näher'), 1, memory.bytes.length));
  });

  test.each(['server', 'client'] as const)('a full message of the %s ends where its buffer ends', (role) => {
    const { memory, endpoint } = open(layout, role);
    const full = Uint8Array.from({ length: capacity }, (_, i) => 1 + (i % 255));
    endpoint.send(full);
    expect(memory.bytes).toEqual(expected(layout, role, full, 1, memory.bytes.length));
  });

  test.each(['server', 'client'] as const)('an empty message of the %s leaves no byte of the one before', (role) => {
    const { memory, endpoint } = open(layout, role);
    endpoint.send(new Uint8Array(capacity).fill(0xff));
    endpoint.send(new Uint8Array());
    expect(memory.bytes).toEqual(expected(layout, role, new Uint8Array(), 1, memory.bytes.length));
  });

  test.each(['server', 'client'] as const)('what a stranger left in the buffer of the %s is gone', (role) => {
    const { memory, endpoint } = open(layout, role);
    const at = data[role === 'server' ? 0 : 1];
    memory.bytes.fill(0xee, at, at + capacity);
    endpoint.send(utf8('new'));
    expect(memory.bytes).toEqual(expected(layout, role, utf8('new'), 1, memory.bytes.length));
  });

  test.each(['server', 'client'] as const)('exit of the %s is its flag and nothing else', (role) => {
    const { memory, endpoint } = open(layout, role);
    endpoint.send(utf8('last'));
    endpoint.sendClose();
    expect(memory.bytes).toEqual(expected(layout, role, utf8('last'), 3, memory.bytes.length));
  });

  test.each(['server', 'client'] as const)('a message longer than the buffer of the %s changes nothing', (role) => {
    const { memory, endpoint } = open(layout, role);
    const before = memory.bytes.slice();
    expect(() => endpoint.send(new Uint8Array(capacity + 1))).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ code: 'payload-too-large' }) }),
    );
    expect(memory.bytes).toEqual(before);
  });
});

test('a 64-bit length loses its high half with the next message', () => {
  const { memory, endpoint } = open('fixed64', 'server');
  memory.put(8, 1, 1);
  endpoint.send(utf8('four'));
  expect([memory.get(8), memory.get(12)]).toEqual([4, 0]);
});
