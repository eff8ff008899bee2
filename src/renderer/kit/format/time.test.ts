import { describe, expect, it } from 'vitest';
import { resolveTimes } from '../../../shared/filter/local-times.ts';
import { inZone } from '../../../shared/zone.testing.ts';
import {
  formatClock,
  formatDateTime,
  formatDelta,
  formatLatency,
  formatSinceStart,
  formatSpan,
  formatTime,
  type TimeMode,
} from './time.ts';

const wall = Date.UTC(2026, 2, 1, 12, 4, 31, 0) * 1000 + 388;

describe('time', () => {
  it('shows the wall clock to the microsecond', () => {
    expect(formatClock(wall, 'utc')).toBe('12:04:31.000388Z');
    expect(formatDateTime(wall, 'utc')).toBe('2026-03-01 12:04:31.000388Z');
  });

  it('counts from the start, from another record and from 1970', () => {
    const record = { wall, mono: 1_500_001 };
    expect(formatTime(record, 'start', null)).toBe('+0:00:01.500001');
    expect(formatTime(record, 'previous', 1_500_000)).toBe('+0.000001');
    expect(formatTime(record, 'marked', 62_000_002)).toBe('−60.500001');
    expect(formatTime(record, 'marked', null)).toBe('');
    expect(formatTime(record, 'epoch', null)).toBe(`${Date.UTC(2026, 2, 1, 12, 4, 31) / 1000}.000388`);
  });

  it.each([
    ['Asia/Kolkata', '2026-03-01 17:34:31.000388 +05:30'],
    ['Pacific/Kiritimati', '2026-03-02 02:04:31.000388 +14:00'],
    ['Pacific/Pago_Pago', '2026-03-01 01:04:31.000388 -11:00'],
    ['UTC', '2026-03-01 12:04:31.000388 +00:00'],
  ])('agrees with the local clock of %s, and says how far that is ahead of UTC', (zone, text) => {
    inZone(zone, () => {
      expect(formatDateTime(wall, 'local')).toBe(text);
      expect(formatClock(wall, 'local')).toBe(text.slice(11, 26));
    });
  });

  it('shows times before 1970', () => {
    expect(formatDateTime(-1, 'utc')).toBe('1969-12-31 23:59:59.999999Z');
  });

  it('is read by a filter as the time that it shows, in any mode that shows one', () => {
    const record = { wall, mono: 1_500_001 };
    const asked = (mode: TimeMode, zone: string) =>
      inZone(zone, () => resolveTimes(`after:${formatTime(record, mode, null)}`, { from: wall, to: wall }));
    for (const zone of ['UTC', 'America/New_York', 'Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
      for (const mode of ['local', 'utc'] as const)
        expect(asked(mode, zone)).toMatchObject({ ok: true, text: 'after:2026-03-01T12:04:31.000388Z' });
      expect(asked('start', zone)).toMatchObject({ ok: true, filter: { instant: { since: 1_500_001 } } });
      expect(asked('epoch', zone)).toMatchObject({
        ok: true,
        filter: { instant: { offset: 0, time: 43_471_000_388 } },
      });
      expect(asked('previous', zone)).toMatchObject({ ok: false });
    }
  });

  it('counts hours since the start without a limit', () => {
    expect(formatSinceStart(1_500_000)).toBe('+0:00:01.500000');
    expect(formatSinceStart(100 * 3_600_000_000 + 61_000_007)).toBe('+100:01:01.000007');
  });

  it('does not say how fast a reply came that has the time of its message', () => {
    expect([formatLatency(0), formatLatency(1), formatLatency(1500)]).toEqual(['≈ 0', '1 µs', '1.5 ms']);
  });

  it('gives every span a unit that keeps it short', () => {
    expect([0, 412, 999, 1000, 13_800, 99_949, 99_950, 999_499, 999_500, 37_000_000].map(formatSpan)).toEqual([
      '0 µs',
      '412 µs',
      '999 µs',
      '1.0 ms',
      '13.8 ms',
      '99.9 ms',
      '100 ms',
      '999 ms',
      '1.0 s',
      '37.0 s',
    ]);
    expect([59_950_000, 125_000_000, 3_599_600_000, 11_520_000_000].map(formatSpan)).toEqual([
      '1 m 00 s',
      '2 m 05 s',
      '1 h 00 m',
      '3 h 12 m',
    ]);
  });

  it('signs a delta, also one that goes back', () => {
    expect(formatDelta(412)).toBe('+412 µs');
    expect(formatDelta(-412)).toBe('−412 µs');
  });
});
