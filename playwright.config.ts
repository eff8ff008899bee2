import { defineConfig } from '@playwright/test';
import type { WorkerFixtures } from './e2e/fixtures.ts';
import { HOST_KINDS, type HostKind } from './e2e/hosts/running-app.ts';

/** Wine and the stand-in take part where Linux is; what can't run on this machine is skipped with its reason. */
const here = HOST_KINDS.filter((host) =>
  process.platform === 'win32' ? host === 'windows' || host === 'electron' : host !== 'windows',
);

/**
 * Everything, as `npm run test:e2e` has it; `npm test` leaves out what is tagged `@exhaustive`, and takes samples of
 * some hosts.
 */
const exhaustive = Boolean(process.env.SHMSCOPE_EXHAUSTIVE);

/** The specs about what is not the same there: the kernel and files under Wine; windows, dialogs and IPC in an app. */
const samples: Partial<Record<HostKind, readonly string[]>> = {
  wine: ['session', 'waiting', 'errors', 'captures'],
  standin: ['host', 'windows', 'shell', 'discovery'],
};
/** What the samples of the other two have: kernel32 as users have it, and the window that an app has. */
const leftToOthers = ['waiting', 'errors', 'captures', 'host', 'shell', 'discovery'];

const ignoredBy = (host: HostKind): string[] => [
  'package/**',
  ...(host === 'posix' && !exhaustive ? leftToOthers.map((spec) => `${spec}.spec.ts`) : []),
];

/**
 * `@app` marks what holds for an app's window only, `@served` for a page in a browser, `@look` for any one page of
 * each.
 */
const left: Readonly<Record<HostKind, RegExp>> = {
  posix: /@app/,
  windows: /@app/,
  wine: /@app|@look/,
  standin: /@served|@look/,
  electron: /@served/,
};

export default defineConfig<object, WorkerFixtures>({
  testDir: 'e2e',
  outputDir: 'test-results',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // A test that needs a second try is listed as flaky, to be mended that day; it does not stop everything else.
  retries: 1,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: 'test-results/report.json' }]],
  projects: [
    ...here.map((host) => ({
      name: host,
      use: { host },
      grepInvert: exhaustive ? left[host] : [left[host], /@exhaustive/],
      testMatch: (!exhaustive && samples[host]?.map((spec) => `${spec}.spec.ts`)) || '*.spec.ts',
      testIgnore: ignoredBy(host),
    })),
    { name: 'package', testDir: 'e2e/package', testMatch: '*.spec.ts' },
  ],
});
