import { describe, expect, it } from 'vitest';
import { filteredToSpan } from './span-filter.ts';

const OPENED_AT = new Date(2025, 0, 31, 10, 0, 0).getTime() * 1000;
const SPAN = { from: 2_500_000, to: 60_000_000 };

describe('the filter of a span', () => {
  it('says its beginning and its end on the local clock', () => {
    expect(filteredToSpan('', SPAN, OPENED_AT)).toBe('after:2025-01-31T10:00:02.5 before:2025-01-31T10:01:00');
  });

  it('keeps what else is demanded and takes the place of another span', () => {
    const filter = filteredToSpan('dir:in', { from: 0, to: 1_000_000 }, OPENED_AT);
    expect(filteredToSpan(filter, SPAN, OPENED_AT)).toBe(
      'dir:in after:2025-01-31T10:00:02.5 before:2025-01-31T10:01:00',
    );
  });
});
