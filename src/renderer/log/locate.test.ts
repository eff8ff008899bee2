import { describe, expect, it } from 'vitest';
import type { Result } from '../../shared/failure.ts';
import type { LogRow, RowPage } from '../../shared/log.ts';
import { locate } from './locate.ts';

const evens = (total: number) => {
  let asked = 0;
  const fetch = async (from: number, count: number): Promise<Result<RowPage>> => {
    asked += 1;
    const rows = Array.from({ length: Math.min(count, total - from) }, (_, i) => ({ seq: (from + i) * 2 }) as LogRow);
    const progress = { scanned: total * 2, complete: true };
    return { ok: true, value: { total, records: total * 2, from, rows, progress } };
  };
  return { fetch, asked: () => asked };
};

describe('finding a record in a result', () => {
  it('gives its place, or that of the next one', async () => {
    const { fetch } = evens(1000);
    expect(await locate(fetch, 500)).toEqual({ position: 250, exact: true });
    expect(await locate(fetch, 501)).toEqual({ position: 251, exact: false });
    expect(await locate(fetch, 0)).toEqual({ position: 0, exact: true });
    expect(await locate(fetch, 5000)).toEqual({ position: 1000, exact: false });
  });

  it('asks few questions of a large result', async () => {
    const { fetch, asked } = evens(1_000_000);
    await locate(fetch, 1_234_567);
    expect(asked()).toBeLessThanOrEqual(22);
  });

  it('gives up when a question fails', async () => {
    const failing = async () => ({ ok: false, failure: { code: 'capture-failed', message: '' } }) as const;
    expect(await locate(failing, 1)).toBeNull();
  });
});
