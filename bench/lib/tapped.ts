import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BITS_HERE } from '../../src/main/peers/runs-32-bit.testing.ts';
import type { Bits } from '../../src/shared/peers.ts';
import type { TapMode } from '../../src/shared/session.ts';
import type { TapResult } from './tap.child.ts';
import { windowsNode } from './tools.ts';
import { startWineServer } from './wine-server.ts';

/**
 * Both ends and Wine's server share a core, on which only one ever has work. The tap is where the system puts it: with
 * the ends' priority, one that looks without a pause would let nothing else of its program run.
 */
export const PEER_CORE = 0;
const PATIENCE_MS = 60_000;
const CHILD = 'bench/lib/tap.child.ts';

/** Where peers and tap run. */
export interface System {
  readonly name: string;
  readonly presets: Readonly<Record<64 | 32, string>>;
  /** Bitnesses of the programs that run there. */
  readonly bits: readonly Bits[];
  readonly env: NodeJS.ProcessEnv;
  readonly node: (args: string[], output: string) => ChildProcess;
  readonly stop: () => void;
}

const posix = (): System => ({
  name: 'POSIX',
  presets: { 64: 'gcc-x64', 32: 'gcc-x86' },
  bits: BITS_HERE,
  env: {},
  node: (args, output) =>
    spawn('/bin/sh', ['-c', 'exec "$0" "$@" > "$OUT"', process.execPath, ...args], {
      env: { ...process.env, OUT: output },
    }),
  stop: () => {},
});

function wine(): System {
  const server = startWineServer(PEER_CORE);
  return {
    name: 'Wine',
    presets: { 64: 'mingw-x64', 32: 'mingw-x86' },
    // Even if the kernel doesn't run 32-bit programs.
    bits: [64, 32],
    env: server.env,
    node: (args, stdout) => windowsNode(args, { stdout, env: server.env }),
    stop: server.stop,
  };
}

/** Does `work` on POSIX, then under Wine; `--system posix` or `--system wine` on one of them. */
export async function onEachSystem<T>(work: (system: System) => Promise<T[]>): Promise<T[]> {
  const at = process.argv.indexOf('--system');
  const only = at < 0 ? undefined : process.argv[at + 1];
  const found: T[] = [];
  for (const [name, start] of [
    ['posix', posix],
    ['wine', wine],
  ] as const) {
    if (only !== undefined && only !== name) continue;
    const system = start();
    try {
      found.push(...(await work(system)));
    } finally {
      system.stop();
    }
  }
  return found;
}

export interface RunningTap {
  /** What it saw, once both ends of its channels have gone; and its share of a core. */
  readonly result: () => Promise<{ readonly cpu: number; readonly results: readonly TapResult[] }>;
  /** Ends it at once. */
  readonly stop: () => Promise<void>;
}

/** A tap of these channels in a process of its own. Waits until it is attached, and `settleMs` longer. */
export async function startTap(
  system: System,
  mode: TapMode,
  names: readonly string[],
  settleMs = 0,
): Promise<RunningTap> {
  const folder = mkdtempSync(join(tmpdir(), 'shmscope-bench-'));
  const output = join(folder, 'tap.out');
  const child = system.node([CHILD, mode, String(settleMs), ...names], output);
  const ended = once(child, 'exit');
  const printed = () => readFileSync(output, 'utf8');
  const deadline = performance.now() + PATIENCE_MS;
  for (await sleep(100); !printed().includes('attached'); await sleep(20)) {
    if (child.exitCode !== null || performance.now() > deadline)
      throw new Error(`The tap did not attach: ${printed()}`);
  }
  const clean = () => rmSync(folder, { recursive: true, force: true });
  return {
    result: async () => {
      await ended;
      const [, line = ''] = printed().trim().split(/\r?\n/);
      clean();
      return JSON.parse(line);
    },
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
      clean();
    },
  };
}
