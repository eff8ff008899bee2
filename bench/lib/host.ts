import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenEndpoint, SessionSnapshot } from '../../src/shared/session.ts';
import { placeIn } from './stored.ts';

export type HostQuestion =
  | { readonly ask: 'open'; readonly options: OpenEndpoint }
  | { readonly ask: 'committed'; readonly session: number }
  /** Garbage is collected first. */
  | { readonly ask: 'memory' }
  | { readonly ask: 'watchDelay' }
  | { readonly ask: 'delay' }
  | { readonly ask: 'close' };
export interface HostAnswer {
  readonly id: number;
  readonly value: unknown;
}

/** Delay of the main thread's event loop while it was watched, in ms. */
export interface Delay {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** The headless host in a process of its own, so that its figures contain nothing of the benchmark. */
export interface Host {
  readonly pid: number;
  readonly url: string;
  readonly open: (options: OpenEndpoint) => Promise<SessionSnapshot>;
  readonly committed: (session: number) => Promise<number>;
  /** Bytes of V8's heap and outside it, on the main thread. */
  readonly heap: () => Promise<number>;
  readonly watchDelay: () => Promise<void>;
  /** Since watchDelay; ends the watch. */
  readonly delay: () => Promise<Delay>;
  /** Ends the host, after which its capture can be read. Returns the capture's file. */
  readonly close: () => Promise<string>;
  /** Removes the capture, and the host if it still runs. */
  readonly remove: () => void;
}

/**
 * @param captures files to put into its captures folder, unchanged
 * @param types `bindings`: the text of the file that says which type messages have
 */
export async function startHost(captures: readonly string[] = [], types?: { bindings: string }): Promise<Host> {
  const dataDir = mkdtempSync(join(tmpdir(), 'shmscope-bench-'));
  for (const capture of captures) placeIn(join(dataDir, 'captures'), capture);
  if (types) {
    mkdirSync(join(dataDir, 'types'));
    writeFileSync(join(dataDir, 'types', 'bindings.yaml'), types.bindings);
  }
  const child = fork(join(import.meta.dirname, 'host.child.ts'), [dataDir], { serialization: 'advanced' });
  const waiting = new Map<number, (value: unknown) => void>();
  const url = new Promise<unknown>((resolve) => waiting.set(0, resolve));
  const gone = once(child, 'exit').then(([status]) => {
    if (status !== 0) throw new Error(`The host ended with status ${status}.`);
  });
  gone.catch(() => {});
  child.on('message', ({ id, value }: HostAnswer) => {
    waiting.get(id)?.(value);
    waiting.delete(id);
  });
  let next = 1;
  const ask = <T>(question: HostQuestion): Promise<T> => {
    const id = next++;
    const answer = new Promise<unknown>((resolve) => waiting.set(id, resolve));
    child.send({ id, question });
    return orGone(answer) as Promise<T>;
  };
  const orGone = <T>(answer: Promise<T>): Promise<T> =>
    Promise.race([
      answer,
      gone.then((): never => {
        throw new Error('The host has ended.');
      }),
    ]);

  return {
    pid: child.pid as number,
    url: (await orGone(url)) as string,
    open: (options) => ask({ ask: 'open', options }),
    committed: (session) => ask({ ask: 'committed', session }),
    heap: async () => (await ask<{ heap: number }>({ ask: 'memory' })).heap,
    watchDelay: () => ask({ ask: 'watchDelay' }),
    delay: () => ask({ ask: 'delay' }),
    close: async () => {
      await ask({ ask: 'close' });
      await gone;
      const folder = join(dataDir, 'captures');
      return join(folder, readdirSync(folder).find((name) => name.endsWith('.sqlite')) as string);
    },
    remove: () => {
      child.kill();
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** A server that receives everything, on a channel of this name. */
export const receivingServer = (section: string): OpenEndpoint => ({
  kind: 'endpoint',
  role: 'server',
  section,
  eventS2c: `${section}S2C`,
  eventC2s: `${section}C2S`,
  layout: 'sized',
  bufferSize: 16384,
  takeOver: false,
  overrun: 'wait',
  receive: { mode: 'continuous', timeoutMs: 60_000 },
});
