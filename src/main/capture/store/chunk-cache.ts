import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Lru } from './lru.ts';

/** Bytes of chunks kept for the next request. */
const CACHE_BYTES = 32 * 1024 * 1024;

interface Cached {
  readonly bytes: Uint8Array;
  /** False: only the head of a chunk that holds one large payload. */
  readonly whole: boolean;
}

/** Reads chunks of payloads; the last used stay in memory. */
export class ChunkCache {
  readonly #starts: StatementSync;
  readonly #data: StatementSync;
  readonly #cache = new Lru<number, Cached>(CACHE_BYTES, ({ bytes }) => bytes.byteLength);

  constructor(db: DatabaseSync) {
    this.#starts = db.prepare('SELECT head, CASE WHEN head IS NULL THEN data END AS data FROM chunk WHERE id = ?');
    this.#data = db.prepare('SELECT data FROM chunk WHERE id = ?');
  }

  /** The chunk, or only its first PREVIEW_BYTES if a single large payload fills it. */
  start(id: number): Uint8Array {
    const known = this.#cache.get(id);
    if (known) return known.bytes;
    const { head, data } = this.#starts.get(id) as { head: Uint8Array | null; data: Uint8Array };
    return this.#cache.set(id, { bytes: head ?? data, whole: head === null }).bytes;
  }

  whole(id: number): Uint8Array {
    const known = this.#cache.get(id);
    if (known?.whole) return known.bytes;
    const { data } = this.#data.get(id) as { data: Uint8Array };
    return this.#cache.set(id, { bytes: data, whole: true }).bytes;
  }
}
