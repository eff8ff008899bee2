import type { Api } from '../../../shared/api.ts';
import type { LogRow } from '../../../shared/log.ts';
import type { OpenTypes } from '../../../shared/types/compiled/open.ts';
import type { Decoded, FieldValue } from '../../../shared/types/decoder.ts';
import { fieldAtPath } from '../../../shared/types/paths.ts';

/** Longer payloads aren't fetched for a cell; in bytes. */
const MOST = 64 * 1024;
/** Fetched payloads that are kept: more than rows are in view. */
const KEPT = 200;
/** Requests under way at once. */
const AT_ONCE = 4;

/** Why a cell is empty: its bytes are being fetched, or are too many. */
export type NoCell = 'pending' | 'too-long' | null;

/**
 * Reads the fields of the rows in view. A short message is complete in its row; a longer one is fetched, the last
 * viewed first.
 */
export class FieldCells {
  readonly #api: Pick<Api, 'payload'>;
  readonly #session: number;
  readonly #section: string | undefined;
  readonly #types: OpenTypes;
  readonly #decoded = new WeakMap<LogRow, Decoded | null>();
  /** By record; null: it can't be read. */
  readonly #fetched = new Map<number, Uint8Array | null>();
  readonly #listeners = new Set<() => void>();
  #wanted: LogRow[] = [];
  readonly #asked = new Set<number>();
  #busy = 0;
  #version = 0;

  constructor(api: Pick<Api, 'payload'>, session: number, section: string | undefined, types: OpenTypes) {
    this.#api = api;
    this.#session = session;
    this.#section = section;
    this.#types = types;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Changes when bytes have arrived. */
  get version(): number {
    return this.#version;
  }

  field(row: LogRow, path: string): FieldValue | NoCell {
    const decoded = this.#read(row);
    if (decoded === null || typeof decoded === 'string') return decoded;
    return fieldAtPath(decoded.fields, path) ?? null;
  }

  #read(row: LogRow): Decoded | NoCell {
    if (row.kind !== 'message') return null;
    const known = this.#decoded.get(row);
    if (known !== undefined) return known;
    if (row.size > MOST) return 'too-long';
    const bytes = row.preview.length === row.size ? row.preview : this.#fetched.get(row.seq);
    if (bytes === undefined) {
      this.#want(row);
      return 'pending';
    }
    const decoded = bytes && (this.#types.match(this.#section, row.lane, bytes)?.decoder.decode(bytes) ?? null);
    this.#decoded.set(row, decoded);
    return decoded;
  }

  #want(row: LogRow): void {
    // What isn't a message with a type need not be fetched.
    if (this.#types.bindings.length === 0 || this.#asked.has(row.seq)) return;
    if (this.#wanted.every(({ seq }) => seq !== row.seq)) this.#wanted = [row, ...this.#wanted].slice(0, KEPT / 2);
    void this.#work();
  }

  async #work(): Promise<void> {
    const row = this.#busy < AT_ONCE ? this.#wanted.shift() : undefined;
    if (!row) return;
    this.#busy += 1;
    this.#asked.add(row.seq);
    const answer = await this.#api.payload({ session: this.#session, seq: row.seq, offset: 0, length: row.size });
    this.#busy -= 1;
    this.#asked.delete(row.seq);
    this.#fetched.set(row.seq, answer.ok ? answer.value : null);
    const oldest = this.#fetched.keys().next().value;
    if (this.#fetched.size > KEPT && oldest !== undefined) this.#fetched.delete(oldest);
    this.#version += 1;
    for (const listener of this.#listeners) listener();
    void this.#work();
  }
}
