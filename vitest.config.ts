import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Rules of the POSIX adapter and of mounted file systems: nothing to hold them against on Windows. */
const posixOnly = ['src/main/kernel/posix*.test.ts', 'src/main/capture/failures.test.ts'];

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'e2e/standin/**/*.test.ts'],
    exclude: process.platform === 'win32' ? posixOnly : [],
    environment: 'node',
    // Much of a test is waiting; by itself Vitest leaves a core free.
    maxWorkers: availableParallelism(),
    globalSetup: 'scripts/lib/test-workers.mjs',
    // Real files, threads and processes on a machine that may be busy: a limit for what hangs, not a measure.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    expect: { poll: { timeout: 20_000 } },
  },
});
