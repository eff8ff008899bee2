import { describe, expect, it } from 'vitest';
import {
  expand,
  expandedSize,
  hasPlaceholders,
  MAX_PLACEHOLDERS,
  readPlaceholders,
  type TemplatePart,
} from './placeholders.ts';

const source = {
  n: 42,
  wall: 1_700_000_000_123_456,
  random: (length: number) => Uint8Array.from({ length }, (_, i) => 0xf0 + i),
};
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const faultOf = (written: string) => {
  const read = readPlaceholders(written);
  return 'fault' in read ? read.fault : undefined;
};

describe('placeholders', () => {
  it('are cut out of the text where they stand', () => {
    expect(readPlaceholders('a{{n}}b{{ random:8 }}')).toEqual({
      pieces: [
        { at: 0, text: 'a' },
        { at: 1, text: '{{n}}', placeholder: { type: 'n' } },
        { at: 6, text: 'b' },
        { at: 7, text: '{{ random:8 }}', placeholder: { type: 'random', digits: 8 } },
      ],
    });
  });

  it('leave JSON and lone braces alone', () => {
    for (const written of ['{"a":{"b":{}}}', '{{', '}}', '{{\n}}', '{n}']) {
      expect(readPlaceholders(written)).toEqual({ pieces: [{ at: 0, text: written }] });
      expect(hasPlaceholders(written)).toBe(false);
    }
    expect(readPlaceholders('')).toEqual({ pieces: [] });
  });

  it('that mean nothing are a fault with its place, not text', () => {
    expect(faultOf('x {{now}}')).toMatchObject({ at: 2, length: 7, message: expect.stringContaining("{{now}} isn't") });
    for (const written of ['{{}}', '{{N}}', '{{random}}', '{{random:0}}', '{{random:65537}}', '{{random:-1}}'])
      expect(faultOf(written)).toMatchObject({ at: 0 });
    expect(faultOf('{{n}}'.repeat(MAX_PLACEHOLDERS))).toBeUndefined();
    expect(faultOf('{{n}}'.repeat(MAX_PLACEHOLDERS + 1))).toMatchObject({ at: 5 * MAX_PLACEHOLDERS });
  });

  it('expand to the number, the time in UTC, a version 4 UUID and random digits', () => {
    expect(text(expand([{ type: 'n' }], source))).toBe('42');
    expect(text(expand([{ type: 'time' }], source))).toBe('2023-11-14T22:13:20.123456Z');
    expect(text(expand([{ type: 'uuid' }], source))).toBe('f0f1f2f3-f4f5-46f7-b8f9-fafbfcfdfeff');
    expect(text(expand([{ type: 'random', digits: 5 }], source))).toBe('f0f1f');
  });

  it('grow or shrink evenly over a repetition, and are as at first in a message on its own', () => {
    const read = readPlaceholders('{{random:2..10}}');
    const [piece] = 'pieces' in read ? read.pieces : [];
    expect(piece?.placeholder).toEqual({ type: 'random', digits: 2, toDigits: 10 });
    const lengths = [undefined, 0, 0.5, 1, 7].map(
      (share) =>
        expand([{ type: 'random', digits: 2, toDigits: 10 }], { ...source, ...(share !== undefined && { share }) })
          .length,
    );
    expect(lengths).toEqual([2, 2, 6, 10, 10]);
    expect(expand([{ type: 'random', digits: 10, toDigits: 2 }], { ...source, share: 0.5 })).toHaveLength(6);
    for (const written of ['{{random:2..}}', '{{random:..2}}', '{{random:2..0}}', '{{random:1..65537}}'])
      expect(faultOf(written)).toMatchObject({ at: 0 });
  });

  it('leave the bytes between them as they are', () => {
    const bytes = Uint8Array.of(0xff, 0x00);
    const parts: TemplatePart[] = [{ type: 'bytes', bytes }, { type: 'n' }, { type: 'bytes', bytes }];
    expect([...expand(parts, source)]).toEqual([0xff, 0x00, 0x34, 0x32, 0xff, 0x00]);
  });

  it('have a size that is known before they are expanded', () => {
    const parts: TemplatePart[] = [
      { type: 'bytes', bytes: new Uint8Array(3) },
      { type: 'n' },
      { type: 'time' },
      { type: 'uuid' },
      { type: 'random', digits: 7 },
    ];
    expect(expandedSize(parts, 42)).toBe(expand(parts, source).length);
  });
});

it('in UTF-16 an expansion has two bytes a character, in the order of the message', () => {
  const source = { n: 42, wall: 0, random: (bytes: number) => new Uint8Array(bytes) };
  expect(expand([{ type: 'n', wide: 'le' }], source)).toEqual(Uint8Array.of(0x34, 0, 0x32, 0));
  expect(expand([{ type: 'n', wide: 'be' }], source)).toEqual(Uint8Array.of(0, 0x34, 0, 0x32));
  const parts: TemplatePart[] = [
    { type: 'n', wide: 'le' },
    { type: 'time', wide: 'be' },
    { type: 'uuid', wide: 'le' },
    { type: 'random', digits: 7, wide: 'le' },
  ];
  expect(expandedSize(parts, 42)).toBe(expand(parts, source).length);
});
