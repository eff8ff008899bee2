import { describe, expect, it } from 'vitest';
import { moved, within, zoomed } from './range.ts';

const WHOLE = { from: 0, to: 100_000_000 };

describe('a span of the timeline', () => {
  it('zooms around the point under the pointer, which stays where it is', () => {
    const span = zoomed({ from: 0, to: 40_000_000 }, WHOLE, 10_000_000, 0.5);
    expect(span).toEqual({ from: 5_000_000, to: 25_000_000 });
  });

  it('zoomed out beyond the session shows all of it', () => {
    expect(zoomed({ from: 10_000_000, to: 90_000_000 }, WHOLE, 50_000_000, 2)).toBeNull();
  });

  it('never becomes narrower than a tenth of a millisecond', () => {
    const span = zoomed({ from: 50_000_000, to: 50_000_100 }, WHOLE, 50_000_050, 0.1);
    expect(span).toEqual({ from: 50_000_000, to: 50_000_100 });
  });

  it('stops at either end and keeps its width', () => {
    expect(moved({ from: 80_000_000, to: 90_000_000 }, WHOLE, 5)).toEqual({ from: 90_000_000, to: 100_000_000 });
    expect(moved({ from: 5_000_000, to: 15_000_000 }, WHOLE, -5)).toEqual({ from: 0, to: 10_000_000 });
  });

  it('wider than the session becomes the session', () => {
    expect(within({ from: -5, to: 200_000_000 }, WHOLE)).toEqual(WHOLE);
  });
});
