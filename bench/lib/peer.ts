import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onCore } from './core.ts';
import { peerPath, spawnWindows } from './tools.ts';

export interface PeerOptions {
  /** From native/CMakePresets.json; MinGW's run under Wine. */
  readonly preset: string;
  readonly args: readonly string[];
  readonly core?: number;
  readonly env?: NodeJS.ProcessEnv;
}

/** A shm-peer on the other end. */
export interface Peer {
  /** Settles when the channel is open; rejects if the peer ends first. */
  readonly ready: Promise<void>;
  /** What it printed, once it has ended with status 0; rejects otherwise. */
  readonly output: Promise<string>;
  /** Asks it to end, and waits until it has. */
  readonly stop: () => Promise<void>;
}

/** Names of a channel of its own. */
export const names = (name: string): string[] => [
  '--name',
  name,
  '--event-s2c',
  `${name}S2C`,
  '--event-c2s',
  `${name}C2S`,
];

export function startPeer({ preset, args, core, env }: PeerOptions): Peer {
  const given = [...args.slice(0, 1), '--until-stdin-closes', ...args.slice(1)];
  const start = (): ChildProcess =>
    preset.startsWith('mingw')
      ? spawnWindows(peerPath(preset), given, { stdio: ['pipe', 'pipe', 'inherit'], ...(env && { env }) })
      : spawn(peerPath(preset), given, { stdio: ['pipe', 'pipe', 'inherit'] });
  const child = core === undefined ? start() : onCore(core, start);
  const ready = Promise.withResolvers<void>();
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (more: string) => {
    text += more;
    if (text.startsWith('ready')) ready.resolve();
  });
  const ended = once(child, 'close');
  const output = ended.then(([status]) => {
    if (status === 0) return text;
    throw new Error(`shm-peer ${args.join(' ')} (${preset}) ended with status ${status}.\n${text}`);
  });
  output.catch(ready.reject);
  ready.promise.catch(() => {});
  return {
    ready: ready.promise,
    output,
    stop: async () => {
      child.stdin?.end();
      await ended;
    },
  };
}

/** The number in a peer's output where `pattern` has its group. */
export function figure(output: string, pattern: RegExp): number {
  const found = pattern.exec(output)?.[1];
  if (found === undefined) throw new Error(`The peer did not print its figure:\n${output}`);
  return Number(found);
}
