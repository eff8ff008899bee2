import { expect, test } from 'vitest';
import { isStillHeld } from './still-held.ts';

const section = ({ held, checks }: { held: boolean[]; checks: boolean }) => ({
  isHeldByOthers: () => held.shift() ?? false,
  check: () => {
    if (!checks) throw new Error('Its file was removed or replaced');
  },
});

test('a section that its holders have let go of is not held', () => {
  expect(isStillHeld(section({ held: [false], checks: false }))).toBe(false);
  expect(isStillHeld(section({ held: [true, true], checks: true }))).toBe(true);
});

test('a section that was taken from its holders is told', () => {
  expect(() => isStillHeld(section({ held: [true, true], checks: false }))).toThrow('removed');
});

test('holders that let go between the two questions have let go', () => {
  expect(isStillHeld(section({ held: [true, false], checks: false }))).toBe(false);
});
