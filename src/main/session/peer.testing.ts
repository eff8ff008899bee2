import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Layout, Role } from '../../shared/domain.ts';
import type { Bits } from '../../shared/peers.ts';

export type { Bits } from '../../shared/peers.ts';

const WINDOWS = process.platform === 'win32';
const PATIENCE_MS = 20_000;

const program = (bits: Bits) =>
  fileURLToPath(
    new URL(
      `../../../native/build/${WINDOWS ? 'mingw' : 'gcc'}-${bits === 64 ? 'x64' : 'x86'}/shm-peer${WINDOWS ? '.exe' : ''}`,
      import.meta.url,
    ),
  );

/** Wine fails to start a program about once in 5,000 times, for a reason that libuv has no name for. */
const TRIES = 3;

function begun(file: string, args: readonly string[]): ChildProcess {
  for (let tries = 1; ; tries++)
    try {
      return spawn(file, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    } catch (error) {
      if (tries === TRIES || (error as NodeJS.ErrnoException).code !== 'UNKNOWN') throw error;
    }
}

export interface PeerChannel {
  readonly section: string;
  readonly eventS2c: string;
  readonly eventC2s: string;
  readonly layout: Layout;
  readonly bufferSize: number;
}

/** The native program on the other end, 32-bit or 64-bit. It ends with its test at the latest. */
export class Peer {
  readonly exited: Promise<number | null>;
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  #complaints = '';

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.exited = once(child, 'exit').then(([status]) => status);
    this.#lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
    child.stderr?.on('data', (text) => {
      this.#complaints += text;
    });
  }

  /** Starts it and waits until its channel is open. */
  static async start(
    t: TestContext,
    bits: Bits,
    role: Role,
    channel: PeerChannel,
    ...behaviour: string[]
  ): Promise<Peer> {
    const { section, eventS2c, eventC2s, layout, bufferSize } = channel;
    const names = ['--name', section, '--event-s2c', eventS2c, '--event-c2s', eventC2s, '--layout', layout];
    const size = role === 'server' && layout === 'sized' ? ['--buffer-size', `${bufferSize}`] : [];
    const args = [role, ...names, ...size, '--until-stdin-closes', ...behaviour];
    const child = begun(program(bits), args);
    child.stdin?.on('error', () => {}); // It may be gone before it is told to end.
    const peer = new Peer(child);
    t.after(() => peer.kill());
    const first = await peer.line();
    if (first !== 'ready') throw new Error(`The peer says "${first}" instead of ready.`);
    return peer;
  }

  /** The next line of its output. */
  async line(): Promise<string> {
    const patience = new AbortController();
    const late = after(PATIENCE_MS, undefined, { signal: patience.signal }).then(() => {
      throw new Error(`The peer said nothing for ${PATIENCE_MS} ms. ${this.#complaints}`);
    });
    try {
      const { done, value } = await Promise.race([this.#lines.next(), late]);
      if (done) throw new Error(`The peer ended. ${this.#complaints}`);
      return value;
    } finally {
      patience.abort();
      late.catch(() => {});
    }
  }

  /** What a peer with `--on-input` waits for. */
  cue(): void {
    this.#child.stdin?.write('now\n');
  }

  /** Tells it to end properly; returns its exit status. */
  end(): Promise<number | null> {
    this.#child.stdin?.end();
    return this.exited;
  }

  /** Kills it, without a chance to clean up. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.exited;
  }
}
