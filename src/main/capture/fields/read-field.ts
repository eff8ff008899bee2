import type { DatabaseSync } from 'node:sqlite';
import type { DrawnValue } from '../../match/field-values.ts';
import type { FieldCache, FieldKey } from './field-cache.ts';
import { FieldPyramid } from './field-pyramid.ts';
import { States } from './states.ts';

/** A field of a session, as far as it was read; continues from there. */
export class ReadField {
  readonly id: number;
  readonly #db: DatabaseSync;
  readonly #cache: FieldCache;
  readonly #session: number;
  readonly #wall: number | null;
  #read: number;
  #pyramid: FieldPyramid;
  #states: States;

  constructor(db: DatabaseSync, cache: FieldCache, key: FieldKey) {
    this.#db = db;
    this.#cache = cache;
    this.#session = key.session;
    const { id, read, wall } = cache.field(key);
    this.id = id;
    this.#read = read;
    this.#wall = wall;
    this.#pyramid = new FieldPyramid(cache, id);
    this.#states = new States(cache, id);
  }

  /** Records examined so far, from the first one. */
  get read(): number {
    return this.#read;
  }

  get states(): States {
    return this.#states;
  }

  /** Starts over if another capture replaced the one that was read. */
  begin(first: number, end: number): void {
    const isOther = this.#read > end || (this.#read > first && this.#wallBefore(this.#read) !== this.#wall);
    if (isOther) {
      this.#cache.forget(this.id);
      this.#pyramid = new FieldPyramid(this.#cache, this.id);
      this.#states = new States(this.#cache, this.id);
      this.#read = 0;
    }
    this.#read = Math.max(first, this.#read);
  }

  take(seq: number, mono: number, value: DrawnValue): void {
    if (seq >= this.#read) this.#pyramid.add(mono, this.#states.numberOf(value));
  }

  /** All records below `read` were examined. */
  save(read: number): void {
    if (read <= this.#read) return;
    this.#pyramid.save();
    this.#read = read;
    this.#cache.progress(this.id, read, this.#wallBefore(read));
  }

  #wallBefore(seq: number): number | null {
    const row = this.#db.prepare('SELECT wall FROM record WHERE session = ? AND seq = ?').get(this.#session, seq - 1);
    return (row?.wall as number | undefined) ?? null;
  }
}
