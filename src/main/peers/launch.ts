import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import path from 'node:path';
import { ShmscopeError } from '../../shared/failure.ts';
import type { Bits } from '../../shared/peers.ts';
import { KernelError } from '../kernel/kernel.ts';
import type { AdoptedProcess, ProcessControl } from '../kernel/process-control.ts';

/** A program that can be started, and how. */
export interface Launch {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | null>>;
  readonly cwd: string | undefined;
  /** Of the file. */
  readonly bits: Bits | null;
}

export interface Launched {
  readonly child: ChildProcessWithoutNullStreams;
  readonly adopted: AdoptedProcess;
}

/** Starts it. Throws {@link ShmscopeError} if that fails; then none of it runs. */
export async function launch({ file, args, env, cwd = path.dirname(file) }: Launch, control: ProcessControl) {
  checkFolder(cwd);
  const prepared = control.prepare();
  const child = spawn(file, args, {
    cwd,
    env: environment({ ...env, ...prepared.env }),
    detached: prepared.detached,
    windowsHide: true,
    stdio: 'pipe',
  });
  // It may be gone before it is told anything.
  child.stdin.on('error', () => {});
  if (child.pid === undefined) {
    const [error] = await once(child, 'error');
    throw notStarted(file, error);
  }
  child.on('error', () => {});
  try {
    return { child, adopted: prepared.adopt(child.pid) };
  } catch (error) {
    child.kill('SIGKILL');
    throw notStarted(file, error);
  }
}

/** Our environment with the given changes; null removes a variable. */
function environment(given: Readonly<Record<string, string | null>>): NodeJS.ProcessEnv {
  const all: Record<string, string | null | undefined> = { ...process.env, ...given };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)) as NodeJS.ProcessEnv;
}

function checkFolder(cwd: string): void {
  if (statSync(cwd, { throwIfNoEntry: false })?.isDirectory()) return;
  throw new ShmscopeError('no-such-program', `There is no folder "${cwd}" to start it in. Choose another one.`);
}

function notStarted(file: string, error: unknown): unknown {
  if (error instanceof KernelError)
    return new ShmscopeError(
      'peer-failed',
      `"${file}" was started, but could not be brought under control, so it was ended: ${error.call}: ${error.systemMessage}.`,
      { code: error.code, message: error.systemMessage },
    );
  const { code, message } = error as NodeJS.ErrnoException;
  return new ShmscopeError(
    'peer-failed',
    `"${file}" could not be started: ${WHY[code ?? ''] ?? message}. Try to start it by hand.`,
  );
}

const WHY: Readonly<Record<string, string>> = {
  EACCES: 'the system denied it, because of its permissions or because it requires administrator rights',
  ENOENT: 'the system does not find it, or something that it needs',
  E2BIG: 'its arguments and environment are too long',
  ENOEXEC: 'the system does not know this kind of program',
  EMFILE: 'too many files are open',
  EAGAIN: 'too many processes are running',
  // What libuv calls everything that it has no name for.
  UNKNOWN:
    'Windows refused it for a reason of its own, such as a policy, a virus scanner or a missing run-time library',
};
