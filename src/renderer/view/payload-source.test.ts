import { describe, expect, it } from 'vitest';
import { PayloadSource, SLICE } from './payload-source.ts';

const settle = async () => {
  for (let i = 0; i < 50; i += 1) await Promise.resolve();
};

function payload(size: number) {
  const asked: number[] = [];
  const source = new PayloadSource(async (offset, length) => {
    asked.push(offset / SLICE);
    return { ok: true, value: Uint8Array.from({ length }, (_, i) => (offset + i) & 0xff) };
  }, size);
  return { source, asked };
}

describe('the bytes of a record', () => {
  it('come whole across the border of two slices', async () => {
    const { source } = payload(3 * SLICE);
    expect(source.read(SLICE - 2, SLICE + 2)).toBeUndefined();
    source.look(SLICE - 2, SLICE + 2);
    await settle();
    expect([...(source.read(SLICE - 2, SLICE + 2) ?? [])]).toEqual([0xfe, 0xff, 0x00, 0x01]);
  });

  it('end where the record ends', async () => {
    const { source } = payload(10);
    source.look(0, 1000);
    await settle();
    expect(source.read(0, 1000)).toHaveLength(10);
  });

  it('of an empty record need no question', () => {
    const { source, asked } = payload(0);
    source.look(0, 16);
    expect(source.read(0, 16)).toHaveLength(0);
    expect(asked).toEqual([]);
  });

  it('are kept only around what was looked at last, in 256 MiB too', async () => {
    const { source, asked } = payload(256 * 1024 * 1024);
    for (let i = 0; i < 40; i += 1) {
      source.look(i * SLICE, (i + 1) * SLICE);
      await settle();
    }
    expect(asked).toHaveLength(40);
    expect(source.read(0, 1)).toBeUndefined();
    expect(source.read(39 * SLICE, 39 * SLICE + 1)).toHaveLength(1);
  });

  it('are not fetched once nobody looks at them any more', async () => {
    const { source, asked } = payload(100 * SLICE);
    for (let i = 0; i < 100; i += 1) source.look(i * SLICE, i * SLICE + 1);
    await settle();
    expect(asked).toEqual([0, 99]);
  });

  it("that can't be read leave the failure", async () => {
    const failure = { code: 'no-such-record', message: 'Gone.' } as const;
    const source = new PayloadSource(async () => ({ ok: false, failure }), 10);
    source.look(0, 10);
    await settle();
    expect(source.failure).toEqual(failure);
  });
});
