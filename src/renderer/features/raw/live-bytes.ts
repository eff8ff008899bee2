import type { Api } from '../../../shared/api.ts';
import type { Failure } from '../../../shared/failure.ts';

/** ms that a changed byte stays marked, in this many steps. */
const FADE_MS = 3000;
const FADE_STEPS = 3;

/**
 * The bytes of a section that are in view, as they are now, and which of them have changed since the last look. Its
 * memory is what is in view.
 */
export class LiveBytes {
  readonly #read: (offset: number, length: number) => ReturnType<Api['rawBytes']>;
  readonly #listeners = new Set<() => void>();
  #from = 0;
  #bytes: Uint8Array = new Uint8Array();
  /** When each byte changed, by its offset, in ms of performance.now(). */
  #changedAt = new Map<number, number>();
  #wanted = { from: 0, to: 0 };
  #busy = false;
  #again = false;
  #version = 0;
  #failure: Failure | null = null;

  constructor(api: Pick<Api, 'rawBytes'>, session: number) {
    this.#read = (offset, length) => api.rawBytes(session, { offset, length });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** Changes when there is something else to show. */
  get version(): number {
    return this.#version;
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  /** Known bytes from `from` to below `to`; undefined if there are none. */
  read(from: number, to: number): Uint8Array | undefined {
    const part = this.#bytes.subarray(Math.max(0, from - this.#from), Math.max(0, to - this.#from));
    return from < this.#from || part.length === 0 ? undefined : part;
  }

  /** How long ago a byte changed, in steps from 0, the latest; undefined if that isn't news. */
  step(offset: number, now: number): number | undefined {
    const age = now - (this.#changedAt.get(offset) ?? Number.NEGATIVE_INFINITY);
    return age < FADE_MS ? Math.floor((age / FADE_MS) * FADE_STEPS) : undefined;
  }

  get isFading(): boolean {
    return this.#changedAt.size > 0;
  }

  /** Looks at the bytes from `from` to below `to`. */
  look(from: number, to: number): void {
    this.#wanted = { from, to };
    if (this.#busy) this.#again = true;
    else void this.#look();
  }

  async #look(): Promise<void> {
    this.#busy = true;
    do {
      this.#again = false;
      const { from, to } = this.#wanted;
      const result = await this.#read(from, to - from);
      if (result.ok) this.#take(from, result.value);
      this.#failure = result.ok ? null : result.failure;
      this.#version += 1;
      for (const listener of this.#listeners) listener();
    } while (this.#again);
    this.#busy = false;
  }

  #take(from: number, bytes: Uint8Array): void {
    const now = performance.now();
    const changedAt = new Map<number, number>();
    for (const [offset, at] of this.#changedAt)
      if (now - at < FADE_MS && offset >= from && offset < from + bytes.length) changedAt.set(offset, at);
    const end = Math.min(from + bytes.length, this.#from + this.#bytes.length);
    for (let offset = Math.max(from, this.#from); offset < end; offset++)
      if (bytes[offset - from] !== this.#bytes[offset - this.#from]) changedAt.set(offset, now);
    this.#changedAt = changedAt;
    this.#from = from;
    this.#bytes = bytes;
  }
}
