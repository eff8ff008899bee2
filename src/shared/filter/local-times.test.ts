import { describe, expect, test } from 'vitest';
import { inZone } from '../zone.testing.ts';
import { printFilter } from './filter.ts';
import { type Lifetime, localInstant, resolveTimes } from './local-times.ts';
import { parseFilter } from './parse.ts';

const utc = (text: string) => Date.parse(text) * 1000;
const lifetimeOf = (from: string, to: string): Lifetime => ({ from: utc(from), to: utc(to) });
const NOON: Lifetime = lifetimeOf('2026-07-04T16:00:00Z', '2026-07-04T17:00:00Z');

/** The filter as a window in `zone` asks its host, or where its mistake is and what could be there. */
function asked(zone: string, text: string, life = NOON) {
  const result = inZone(zone, () => resolveTimes(text, life));
  if (result.ok) return result.text;
  const { span, message, expected, isChoice } = result.error;
  return { at: text.slice(span.from, span.to), message, expected, isChoice };
}

describe('what a window asks its host for', () => {
  test.each([
    ['America/New_York', 'after:10:15', 'after:2026-07-04T14:15:00Z'],
    ['Asia/Kolkata', 'before:22:00:00.5', 'before:2026-07-04T16:30:00.5Z'],
    ['Pacific/Kiritimati', 'after:06:00', 'after:2026-07-04T16:00:00Z'],
    ['Pacific/Pago_Pago', 'after:"2026-12-31 23:00"', 'after:2027-01-01T10:00:00Z'],
    ['America/New_York', 'after:2024-02-29', 'after:2024-02-29T05:00:00Z'],
    ['America/Sao_Paulo', 'before:2018-11-04', 'before:2018-11-04T03:00:00Z'],
    [
      'Europe/Berlin',
      'not (after:10:00 or "after:10:00") dir:in',
      'not (after:2026-07-04T08:00:00Z or "after:10:00") dir:in',
    ],
  ])('in %s, %s, has no local time in it', (zone, text, expected) => {
    expect(asked(zone, text)).toBe(expected);
  });

  test.each([
    'after:2026-11-01T01:30-04:00',
    'after:2026-11-01T01:30:00Z',
    'before:+26:00:00.5',
    'after:1783177200.25',
    'after:2026-07-04Z',
    '"after:10:00" /before:1/ mark:"10:00"',
    '',
  ])('is %j as it is written, where it says by itself when that is', (text) => {
    expect(asked('America/New_York', text)).toBe(text);
  });

  test.each(['after:12:59:59.5Z', 'after:10:00-05:00'])('names the day of %s', (text) => {
    expect(asked('Asia/Kolkata', text)).toMatch(/^after:2026-07-04T\d\d:\d\d:\d\d(\.\d+)?Z$/);
  });

  test('is the same wherever the window is, for a time that the program wrote', () => {
    const wall = utc('2026-11-01T05:59:59.999Z') + 999;
    for (const zone of ['America/New_York', 'Australia/Lord_Howe', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'UTC'])
      for (const at of [wall, wall + 1, wall + 3_600_000_000]) {
        const text = inZone(zone, () =>
          printFilter({ type: 'after', instant: localInstant(at), span: { from: 0, to: 0 } }),
        );
        const elsewhere = asked('Asia/Kolkata', text);
        const parsed = parseFilter(String(elsewhere));
        if (!parsed.ok || parsed.filter.type !== 'after' || !('date' in parsed.filter.instant)) throw new Error(text);
        const { date, time, offset } = parsed.filter.instant;
        expect(
          Date.UTC(date?.year ?? 0, (date?.month ?? 0) - 1, date?.day) * 1000 +
            (time ?? 0) -
            (offset ?? 0) * 60_000_000,
        ).toBe(at);
      }
  });
});

describe('a local time that says not which', () => {
  const AUTUMN = lifetimeOf('2026-11-01T04:30:00Z', '2026-11-01T08:00:00Z');
  const SPRING = lifetimeOf('2026-03-08T06:00:00Z', '2026-03-08T09:00:00Z');

  test('is a mistake in place with both choices, in the hour that comes twice', () => {
    expect(asked('America/New_York', 'dir:in (after:01:30)', AUTUMN)).toEqual({
      at: '01:30',
      message:
        'The clock showed 01:30:00 on 2026-11-01 twice, before and after it was put back. Write 2026-11-01T01:30:00-04:00 or 2026-11-01T01:30:00-05:00.',
      expected: ['2026-11-01T01:30:00-04:00', '2026-11-01T01:30:00-05:00'],
      isChoice: true,
    });
  });

  test('is one where the clock goes back by half an hour too', () => {
    const life = lifetimeOf('2026-04-04T14:00:00Z', '2026-04-04T16:00:00Z');
    expect(asked('Australia/Lord_Howe', 'before:01:45', life)).toMatchObject({
      expected: ['2026-04-05T01:45:00+11:00', '2026-04-05T01:45:00+10:30'],
    });
    expect(asked('Australia/Lord_Howe', 'before:01:15', life)).toBe('before:2026-04-04T14:15:00Z');
  });

  test('is one in the hour that never was', () => {
    expect(asked('America/New_York', 'before:2026-03-08T02:30', SPRING)).toEqual({
      at: '2026-03-08T02:30',
      message:
        'The clock never showed 02:30:00 on 2026-03-08: it was put forward past it. Write 2026-03-08T01:30:00-05:00 or 2026-03-08T03:30:00-04:00.',
      expected: ['2026-03-08T01:30:00-05:00', '2026-03-08T03:30:00-04:00'],
      isChoice: true,
    });
  });

  test('is one on a day that was left out', () => {
    expect(asked('Pacific/Apia', 'after:2011-12-30')).toMatchObject({ at: '2011-12-30', isChoice: true });
  });

  test('needs its date where the session was recorded on several days, unless it is in it once', () => {
    const night = lifetimeOf('2026-07-05T03:30:00Z', '2026-07-05T05:00:00Z');
    expect(asked('America/New_York', 'after:00:05', night)).toBe('after:2026-07-05T04:05:00Z');
    expect(asked('America/New_York', 'after:23:45', night)).toBe('after:2026-07-05T03:45:00Z');
    expect(asked('America/New_York', 'after:12:00', night)).toMatchObject({
      at: '12:00',
      message: expect.stringContaining('several days'),
      expected: ['2026-07-04T12:00:00-04:00', '2026-07-05T12:00:00-04:00'],
    });
    const week = lifetimeOf('2026-07-01T12:00:00Z', '2026-07-08T12:00:00Z');
    expect(asked('America/New_York', 'after:12:00', week)).toMatchObject({
      expected: ['2026-07-01T12:00:00-04:00', '2026-07-07T12:00:00-04:00'],
    });
  });

  test('is resolved by each of its choices', () => {
    for (const [text, life] of [
      ['after:01:30', AUTUMN],
      ['before:2026-03-08T02:30', SPRING],
    ] as const) {
      const wrong = asked('America/New_York', text, life);
      if (typeof wrong === 'string') throw new Error(wrong);
      for (const choice of wrong.expected) {
        const chosen = text.replace(wrong.at, choice);
        expect(asked('America/New_York', chosen, life)).toBe(chosen);
      }
    }
  });
});

test('other mistakes are reported as ever', () => {
  expect(asked('UTC', 'knd:x after:10:00')).toMatchObject({ at: 'knd', isChoice: undefined });
});

test('more local times than a filter has room for in UTC are a mistake, not another filter', () => {
  expect(asked('UTC', 'after:1:00 '.repeat(370))).toMatchObject({ message: expect.stringContaining('4,096') });
});
