import { expect, test } from 'vitest';
import { preventable } from './event.ts';
import { makeCodec } from './page/codec.ts';
import { strict } from './strict.ts';

const codec = makeCodec(
  (bytes) => Buffer.from(bytes).toString('base64'),
  (text) => new Uint8Array(Buffer.from(text, 'base64')),
);

test.each([
  ['bytes', new Uint8Array([0, 1, 128, 255])],
  ['a window of bytes', new Uint8Array([9, 1, 2, 9]).subarray(1, 3)],
  ['undefined beside null', { a: undefined, b: null, c: [undefined, null] }],
  ['a bigint', 2n ** 64n],
  ['numbers that JSON loses', [Number.NaN, -0, Infinity, -Infinity, 2 ** 53]],
  ['text of any kind', 'Ünï\0\u202e💾'],
  ['maps, sets and dates', [new Map([[1, { a: 1 }]]), new Set(['x']), new Date(1)]],
  ['a list that looks like a tag', ['undefined', ['bytes', 'AA==']]],
  ['an own property named __proto__', JSON.parse('{"__proto__":{"a":1}}')],
])('%s crosses as structured cloning leaves it', (_what, value) => {
  expect(codec.decode(codec.encode(value))).toStrictEqual(structuredClone(value));
});

test('a function does not cross', () => {
  expect(() => codec.encode({ f: () => 1 })).toThrow('could not be cloned');
});

test('what the stand-in does not carry is named', () => {
  expect(() => codec.encode(/x/)).toThrow('RegExp');
});

test('a call that the stand-in lacks throws with its name', () => {
  const app = strict('app', { quit: () => 'quit' }) as { quit(): string; relaunch(): void };
  expect(app.quit()).toBe('quit');
  expect(() => app.relaunch()).toThrow('The stand-in has no app.relaunch');
});

test('an event is prevented by any listener, and keeps its details', () => {
  const event = preventable({ url: 'app://shmscope/' });
  expect([event.url, event.defaultPrevented]).toEqual(['app://shmscope/', false]);
  event.preventDefault();
  expect(event.defaultPrevented).toBe(true);
});
