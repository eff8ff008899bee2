import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import { DEFAULT_BUFFER_SIZE } from '../../shared/domain.ts';
import type { EndpointSnapshot, LiveSession, OpenEndpoint } from '../../shared/session.ts';
import { builtWorker } from '../built-worker.testing.ts';
import { openChannel } from '../channel/channel.ts';
import { Endpoint } from '../channel/endpoint.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { openKernel } from '../kernel/open.ts';
import { MemorySink } from './memory-sink.testing.ts';
import { SessionRegistry } from './registry.ts';

/** Helpers shared by the tests of this folder. */

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
export const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

let names = 0;
/** Options of an endpoint on a channel of its own. */
export function serverOptions(options: Partial<OpenEndpoint> = {}): OpenEndpoint {
  const name = `Local\\session${process.pid}-${names++}`;
  return {
    kind: 'endpoint',
    role: 'server',
    section: name,
    eventS2c: `${name}-s2c`,
    eventC2s: `${name}-c2s`,
    layout: 'sized',
    bufferSize: DEFAULT_BUFFER_SIZE,
    takeOver: false,
    overrun: 'wait',
    receive: null,
    ...options,
  };
}
/** The other end of `options`. */
export const peerOptions = (options: OpenEndpoint, changes: Partial<OpenEndpoint> = {}): OpenEndpoint => ({
  ...options,
  role: options.role === 'server' ? 'client' : 'server',
  ...changes,
});

export interface Bench {
  readonly kernel: Kernel;
  readonly sink: MemorySink;
  readonly registry: SessionRegistry;
  /** An endpoint on the test's own thread. Closed with the bench. */
  peer(options: OpenEndpoint): Endpoint;
  /** Waits until a session's snapshot is as wanted. */
  changed<S extends LiveSession = EndpointSnapshot>(id: number, wanted: (snapshot: S) => boolean): Promise<S>;
  /** The snapshot of a session that is an end of its channel. */
  endpoint(id: number): EndpointSnapshot;
  /** Closes all peers and sessions. */
  clear(): Promise<void>;
  /** And ends the threads. */
  close(): Promise<void>;
}

export async function openBench(workerPath: string | URL = builtWorker('session')): Promise<Bench> {
  const kernel = await openKernel();
  const sink = new MemorySink();
  const looks = new Set<() => void>();
  const onChange = () => {
    for (const look of looks) look();
  };
  const registry = new SessionRegistry({ kernel, sink, workerPath, onChange });
  const peers: Endpoint[] = [];
  const clear = async () => {
    for (const peer of peers.splice(0)) peer.close();
    for (const { id } of registry.snapshots()) {
      await registry.get(id).close();
      registry.remove(id);
    }
  };
  return {
    kernel,
    sink,
    registry,
    peer: (options) => {
      const endpoint = new Endpoint(kernel, openChannel(kernel, options), () => {});
      peers.push(endpoint);
      return endpoint;
    },
    endpoint: (id) => registry.snapshot(id) as EndpointSnapshot,
    changed: <S extends LiveSession>(id: number, wanted: (snapshot: S) => boolean) =>
      new Promise<S>((resolve) => {
        const look = () => {
          const snapshot = registry.snapshot(id) as S;
          if (!wanted(snapshot)) return;
          looks.delete(look);
          resolve(snapshot);
        };
        looks.add(look);
        look();
      }),
    clear,
    close: async () => {
      await clear();
      await registry.close();
    },
  };
}

/**
 * A bench with a runtime directory for all tests of a file: its threads are reused. What a test leaves open is closed
 * after it.
 */
export function benchForAllTests(): () => Bench {
  let bench: Bench;
  ownRuntimeDirectory();
  beforeAll(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.clear());
  afterAll(() => bench.close());
  return () => bench;
}

export function ownRuntimeDirectory(): void {
  const directory = mkdtempSync(join(tmpdir(), 'shmscope-session-'));
  // Threads start slowly when all processors are busy.
  vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });
  beforeAll(() => {
    process.env.SHMSCOPE_RUNTIME_DIR = join(directory, 'run');
  });
  afterAll(() => rmSync(directory, { recursive: true }));
}

export const openDescriptors = (): number => readdirSync('/proc/self/fd').length;
