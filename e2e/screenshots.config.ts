import { defineConfig } from '@playwright/test';
import type { WorkerFixtures } from './fixtures.ts';

/** Takes the pictures of the README: `npm run screenshots`. */
export default defineConfig<object, WorkerFixtures>({
  testDir: '.',
  testMatch: 'screenshots.ts',
  outputDir: '../test-results',
  timeout: 300_000,
  expect: { timeout: 30_000 },
  workers: 1,
  reporter: 'list',
  use: { host: process.platform === 'win32' ? 'windows' : 'posix' },
});
