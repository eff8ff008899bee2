import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Exit } from '../../shared/exit-code.ts';
import { ShmscopeError } from '../../shared/failure.ts';
import type { OutputPage, OutputQuery, PeerSnapshot, StartPeer } from '../../shared/peers.ts';
import type { ProcessControl } from '../kernel/process-control.ts';
import type { Launch, Launched } from './launch.ts';
import { OutputLog } from './output-log.ts';
import { readPaced } from './output-pace.ts';

/** How long a program that was told to end has, in ms, before it is killed. */
const GRACE_MS = 3000;
/** How long its last output is waited for after its end, in ms. */
const LAST_WORDS_MS = 1000;

interface Parts {
  readonly id: number;
  readonly start: StartPeer;
  readonly isOfTest: boolean;
  readonly launch: Launch;
  readonly launched: Launched;
  readonly control: ProcessControl;
  readonly onChange: () => void;
}

/** A program that was started from here, until it has ended and after. */
export class StartedPeer {
  /** Settles when it has ended together with everything that it had started; never rejects. */
  readonly ended: Promise<void>;
  readonly #parts: Parts;
  readonly #log = new OutputLog();
  /** Call it when there is more output. */
  readonly #looks = new Set<() => void>();
  readonly #startedAt = Date.now() * 1000;
  #bits: PeerSnapshot['bits'];
  #state: PeerSnapshot['state'] = 'running';
  #wanted = false;
  #exit: Exit | null = null;
  #endedAt: number | null = null;
  #leftBehind = 0;

  constructor(parts: Parts) {
    const { child } = parts.launched;
    this.#parts = parts;
    this.#bits = parts.control.processOf(this.pid).bits ?? parts.launch.bits;
    for (const stream of ['stdout', 'stderr'] as const)
      readPaced(child[stream], (bytes) => {
        this.#log.add(stream, bytes);
        for (const look of this.#looks) look();
        parts.onChange();
      });
    this.ended = this.#follow();
  }

  get pid(): number {
    return this.#parts.launched.child.pid as number;
  }

  get hasEnded(): boolean {
    return this.#state === 'ended';
  }

  get snapshot(): PeerSnapshot {
    const { id, start, isOfTest, launch } = this.#parts;
    return {
      id,
      name: path.basename(launch.file),
      start,
      isOfTest,
      pid: this.pid,
      bits: this.#bits,
      state: this.#state,
      startedAt: this.#startedAt,
      endedAt: this.#endedAt,
      exit: this.#exit,
      wanted: this.#wanted,
      leftBehind: this.#leftBehind,
      lines: this.#log.end,
    };
  }

  output(query: OutputQuery): OutputPage {
    return this.#log.read(query);
  }

  /** Called for each line that it writes from now on, soon after. Returns a function that stops it. */
  onLine(listener: (line: string) => void): () => void {
    let next = this.#log.end;
    const look = () => {
      const { lines, end } = this.#log.read({ from: next, limit: Number.POSITIVE_INFINITY });
      next = end;
      for (const { text } of lines) listener(text);
    };
    this.#looks.add(look);
    return () => this.#looks.delete(look);
  }

  /** Resolves with whether it has written a wanted line: as soon as it has, or when it has ended. */
  says(isWanted: (line: string) => boolean): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    let next = 0;
    const look = () => {
      const { lines, end } = this.#log.read({ from: next, limit: Number.POSITIVE_INFINITY });
      next = end;
      if (lines.some(({ text }) => isWanted(text))) resolve(true);
    };
    this.#looks.add(look);
    look();
    void this.ended.then(() => {
      look();
      resolve(false);
    });
    return promise.finally(() => this.#looks.delete(look));
  }

  /** Throws `busy` if it is being ended or has ended. */
  suspend(): void {
    this.#checkRuns();
    this.#parts.launched.adopted.suspend();
    this.#become('suspended');
  }

  resume(): void {
    this.#checkRuns();
    this.#parts.launched.adopted.resume();
    this.#become('running');
  }

  /** Closes its standard input, asks it to end if the system can, and kills it if it doesn't. */
  async stop(): Promise<void> {
    if (this.hasEnded) return;
    const { child, adopted } = this.#parts.launched;
    this.#wanted = true;
    if (this.#state === 'suspended') adopted.resume();
    this.#become('stopping');
    child.stdin.end();
    adopted.askToEnd();
    const timer = setTimeout(() => adopted.kill(), GRACE_MS);
    await this.ended;
    clearTimeout(timer);
  }

  /** Kills it, with everything that it has started. */
  async kill(): Promise<void> {
    if (this.hasEnded) return;
    this.#wanted = true;
    this.#become('stopping');
    this.#parts.launched.adopted.kill();
    await this.ended;
  }

  /** Text for its standard input, as a line. */
  tell(line: string): void {
    this.#checkRuns();
    this.#parts.launched.child.stdin.write(`${line}\n`);
  }

  async #follow(): Promise<void> {
    const { child, adopted } = this.#parts.launched;
    const closed = once(child, 'close').catch(() => {});
    const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => {
      child.once('exit', (exitCode, exitSignal) => resolve([exitCode, exitSignal]));
    });
    this.#leftBehind = adopted.sweep();
    adopted.close();
    await Promise.race([closed, sleep(LAST_WORDS_MS, undefined, { ref: false })]);
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].destroy();
      this.#log.finish(stream);
    }
    child.stdin.destroy();
    this.#exit = { code: code === null ? null : code >>> 0, signal };
    this.#endedAt = Date.now() * 1000;
    this.#become('ended');
  }

  #checkRuns(): void {
    if (this.#state === 'running' || this.#state === 'suspended') return;
    throw new ShmscopeError('busy', `The program ${this.hasEnded ? 'has ended' : 'is being ended'}. Start it again.`);
  }

  #become(state: PeerSnapshot['state']): void {
    this.#state = state;
    this.#parts.onChange();
  }
}
