import type { Failure, Result } from '../../shared/failure.ts';

/** Bytes of one requested slice. */
export const SLICE = 64 * 1024;
/** Slices kept: 1 MiB of a payload that may have 256. */
const KEPT = 16;

/** The bytes of one record, fetched in slices as they are viewed; one request in flight, the last requested first. */
export class PayloadSource {
  readonly #fetch: (offset: number, length: number) => Promise<Result<Uint8Array>>;
  readonly size: number;
  readonly #slices = new Map<number, Uint8Array>();
  readonly #listeners = new Set<() => void>();
  #wanted: number[] = [];
  #busy = false;
  #version = 0;
  #failure: Failure | null = null;

  constructor(fetch: (offset: number, length: number) => Promise<Result<Uint8Array>>, size: number) {
    this.#fetch = fetch;
    this.size = size;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Changes with every answer. */
  get version(): number {
    return this.#version;
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  /** The bytes from `from` to `to` exclusive, or undefined until all of them are here. */
  read(from: number, to: number): Uint8Array | undefined {
    const end = Math.min(to, this.size);
    const parts: Uint8Array[] = [];
    for (let index = Math.floor(from / SLICE); index * SLICE < end; index += 1) {
      const slice = this.#slices.get(index);
      if (!slice) return undefined;
      parts.push(slice.subarray(Math.max(0, from - index * SLICE), Math.min(SLICE, end - index * SLICE)));
    }
    return parts.length === 1 ? parts[0] : joined(parts);
  }

  /** The bytes from `from` to `to` exclusive, whatever is being viewed; only kept if they are. At most 1 MiB. */
  async slice(from: number, to: number): Promise<Result<Uint8Array>> {
    const end = Math.min(to, this.size);
    const here = this.read(from, end);
    return here ? { ok: true, value: here } : this.#fetch(from, end - from);
  }

  /** Sets which bytes are being viewed; what was wanted before and hasn't arrived is no longer wanted. */
  look(from: number, to: number): void {
    const end = Math.min(to, this.size);
    this.#wanted = [];
    for (let index = Math.floor(from / SLICE); index * SLICE < end; index += 1) {
      const slice = this.#slices.get(index);
      if (slice) {
        this.#slices.delete(index);
        this.#slices.set(index, slice);
      } else this.#wanted.push(index);
    }
    void this.#work();
  }

  async #work(): Promise<void> {
    const index = this.#wanted[0];
    if (this.#busy || index === undefined || this.#failure) return;
    this.#busy = true;
    const offset = index * SLICE;
    const result = await this.#fetch(offset, Math.min(SLICE, this.size - offset));
    this.#busy = false;
    if (result.ok) this.#keep(index, result.value);
    else this.#failure = result.failure;
    this.#wanted = this.#wanted.filter((i) => i !== index);
    this.#version += 1;
    for (const listener of this.#listeners) listener();
    void this.#work();
  }

  #keep(index: number, bytes: Uint8Array): void {
    this.#slices.set(index, bytes);
    const oldest = this.#slices.keys().next().value;
    if (this.#slices.size > KEPT && oldest !== undefined) this.#slices.delete(oldest);
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
