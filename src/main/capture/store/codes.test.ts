import { expect, test } from 'vitest';
import { STORED_KINDS } from './codes.ts';
import { SCHEMA_VERSION } from './migrations/migrations.ts';

const kinds = Object.values(STORED_KINDS);

test('each kind has a code of its own', () => {
  expect(new Set(kinds.map(({ code }) => code)).size).toBe(kinds.length);
});

test('a kind comes with a version, so that an older Shmscope refuses a file that may hold it', () => {
  expect(Math.max(...kinds.map(({ since }) => since))).toBeLessThanOrEqual(SCHEMA_VERSION);
});
