import { describe, expect, it } from 'vitest';
import { share } from './share.ts';

describe('sharing what did not change', () => {
  const before = {
    sessions: [
      { id: 1, slots: { s2c: { flag: 1 }, c2s: { flag: 2 } } },
      { id: 2, failure: null },
    ],
  };

  it('keeps the whole when all of it is equal', () => {
    expect(share(before, structuredClone(before))).toBe(before);
  });

  it('keeps the parts around a change', () => {
    const after = structuredClone(before) as typeof before;
    Object.assign(after.sessions[0]?.slots?.s2c ?? {}, { flag: 9 });
    const shared = share(before, after);
    expect(shared).toEqual(after);
    expect(shared).not.toBe(before);
    expect(shared.sessions[0]?.slots?.c2s).toBe(before.sessions[0]?.slots?.c2s);
    expect(shared.sessions[1]).toBe(before.sessions[1]);
  });

  it('gives what is new as it is', () => {
    expect(share(before, { sessions: [] })).toEqual({ sessions: [] });
    expect(share({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 });
    expect(share({ a: undefined }, { b: undefined })).toEqual({ b: undefined });
    expect(share([1, 2], { 0: 1, 1: 2 })).toEqual({ 0: 1, 1: 2 });
    expect(share(null, { a: 1 })).toEqual({ a: 1 });
    expect(share({ a: 1 }, null)).toBeNull();
  });
});
