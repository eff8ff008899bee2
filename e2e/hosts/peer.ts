import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { runs32Bit } from '../../src/main/peers/runs-32-bit.ts';
import { exited, kill, ROOT } from './process.ts';
import type { HostKind } from './running-app.ts';
import { wineTools } from './wine.ts';

export type Arch = 'x64' | 'x86';
/** `any`: x86 if the host's system runs 32-bit programs, else x64. */
export type PeerArch = Arch | 'any';

/** The native program at the other end of a channel. */
export interface Peer {
  /** What it has printed so far, one entry per line. */
  readonly lines: readonly string[];
  /** The first line, past or future, that equals `line` or matches it. Rejects if the peer ends without. */
  readonly waitFor: (line: string | RegExp) => Promise<string>;
  /** Closes its standard input, which ends a peer that was started with `--until-stdin-closes`. */
  readonly closeInput: () => void;
  /** Its exit status. */
  readonly exited: Promise<number | null>;
  readonly kill: () => Promise<void>;
}

/** Whether the host's system runs 32-bit programs. */
export async function runs32(host: HostKind): Promise<boolean> {
  return host === 'wine' ? (await wineTools()).hasWow64() : runs32Bit();
}

/** Starts shm-peer as the host's system has it, on the same kernel objects. */
export async function startPeer(
  host: HostKind,
  runtimeDir: string,
  arch: Arch,
  args: readonly string[],
): Promise<Peer> {
  const exe = peerPath(host, arch);
  if (!existsSync(exe)) throw new Error(`There is no ${exe}. Build it: npm run native`);
  return observe(await spawnPeer(host, exe, args, runtimeDir));
}

export function peerPath(host: HostKind, arch: Arch): string {
  const windows = process.platform === 'win32';
  const compiler = host === 'wine' ? 'mingw' : windows ? 'msvc' : 'gcc';
  return join(ROOT, 'native', 'build', `${compiler}-${arch}`, host === 'wine' || windows ? 'shm-peer.exe' : 'shm-peer');
}

async function spawnPeer(
  host: HostKind,
  exe: string,
  args: readonly string[],
  runtimeDir: string,
): Promise<ChildProcess> {
  if (host === 'wine') return (await wineTools()).spawnWindows(exe, [...args], { stdio: 'pipe' });
  return spawn(exe, args, { stdio: 'pipe', env: { ...process.env, SHMSCOPE_RUNTIME_DIR: runtimeDir } });
}

function observe(child: ChildProcess): Peer {
  const lines: string[] = [];
  const errors: string[] = [];
  const waiting = new Set<() => void>();
  let over = false;
  const wake = () => {
    for (const look of waiting) look();
  };
  if (child.stdout) createInterface({ input: child.stdout }).on('line', (line) => lines.push(line) && wake());
  if (child.stderr) createInterface({ input: child.stderr }).on('line', (line) => errors.push(line));
  child.once('close', () => {
    over = true;
    wake();
  });

  const waitFor = (wanted: string | RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = lines.find((line) => (typeof wanted === 'string' ? line === wanted : wanted.test(line)));
        if (found === undefined && !over) return;
        waiting.delete(look);
        if (found !== undefined) resolve(found);
        else reject(new Error(`The peer ended without the line ${wanted}:\n${[...lines, ...errors].join('\n')}`));
      };
      waiting.add(look);
      look();
    });

  return {
    lines,
    waitFor,
    closeInput: () => void child.stdin?.end(),
    exited: exited(child),
    kill: () => kill(child),
  };
}
