import { describe, expect, it } from 'vitest';
import {
  clampTop,
  contentHeight,
  MAX_CONTENT,
  maxTop,
  pageRows,
  scaleOf,
  scrollOfTop,
  topOfScroll,
  topShowing,
  visibleRange,
} from './row-window.ts';

const rows = (count: number, view = 440) => ({ count, rowHeight: 22, view });

describe('a window of rows', () => {
  it('scrolls one to one as long as the list fits into an element', () => {
    const g = rows(100_000);
    expect(scaleOf(g)).toBe(1);
    expect(topOfScroll(g, 1234)).toBe(1234);
    expect(visibleRange(g, 1234)).toEqual({ from: 56, to: 77 });
  });

  it('reaches every row of a billion within the height that Chromium allows', () => {
    const g = rows(1_000_000_000);
    expect(contentHeight(g)).toBe(MAX_CONTENT);
    expect(topOfScroll(g, MAX_CONTENT - g.view)).toBe(maxTop(g));
    expect(visibleRange(g, maxTop(g))).toEqual({ from: 1_000_000_000 - 20, to: 1_000_000_000 });
    expect(topOfScroll(g, 0)).toBe(0);
  });

  it('finds the scroll offset back from the place in the list', () => {
    for (const g of [rows(10), rows(5000), rows(5_000_000)]) {
      for (const part of [0, 0.25, 0.5, 1]) {
        const top = maxTop(g) * part;
        expect(topOfScroll(g, scrollOfTop(g, top))).toBeCloseTo(top, 3);
      }
    }
  });

  it('stays inside a list that is shorter than the view', () => {
    const g = rows(3);
    expect(contentHeight(g)).toBe(440);
    expect(clampTop(g, 500)).toBe(0);
    expect(visibleRange(g, 0)).toEqual({ from: 0, to: 3 });
    expect(visibleRange(rows(0), 0)).toEqual({ from: 0, to: 0 });
  });

  it('moves no further than needed to show a row whole', () => {
    const g = rows(1000);
    expect(topShowing(g, 1000, 50)).toBe(1000);
    expect(topShowing(g, 1000, 2)).toBe(44);
    expect(topShowing(g, 0, 20)).toBe(22);
    expect(topShowing(g, 0, 999)).toBe(maxTop(g));
  });

  it('shows the first row whole at the end, whatever the height of the view', () => {
    for (const view of [440, 441, 461]) {
      const g = rows(1000, view);
      expect(maxTop(g) % 22).toBe(0);
      expect(visibleRange(g, maxTop(g)).to).toBe(1000);
      expect(maxTop(g) + view).toBeGreaterThanOrEqual(22_000);
      expect(topOfScroll(g, contentHeight(g) - view)).toBe(maxTop(g));
      expect(topShowing(g, 0, 500) % 22).toBe(0);
    }
  });

  it('pages by what is seen whole, less one row to read on from', () => {
    expect(pageRows(rows(10))).toBe(19);
    expect(pageRows(rows(10, 5))).toBe(1);
  });
});
