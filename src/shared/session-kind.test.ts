import { expect, test } from 'vitest';
import { DIRECTIONS, LANES, ROLES } from './domain.ts';
import { can, directionOf, laneOf } from './session-kind.ts';

test('a server sends from server to client, and a client the other way', () => {
  expect(laneOf('server', 'out')).toBe('s2c');
  expect(laneOf('client', 'out')).toBe('c2s');
});

test.each(ROLES)('a %s has one lane in and one out', (role) => {
  expect(LANES.map((lane) => directionOf(role, lane)).sort()).toEqual([...DIRECTIONS].sort());
  for (const direction of DIRECTIONS) expect(directionOf(role, laneOf(role, direction))).toBe(direction);
});

test('a server creates and takes over, a client joins, and what is stored does nothing', () => {
  expect(can('endpoint', 'server', 'takeOver')).toBe(true);
  expect(can('endpoint', 'client', 'takeOver')).toBe(false);
  expect(can('endpoint', 'client', 'join')).toBe(true);
  expect(can('stored', 'server', 'send')).toBe(false);
});
