import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { exited, gathered, ROOT } from './process.ts';
import { type Launch, type RunningApp, watchProblems } from './running-app.ts';

/** Electron's program, or undefined where it was never downloaded. */
export function electronPath(): string | undefined {
  const folder = join(ROOT, 'node_modules', 'electron');
  const note = join(folder, 'path.txt');
  const name = existsSync(note) ? readFileSync(note, 'utf8') : 'electron';
  const file = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), name);
  return existsSync(file) ? file : undefined;
}

/** The built app in Electron itself. */
export async function launchElectron({ dataDir, runtimeDir, args }: Launch): Promise<RunningApp> {
  const root = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const electron = await _electron.launch({
    cwd: ROOT,
    args: [...root, '.', '--data', dataDir, ...args],
    env: { ...process.env, SHMSCOPE_RUNTIME_DIR: runtimeDir } as Record<string, string>,
  });
  const child = electron.process();
  const output = gathered(child);
  const page = await electron.firstWindow();
  const problems = watchProblems(page);
  return {
    page,
    url: 'app://shmscope/',
    firstUrl: 'app://shmscope/',
    problems,
    output,
    close: async () => {
      const ended = exited(child);
      if (child.exitCode === null && child.signalCode === null) await electron.close();
      return ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited(child);
    },
  };
}
