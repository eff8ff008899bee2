import { describe, expect, test } from 'vitest';
import { inZone } from './zone.testing.ts';
import { instantsAround, instantsOf, localAt, offsetAt, startOfDay } from './zone.ts';

const utc = (text: string) => Date.parse(`${text}Z`) * 1000;
const iso = (wall: number) => new Date(wall / 1000).toISOString().replace('.000', '');

const ZONES = [
  ...['UTC', 'America/New_York', 'Europe/Berlin', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Chatham'],
  ...['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'America/Sao_Paulo', 'Pacific/Apia', 'Africa/Monrovia'],
];

test.each(ZONES)('in %s every instant is among those at which the clock shows what it shows then', (zone) => {
  inZone(zone, () => {
    for (const from of [
      '1969-12-30',
      '2011-12-28',
      '2018-11-01',
      '2024-02-27',
      '2026-03-06',
      '2026-04-02',
      '2026-10-30',
    ])
      for (let half = 0; half < 5 * 48; half++) {
        const wall = utc(`${from}T00:17:31`) + half * 1_800_000_000 + 123_456;
        expect(instantsOf(localAt(wall)), iso(wall)).toContain(wall);
      }
  });
});

describe('a time of the local clock', () => {
  test.each([
    ['America/New_York', '2026-11-01T01:30:00', ['2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z']],
    ['Europe/Berlin', '2026-10-25T02:00:00', ['2026-10-25T00:00:00Z', '2026-10-25T01:00:00Z']],
    ['Australia/Lord_Howe', '2026-04-05T01:45:00', ['2026-04-04T14:45:00Z', '2026-04-04T15:15:00Z']],
    ['Pacific/Chatham', '2026-04-05T03:00:00', ['2026-04-04T13:15:00Z', '2026-04-04T14:15:00Z']],
  ])('that %s shows twice in autumn, %s, is both instants', (zone, local, expected) => {
    expect(inZone(zone, () => instantsOf(utc(local)).map(iso))).toEqual(expected);
  });

  test.each([
    ['America/New_York', '2026-03-08T02:30:00', ['2026-03-08T06:30:00Z', '2026-03-08T07:30:00Z']],
    ['Europe/Berlin', '2026-03-29T02:00:00', ['2026-03-29T00:00:00Z', '2026-03-29T01:00:00Z']],
    ['Australia/Lord_Howe', '2026-10-04T02:15:00', ['2026-10-03T15:15:00Z', '2026-10-03T15:45:00Z']],
    ['Pacific/Apia', '2011-12-30T12:00:00', ['2011-12-29T22:00:00Z', '2011-12-30T22:00:00Z']],
  ])('that %s never shows, %s, is none, between one before and one after the change', (zone, local, around) => {
    inZone(zone, () => {
      expect(instantsOf(utc(local))).toEqual([]);
      expect(instantsAround(utc(local)).map(iso)).toEqual(around);
    });
  });

  test.each([
    ['Pacific/Kiritimati', '2026-01-01T00:00:00', '2025-12-31T10:00:00Z'],
    ['Pacific/Pago_Pago', '2025-12-31T23:59:59', '2026-01-01T10:59:59Z'],
    ['Asia/Kolkata', '2024-02-29T05:30:00', '2024-02-29T00:00:00Z'],
    ['America/New_York', '2026-11-01T00:59:59', '2026-11-01T04:59:59Z'],
    ['America/New_York', '2026-11-01T02:00:00', '2026-11-01T07:00:00Z'],
    ['America/New_York', '2026-03-08T03:00:00', '2026-03-08T07:00:00Z'],
    ['Europe/Berlin', '1969-12-31T23:30:00', '1969-12-31T22:30:00Z'],
  ])('that %s shows once, %s, is that instant', (zone, local, expected) => {
    expect(inZone(zone, () => instantsOf(utc(local)).map(iso))).toEqual([expected]);
  });
});

test.each([
  ['America/New_York', '2026-07-04', '2026-07-04T04:00:00Z'],
  ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00Z'],
  ['America/Havana', '2026-11-01', '2026-11-01T04:00:00Z'],
  ['Pacific/Apia', '2011-12-31', '2011-12-30T10:00:00Z'],
])('in %s the day %s begins with its first moment, whatever the clock shows then', (zone, day, expected) => {
  expect(inZone(zone, () => iso(startOfDay(utc(`${day}T00:00:00`)) ?? 0))).toBe(expected);
});

test('a day that was left out does not begin', () => {
  expect(inZone('Pacific/Apia', () => startOfDay(utc('2011-12-30T00:00:00')))).toBeNull();
});

test('an offset of seconds, as clocks had before there were zones, is told to the second', () => {
  expect(inZone('Africa/Monrovia', () => offsetAt(0))).toBe(-(44 * 60 + 30) * 1_000_000);
});
