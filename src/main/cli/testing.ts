import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';

/** Helpers shared by the tests of the command line, which is run as built. */

const CLI = path.join(import.meta.dirname, '../../../out/main/cli.js');

export interface Line {
  readonly seq: number;
  readonly time: string;
  readonly kind: string;
  readonly direction?: 'in' | 'out';
  readonly size: number;
  readonly text?: string;
  readonly hex?: string;
  readonly code?: string;
  readonly detail?: string;
}
export const parsed = (output: string): Line[] =>
  output
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);
export const shown = ({ kind, direction, text, hex }: Line) =>
  [direction, kind, text ?? hex].filter((part) => part !== undefined).join(' ');

export interface CommandLine {
  /** Where its channels' objects are. */
  readonly runtime: string;
  /** The path of a file in a folder that is removed when it is closed. */
  readonly file: (name: string) => string;
  readonly start: (args: readonly string[], stdin?: 'ignore' | 'pipe') => Running;
  readonly run: (...args: string[]) => Promise<{ status: number | string; output: string; complaint: string }>;
  /** Starts it and waits until the channel is open. */
  readonly opened: (...args: string[]) => Promise<Opened>;
  /** Options for a channel of its own. */
  readonly channel: () => string[];
  readonly killAll: () => void;
  readonly close: () => void;
}

interface Running {
  readonly child: ChildProcess & { readonly stdout: Readable; readonly stderr: Readable };
  readonly exit: Promise<number | string>;
}

interface Opened {
  readonly child: Running['child'];
  readonly lines: string[];
  readonly end: () => Promise<{ status: number | string; lines: Line[]; complaint: string }>;
}

const NATIVE = path.join(import.meta.dirname, '../../../native/build');

/** Native programs on the channels of a command line. */
export function nativePeers(runtime: string) {
  const running = new Set<ChildProcess>();
  return {
    /** Starts one, and waits until it has printed these lines. */
    peer: async (
      bits: 32 | 64,
      args: readonly string[],
      printed: readonly string[] = ['ready'],
    ): Promise<ChildProcess> => {
      const program = path.join(NATIVE, `gcc-x${bits === 64 ? 64 : 86}`, 'shm-peer');
      const env = { ...process.env, SHMSCOPE_RUNTIME_DIR: runtime };
      const child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'inherit'] });
      running.add(child);
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      for (const line of printed) expect((await lines.next()).value).toBe(line);
      return child;
    },
    endPeers: async () => {
      for (const peer of running) {
        peer.kill('SIGTERM');
        if (peer.exitCode === null && peer.signalCode === null) await once(peer, 'exit');
      }
      running.clear();
    },
  };
}

/** The command line in a folder and with channels of its own. `prefix` distinguishes its channels from others. */
export function commandLine(prefix: string): CommandLine {
  const directory = mkdtempSync(path.join(tmpdir(), `shmscope-${prefix}-`));
  const runtime = path.join(directory, 'run');
  const running = new Set<ChildProcess>();
  let channels = 0;

  function start(args: readonly string[], stdin: 'ignore' | 'pipe' = 'ignore'): Running {
    const env = { ...process.env, SHMSCOPE_RUNTIME_DIR: runtime, NO_COLOR: '1' };
    const options: SpawnOptions = { env, stdio: [stdin, 'pipe', 'pipe'] };
    const child = spawn(process.execPath, [CLI, ...args], options) as Running['child'];
    running.add(child);
    const exit = once(child, 'exit').then(([status, signal]) => {
      running.delete(child);
      return (status ?? signal) as number | string;
    });
    return { child, exit };
  }

  async function opened(...args: string[]): Promise<Opened> {
    const { child, exit } = start(args);
    const lines: string[] = [];
    const input = createInterface({ input: child.stdout });
    input.on('line', (line) => lines.push(line));
    const complaint = text(child.stderr);
    await Promise.race([once(input, 'line'), exit]);
    const end = async () => {
      const status = await exit;
      return { status, lines: lines.map((line) => JSON.parse(line) as Line), complaint: await complaint };
    };
    return { child, end, lines };
  }

  return {
    runtime,
    file: (name) => path.join(directory, name),
    start,
    opened,
    run: async (...args) => {
      const { child, exit } = start(args);
      const [status, output, complaint] = await Promise.all([exit, text(child.stdout), text(child.stderr)]);
      return { status, output, complaint };
    },
    channel: () => {
      const name = `Local\\${prefix}${channels++}`;
      return ['--name', name, '--event-s2c', `${name}a`, '--event-c2s', `${name}b`];
    },
    killAll: () => {
      for (const child of running) child.kill('SIGKILL');
    },
    close: () => rmSync(directory, { recursive: true }),
  };
}
