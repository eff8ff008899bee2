import { expect, test } from 'vitest';
import { readScenario } from '../scenario/read.ts';
import { DEFAULT_FILE, DEFAULT_SCENARIO } from './default-scenario.ts';
import { cellText, totalsText } from './files.ts';
import { ALL_PLACES, type MatrixCell, withBytesCompared } from './matrix.ts';

const cell = (changes: Partial<MatrixCell>): MatrixCell => ({
  ...{ server: 32, client: 64, layout: 'sized', state: 'passed', reason: null, tookMs: 1, roundTripMicros: 12.34 },
  ...{ serverTook: null, clientTook: null, hasOtherBytes: false, sessions: [] },
  ...changes,
});
const took = (digest: string) => ({ serverTook: { messages: 1, bytes: 2, digest } });

test('every end plays every other in every layout', () => {
  expect(ALL_PLACES.length).toBe(27);
  expect(new Set(ALL_PLACES.map((place) => JSON.stringify(place))).size).toBe(27);
});

test('the scenario that comes with it is valid', () => {
  const { scenarios, problems } = readScenario(DEFAULT_SCENARIO, DEFAULT_FILE);
  expect([problems, scenarios.length]).toEqual([[], 1]);
});

test('a cell in which other bytes came than in most is marked, and one that did not pass counts for nothing', () => {
  const cells = [
    took('a'),
    took('b'),
    took('a'),
    { ...took('b'), state: 'failed' as const },
    { ...took('b') },
    took('a'),
  ];
  expect(withBytesCompared(cells.map(cell)).map(({ hasOtherBytes }) => hasOtherBytes)).toEqual([
    ...[false, true, false, false, true, false],
  ]);
});

test('what was not run is told as that, and never as passed', () => {
  const cells = [cell({}), cell({ state: 'not-run', reason: 'No 32-bit peer.' }), cell({ state: 'cancelled' })];
  expect(cells.map(cellText)).toEqual(['✓ 12 µs', '– not run', '✗ cancelled']);
  expect(totalsText(cells)).toBe('3 cells: 1 passed with the same bytes, 1 failed, 1 not run');
});
