import { expect, test } from 'vitest';
import { sourceText } from './source-text.ts';

const units = (text: string, littleEndian: boolean) => {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), littleEndian);
  return new Uint8Array(view.buffer);
};

test.each([
  ['UTF-8', new TextEncoder().encode('#define N 1 // ü')],
  ['UTF-8 with a mark', new TextEncoder().encode('\ufeff#define N 1 // ü')],
  ['UTF-16', units('\ufeff#define N 1 // ü', true)],
  ['UTF-16, highest byte first', units('\ufeff#define N 1 // ü', false)],
])('a file in %s is read without its mark', (_, bytes) => {
  expect(sourceText(bytes)).toBe('#define N 1 // ü');
});

test('what is not UTF-8 spoils only its characters', () => {
  expect(sourceText(Uint8Array.of(0x41, 0xfc, 0x42))).toBe('A\ufffdB');
});
