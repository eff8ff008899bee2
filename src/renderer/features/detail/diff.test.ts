import { describe, expect, it } from 'vitest';
import { byteDifferences, differenceBefore, isDifferent } from './byte-diff.ts';
import { lineDifferences } from './line-diff.ts';

describe('two records byte by byte', () => {
  const differ = (a: number[], b: number[]) => byteDifferences(Uint8Array.from(a), Uint8Array.from(b));

  it('differ where the same offset has another byte, and where only one has any', () => {
    expect(differ([1, 2, 3, 4, 5], [1, 9, 9, 4, 6])).toEqual([
      { from: 1, to: 3 },
      { from: 4, to: 5 },
    ]);
    expect(differ([1, 2], [1, 2, 3, 4])).toEqual([{ from: 2, to: 4 }]);
    expect(differ([1, 2], [1, 9, 3])).toEqual([{ from: 1, to: 3 }]);
    expect(differ([1, 2], [1, 2])).toEqual([]);
    expect(differ([], [])).toEqual([]);
  });

  it('are asked offset by offset', () => {
    const found = differ([1, 2, 3, 4, 5], [1, 9, 9, 4, 6]);
    expect([0, 1, 2, 3, 4, 5].map((at) => isDifferent(found, at))).toEqual([false, true, true, false, true, false]);
    expect([0, 1, 3, 4, 9].map((at) => differenceBefore(found, at))).toEqual([-1, 0, 0, 1, 1]);
  });
});

describe('two records line by line', () => {
  it('show what was removed and added between equal lines, with both numbers', () => {
    expect(lineDifferences('a\nb\nc\n', 'a\nx\nc\n')).toEqual([
      { kind: 'same', text: 'a', a: 1, b: 1 },
      { kind: 'removed', text: 'b', a: 2, b: null },
      { kind: 'added', text: 'x', a: null, b: 2 },
      { kind: 'same', text: 'c', a: 3, b: 3 },
    ]);
  });

  it('fold what is equal far from any difference', () => {
    const lines = Array.from({ length: 20 }, (_, i) => `line ${i}`);
    const found = lineDifferences(lines.join('\n'), [...lines.slice(0, 19), 'other'].join('\n'));
    expect(found?.map(({ kind }) => kind)).toEqual(['skipped', 'same', 'same', 'same', 'removed', 'added']);
    expect(found?.[0]).toEqual({ kind: 'skipped', count: 16 });
  });

  it('that are equal show nothing but that', () => {
    expect(lineDifferences('a\nb', 'a\nb')).toEqual([{ kind: 'skipped', count: 2 }]);
  });
});
