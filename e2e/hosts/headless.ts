import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { exited, gathered, kill, ROOT, readyFile } from './process.ts';
import { type Launch, type RunningApp, watchProblems } from './running-app.ts';
import { wineTools } from './wine.ts';

const CLI = 'out/main/cli.js';

/** The headless host of this system, its page in `browser`. */
export async function launchHeadless(browser: Browser, launch: Launch): Promise<RunningApp> {
  const { dataDir, runtimeDir, args, zones } = launch;
  const ready = readyPath(dataDir);
  const env = { ...process.env, SHMSCOPE_RUNTIME_DIR: runtimeDir, ...(zones && { TZ: zones.host }) };
  const given = ['serve', '--no-open', '--data', dataDir, '--ready-file', ready, ...args];
  const child = spawn(process.execPath, [CLI, ...given], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  return openWindow(browser, child, ready, gathered(child), launch);
}

/** The same built host under Wine, on the real kernel32 path. */
export async function launchWine(browser: Browser, { dataDir, args }: Launch): Promise<RunningApp> {
  const { windowsNode, windowsPath } = await wineTools();
  const ready = readyPath(dataDir);
  const stdout = join(dataDir, 'output.log');
  const given = ['serve', '--no-open', '--data', windowsPath(dataDir), '--ready-file', windowsPath(ready), ...args];
  const child = windowsNode([CLI, ...given], { stdout });
  const app = await openWindow(browser, child, ready, () => readFileSync(stdout, 'utf8'));
  // Windows has no SIGTERM: apart from Ctrl+C in its console, a process there is killed.
  return { ...app, close: () => app.kill().then(app.close) };
}

/** What an earlier host printed there is removed. */
function readyPath(dataDir: string): string {
  const file = join(dataDir, 'ready.json');
  rmSync(file, { force: true });
  return file;
}

async function openWindow(
  browser: Browser,
  child: ChildProcess,
  ready: string,
  output: () => string,
  { zones, pageScript }: Pick<Launch, 'zones' | 'pageScript'> = {},
): Promise<RunningApp> {
  try {
    const { url } = await readyFile<{ readonly url: string }>(ready, child, output);
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      ignoreHTTPSErrors: true,
      ...(zones && { timezoneId: zones.page }),
    });
    if (pageScript) await context.addInitScript(pageScript);
    const page = await context.newPage();
    const problems = watchProblems(page);
    await page.goto(url);
    return {
      page,
      url: `${new URL(url).origin}/`,
      firstUrl: url,
      problems,
      output,
      close: async () => {
        child.kill('SIGTERM');
        await exited(child);
        await context.close();
        return child.exitCode;
      },
      kill: () => kill(child),
    };
  } catch (error) {
    await kill(child);
    throw error;
  }
}
