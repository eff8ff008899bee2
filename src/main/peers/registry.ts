import { ShmscopeError } from '../../shared/failure.ts';
import { MAX_PEERS, type PeerSnapshot, type ProgramInfo, type StartPeer } from '../../shared/peers.ts';
import type { ProcessControl } from '../kernel/process-control.ts';
import { bundledArguments, bundledPeer } from './bundled.ts';
import type { Executable } from './executable.ts';
import { type Launch, launch } from './launch.ts';
import { StartedPeer } from './peer.ts';
import { runs32Bit } from './runs-32-bit.ts';
import { checkStartable } from './startable.ts';

/** The programs that were started from here. */
export class PeerRegistry {
  readonly #control: ProcessControl;
  readonly #roots: readonly string[];
  readonly #onChange: () => void;
  readonly #onEnd: (peer: PeerSnapshot) => void;
  readonly #peers = new Map<number, StartedPeer>();
  #starting = 0;
  #nextId = 1;
  #isClosed = false;

  /** `roots`: folders that may have the bundled peers. `onEnd` is called for each that has ended. */
  constructor(parts: {
    control: ProcessControl;
    roots: readonly string[];
    onChange: () => void;
    onEnd: (peer: PeerSnapshot) => void;
  }) {
    this.#control = parts.control;
    this.#roots = parts.roots;
    this.#onChange = parts.onChange;
    this.#onEnd = parts.onEnd;
  }

  /**
   * Throws the reason if it can't be started; then none of it runs. `isOfTest`: started by a scenario or the matrix.
   */
  async start(start: StartPeer, isOfTest = false): Promise<PeerSnapshot> {
    const running = [...this.#peers.values()].filter((peer) => !peer.hasEnded).length + this.#starting;
    if (running >= MAX_PEERS)
      throw new ShmscopeError('too-many-peers', `${MAX_PEERS} programs are running, which is the maximum. End one.`);
    this.#starting++;
    try {
      return (await this.#start(start, isOfTest)).snapshot;
    } finally {
      this.#starting--;
      this.#onChange();
    }
  }

  /** What a program is. Throws the reason if it can't be started. */
  async inspect(file: string): Promise<ProgramInfo> {
    const { format, bits, machine } = await this.#check(file);
    return { format, bits, machine };
  }

  /** Throws `no-such-peer`. */
  get(id: number): StartedPeer {
    const peer = this.#peers.get(id);
    if (peer) return peer;
    throw new ShmscopeError('no-such-peer', `There is no program ${id} here. It may have been removed.`);
  }

  snapshots(): PeerSnapshot[] {
    return [...this.#peers.values()].map(({ snapshot }) => snapshot);
  }

  /** Takes an ended one off the list. Throws `busy` while it runs. */
  remove(id: number): void {
    if (!this.get(id).hasEnded) throw new ShmscopeError('busy', 'The program is still running. End it first.');
    this.#peers.delete(id);
    this.#onChange();
  }

  /** Ends all of them. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#peers.values()].map((peer) => peer.stop()));
  }

  async #start(start: StartPeer, isOfTest: boolean): Promise<StartedPeer> {
    const plan = await this.#launchOf(start);
    const launched = await launch(plan, this.#control);
    const parts = { id: this.#nextId++, start, isOfTest, launch: plan, launched, control: this.#control };
    const peer = new StartedPeer({ ...parts, onChange: this.#onChange });
    this.#forgetOldest();
    this.#peers.set(parts.id, peer);
    void peer.ended.then(() => this.#onEnd(peer.snapshot));
    if (this.#isClosed) await peer.kill();
    return peer;
  }

  async #launchOf(start: StartPeer): Promise<Launch> {
    const file = start.kind === 'bundled' ? bundledPeer(start.bits, this.#roots) : start.file;
    const { bits } = await this.#check(file);
    return start.kind === 'bundled'
      ? { file, bits, args: bundledArguments(start), env: {}, cwd: undefined }
      : { file, bits, args: start.args, env: start.env, cwd: start.cwd };
  }

  async #check(file: string): Promise<Executable> {
    const { platform, arch } = process;
    const isElevated = this.#control.isElevated();
    return checkStartable(file, { platform, arch, isElevated, runs32Bit: await runs32Bit() });
  }

  /** The most ended ones that are listed. Those started by tests are dropped before the user's. */
  #forgetOldest(): void {
    const ended = [...this.#peers.values()].map((peer) => peer.snapshot).filter(({ state }) => state === 'ended');
    const order = [...ended.filter((peer) => peer.isOfTest), ...ended.filter((peer) => !peer.isOfTest)];
    for (const { id } of order.slice(0, Math.max(0, ended.length + 1 - MAX_PEERS))) this.#peers.delete(id);
  }
}
