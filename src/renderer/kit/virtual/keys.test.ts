import { describe, expect, it } from 'vitest';
import { rowTarget } from './keys.ts';

const list = { count: 1000, rowHeight: 22, view: 440 };

describe('keys in a list', () => {
  it('move by a row, by what is in view, and to either end', () => {
    const keys = ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'];
    expect(keys.map((key) => rowTarget(key, 500, list))).toEqual([499, 501, 481, 519, 0, 999]);
  });

  it('stop at the ends', () => {
    expect(rowTarget('ArrowUp', 0, list)).toBe(0);
    expect(rowTarget('PageDown', 995, list)).toBe(999);
  });

  it('do nothing in an empty list, and leave other keys alone', () => {
    expect(rowTarget('Home', 0, { ...list, count: 0 })).toBeUndefined();
    expect(rowTarget('a', 5, list)).toBeUndefined();
  });
});
