import { describe, expect, it } from 'vitest';
import { rangeOf, readOffset, START, selectionAfter } from './byte-selection.ts';

const view = { size: 40, width: 16, page: 2 };
const press = (cursor: number, key: string, held: { shiftKey?: boolean; ctrlKey?: boolean } = {}) =>
  selectionAfter({ anchor: cursor, cursor }, { key, shiftKey: false, ctrlKey: false, ...held }, view);

describe('the selection in bytes', () => {
  it('moves by bytes, rows and pages, and stays within the payload', () => {
    expect(press(5, 'ArrowLeft')?.cursor).toBe(4);
    expect(press(0, 'ArrowLeft')?.cursor).toBe(0);
    expect(press(39, 'ArrowRight')?.cursor).toBe(39);
    expect(press(5, 'ArrowDown')?.cursor).toBe(21);
    expect(press(5, 'ArrowUp')?.cursor).toBe(5);
    expect(press(30, 'ArrowDown')?.cursor).toBe(30);
    expect(press(5, 'PageDown')?.cursor).toBe(37);
    expect(press(20, 'Home')?.cursor).toBe(16);
    expect(press(35, 'End')?.cursor).toBe(39);
    expect(press(20, 'Home', { ctrlKey: true })?.cursor).toBe(0);
    expect(press(20, 'End', { ctrlKey: true })?.cursor).toBe(39);
    expect(press(20, 'x')).toBeUndefined();
  });

  it('is extended with Shift from where it began, in both directions', () => {
    const right = press(5, 'ArrowRight', { shiftKey: true });
    expect(right && rangeOf(right)).toEqual({ from: 5, to: 7 });
    const up = selectionAfter({ anchor: 20, cursor: 21 }, { key: 'ArrowUp', shiftKey: true, ctrlKey: false }, view);
    expect(up && rangeOf(up)).toEqual({ from: 5, to: 21 });
  });

  it('has one byte at the start', () => {
    expect(rangeOf(START)).toEqual({ from: 0, to: 1 });
  });

  it('goes to an offset in hex or decimal that exists', () => {
    expect(['0x10', '10h', '16', ' 0X1F '].map((text) => readOffset(text, 40))).toEqual([16, 16, 16, 31]);
    expect(['40', '0x28', '', 'x', '-1', '1.5'].map((text) => readOffset(text, 40))).toEqual(Array(6).fill(undefined));
  });
});
