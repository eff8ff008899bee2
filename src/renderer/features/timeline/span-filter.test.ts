import { describe, expect, it } from 'vitest';
import { inZone } from '../../../shared/zone.testing.ts';
import { filteredToSpan } from './span-filter.ts';

const OPENED_AT = Date.UTC(2025, 0, 31, 10, 0, 0) * 1000;
const CLOCK = { openedAt: OPENED_AT, clock: [] };
const SPAN = { from: 2_500_000, to: 60_000_000 };

const AFTER_SET_BACK = {
  openedAt: OPENED_AT,
  clock: [
    { mono: 0, wall: OPENED_AT },
    { mono: 30_000_000, wall: OPENED_AT - 3_600_000_000 },
  ],
};
const inBerlin = <T>(run: () => T) => inZone('Europe/Berlin', run);

describe('the filter of a span', () => {
  it('says its beginning and its end on the local clock, with its offset', () => {
    expect(inBerlin(() => filteredToSpan('', SPAN, CLOCK))).toBe(
      'after:2025-01-31T11:00:02.5+01:00 before:2025-01-31T11:01:00+01:00',
    );
  });

  it('keeps what else is demanded and takes the place of another span', () => {
    const filter = filteredToSpan('dir:in', { from: 0, to: 1_000_000 }, CLOCK);
    expect(inBerlin(() => filteredToSpan(filter, SPAN, CLOCK))).toBe(
      'dir:in after:2025-01-31T11:00:02.5+01:00 before:2025-01-31T11:01:00+01:00',
    );
  });

  it('says which of the two hours it lies in when the clock is put back in autumn', () => {
    const clock = { openedAt: Date.UTC(2026, 9, 25, 0, 59, 58) * 1000, clock: [] };
    expect(inBerlin(() => filteredToSpan('', { from: 0, to: 4_000_000 }, clock))).toBe(
      'after:2026-10-25T02:59:58+02:00 before:2026-10-25T02:00:02+01:00',
    );
  });

  it('goes by what the records of the span say of the clock', () => {
    const late = { openedAt: OPENED_AT, clock: [{ mono: 50_000, wall: OPENED_AT + 50_250 }] };
    expect(inZone('UTC', () => filteredToSpan('', SPAN, late))).toBe(
      'after:2025-01-31T10:00:02.50025Z before:2025-01-31T10:01:00.00025Z',
    );
  });

  it('counts from the beginning of a session during which the clock was set', () => {
    expect(filteredToSpan('', SPAN, AFTER_SET_BACK)).toBe('after:+0:00:02.5 before:+0:01:00');
  });
});
