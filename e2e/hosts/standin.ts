import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chromium } from '@playwright/test';
import { exited, gathered, kill, ROOT } from './process.ts';
import { type Launch, type RunningApp, watchProblems } from './running-app.ts';

/** The built main and preload on the stand-in for Electron; its page is Chromium's, which the test is attached to. */
export async function launchStandin({ dataDir, runtimeDir, args }: Launch): Promise<RunningApp> {
  const child = fork('out/main/index.js', ['--data', dataDir, ...args], {
    cwd: ROOT,
    env: { ...process.env, SHMSCOPE_RUNTIME_DIR: runtimeDir },
    execArgv: ['--disable-warning=ExperimentalWarning', '--import', './e2e/standin/register.ts'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const output = gathered(child);
  try {
    const browser = await chromium.connectOverCDP(await endpointOf(child, output));
    const page = browser.contexts()[0]?.pages()[0];
    if (!page) throw new Error('The stand-in opened no page.');
    const problems = watchProblems(page);
    child.send('attached');
    await page.waitForURL(/^http:\/\/shmscope\.app\.localhost\//);
    return {
      page,
      url: page.url(),
      firstUrl: page.url(),
      problems,
      output,
      close: async () => {
        child.kill('SIGTERM');
        return exited(child);
      },
      kill: () => kill(child),
    };
  } catch (error) {
    await kill(child);
    throw error;
  }
}

async function endpointOf(child: ChildProcess, output: () => string): Promise<string> {
  const ended = new AbortController();
  child.once('exit', () => ended.abort());
  const [message] = await once(child, 'message', { signal: ended.signal }).catch(() => {
    throw new Error(`The app ended before its window was there:\n${output()}`);
  });
  return (message as { readonly endpoint: string }).endpoint;
}
