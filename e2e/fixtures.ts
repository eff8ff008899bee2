import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, test as base, expect } from '@playwright/test';
import { chromiumLaunch } from './hosts/chromium.ts';
import { electronPath, launchElectron } from './hosts/electron.ts';
import { launchHeadless, launchWine } from './hosts/headless.ts';
import { type Peer, type PeerArch, runs32, startPeer } from './hosts/peer.ts';
import type { HostKind, Launch, RunningApp } from './hosts/running-app.ts';
import { launchStandin } from './hosts/standin.ts';
import type { Names } from './names.ts';
import { AppWindow } from './window.ts';

export { expect };

export interface Fixtures {
  /** Skips the test if its host can't run. */
  readonly hostIsHere: undefined;
  /** Empty, and gone after the test. A second `launch` in one test finds there what the first left. */
  readonly dataDir: string;
  readonly names: Names;
  /** More names, for a second channel in one test. */
  readonly newNames: () => Names;
  /** Starts the host on the test's folders. What still runs at the end of the test is closed. */
  readonly launch: (args?: readonly string[], where?: Pick<Launch, 'zones' | 'pageScript'>) => Promise<RunningApp>;
  /** One host, started before the test; `page` is its window. */
  readonly app: RunningApp;
  /** The window of a host that tests share: reloaded, with nothing remembered and no session. */
  readonly win: AppWindow;
  /** Starts the native peer, with its own arguments. Killed at the end of the test if it still runs. */
  /** Starts the native program. If the host's system runs no 32-bit ones, a test that asks for x86 is skipped. */
  readonly peer: (arch: PeerArch, args: readonly string[]) => Promise<Peer>;
}

export interface WorkerFixtures {
  /** Which host the project tests. */
  readonly host: HostKind;
  readonly openBrowser: () => Promise<Browser>;
  /** Where kernel objects live on POSIX. */
  readonly runtimeDir: string;
  /** The host behind `win`, started on first use. A failing test ends it. */
  readonly sharedApp: () => Promise<RunningApp>;
  /** Where it keeps its captures. */
  readonly sharedData: string;
}

let lastName = 0;

export const test = base.extend<Fixtures, WorkerFixtures>({
  host: ['posix', { scope: 'worker', option: true }],

  openBrowser: [
    async ({ playwright }, use) => {
      let browser: Promise<Browser> | undefined;
      await use(() => {
        browser ??= playwright.chromium.launch(chromiumLaunch());
        return browser;
      });
      await (await browser)?.close();
    },
    { scope: 'worker' },
  ],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  runtimeDir: [async ({}, use) => withFolder('run', use), { scope: 'worker' }],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  sharedData: [async ({}, use) => withFolder('data', use), { scope: 'worker' }],

  sharedApp: [
    async ({ host, openBrowser, runtimeDir, sharedData }, use) => {
      let app: Promise<RunningApp> | undefined;
      await use(() => {
        app ??= launchOn(host, openBrowser, { dataDir: sharedData, runtimeDir, args: [] });
        return app;
      });
      await (await app)?.close();
    },
    { scope: 'worker' },
  ],

  // For tests that start no host too: nothing may pass in Electron's name without Electron.
  hostIsHere: [
    async ({ host }, use, testInfo) => {
      testInfo.skip(host === 'electron' && !electronPath(), "Electron's binary is not on this machine");
      await use(undefined);
    },
    { auto: true },
  ],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  dataDir: async ({}, use) => withFolder('data', use),
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  newNames: async ({}, use) => use(makeNames),
  names: async ({ newNames }, use) => use(newNames()),

  launch: async ({ host, openBrowser, dataDir, runtimeDir }, use, testInfo) => {
    const launched: RunningApp[] = [];
    await use(async (args = [], where = {}) => {
      const app = await launchOn(host, openBrowser, { dataDir, runtimeDir, args, ...where });
      launched.push(app);
      return app;
    });
    for (const app of launched) await endTest(app, testInfo);
  },

  app: async ({ launch }, use) => use(await launch()),
  page: async ({ app }, use) => {
    // A key pressed before the window is ready is lost.
    await app.page.getByRole('button', { name: 'Server', exact: true }).waitFor();
    await use(app.page);
  },

  win: async ({ sharedApp, sharedData }, use, testInfo) => {
    const app = await sharedApp();
    const win = new AppWindow(app.page);
    forgetKept(sharedData);
    await win.startAfresh();
    await use(win);
    await attachEvidence(app, testInfo);
    expect.soft(app.problems.splice(0), 'the page has no uncaught error and breaks no policy').toEqual([]);
  },

  peer: async ({ host, runtimeDir }, use) => {
    const peers: Peer[] = [];
    await use(async (arch, args) => {
      if (arch === 'x86') await needs32Bit(host);
      const startable = arch === 'any' ? ((await runs32(host)) ? 'x86' : 'x64') : arch;
      const peer = await startPeer(host, runtimeDir, startable, args);
      peers.push(peer);
      return peer;
    });
    for (const peer of peers) await peer.kill();
  },
});

/** What a user has kept is gone when the page is next loaded, and so are declared types. */
function forgetKept(dataDir: string): void {
  for (const folder of ['kept', 'types'].map((name) => join(dataDir, name))) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { force: true });
  }
}

function makeNames(): Names {
  const section = `Local\\Test-${process.pid}-${++lastName}`;
  const [eventS2c, eventC2s] = [`${section}-S2C`, `${section}-C2S`];
  const peerArgs = ['--name', section, '--event-s2c', eventS2c, '--event-c2s', eventC2s];
  return { section, eventS2c, eventC2s, peerArgs };
}

async function launchOn(host: HostKind, openBrowser: () => Promise<Browser>, launch: Launch): Promise<RunningApp> {
  if (host === 'standin') return launchStandin(launch);
  if (host === 'electron') return launchElectron(launch);
  const browser = await openBrowser();
  return host === 'wine' ? launchWine(browser, launch) : launchHeadless(browser, launch);
}

/** A host that ends badly, or a page with an uncaught error, fails the test whatever it was about. */
async function endTest(app: RunningApp, testInfo: ReturnType<typeof test.info>): Promise<void> {
  await attachEvidence(app, testInfo);
  const status = await app.close();
  expect.soft(app.problems, 'the page has no uncaught error and breaks no policy').toEqual([]);
  expect.soft(status ?? 0, `the host ends cleanly:\n${app.output()}`).toBe(0);
}

async function attachEvidence(app: RunningApp, testInfo: ReturnType<typeof test.info>): Promise<void> {
  if (testInfo.status === testInfo.expectedStatus) return;
  const body = await app.page.screenshot().catch(() => undefined);
  if (body) await testInfo.attach('window', { body, contentType: 'image/png' });
  await testInfo.attach('output of the host', { body: app.output(), contentType: 'text/plain' });
}

async function withFolder(name: string, use: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), `shmscope-e2e-${name}-`));
  await use(folder);
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

/** Skips a test about 32-bit programs if the host's system runs none. */
export async function needs32Bit(host: HostKind): Promise<void> {
  test.skip(!(await runs32(host)), 'This system runs no 32-bit programs.');
}
