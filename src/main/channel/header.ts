import { FLAG, type Lane, MIN_BUFFER_SIZE } from '../../shared/domain.ts';
import type { ReadableSection, Section } from '../kernel/kernel.ts';
import { pinned } from '../kernel/pinned.ts';
import type { Geometry } from './layout.ts';

/** The header of every layout lies within these bytes. */
export const HEADER_BYTES = 24;

/**
 * The result of a look at the header: unchanged · `renewed`: a fresh one was written since, in the same place ·
 * `moved`: its layout or buffer size is different, so the slots are no longer where they were.
 */
export type HeaderState = 'same' | 'renewed' | 'moved';

/**
 * The header of an open channel as of the last look, and whether it is still the one that was opened. Every message
 * takes three looks, so offsets are computed once: a lookup by name would take longer than the call that copies.
 */
export class Header {
  readonly section: ReadableSection;
  readonly geometry: Geometry;
  readonly #copy = pinned(HEADER_BYTES);
  readonly #view = new DataView(this.#copy.buffer);
  readonly #flagAtS2c: number;
  readonly #flagAtC2s: number;
  readonly #isSized: boolean;
  readonly #capacity: number;
  /** The flags as last seen or written while the header was ours. */
  #flagS2c: number = FLAG.waiting;
  #flagC2s: number = FLAG.waiting;
  #wiped: readonly Lane[] = [];

  constructor(section: ReadableSection, geometry: Geometry) {
    const { spec, capacity } = geometry;
    this.section = section;
    this.geometry = geometry;
    this.#flagAtS2c = spec.flag.s2c;
    this.#flagAtC2s = spec.flag.c2s;
    this.#isSized = spec.bufferSize !== null;
    this.#capacity = capacity;
    this.look();
  }

  /**
   * Takes a new copy, in one call: in every layout a flag precedes its length and a copy goes upwards, so no length is
   * older than its flag. Once a flag was used, only a fresh header can hold 0 again.
   */
  look(): HeaderState {
    this.section.read(0, this.#copy);
    const first = this.u32(0);
    if (this.#isSized ? first !== this.#capacity : first >= MIN_BUFFER_SIZE) return 'moved';
    const [s2c, c2s] = [this.u32(this.#flagAtS2c), this.u32(this.#flagAtC2s)];
    const isFresh = (s2c === FLAG.waiting && this.#flagS2c !== s2c) || (c2s === FLAG.waiting && this.#flagC2s !== c2s);
    if (isFresh) this.#noteWiped(s2c, c2s);
    this.#flagS2c = s2c;
    this.#flagC2s = c2s;
    return isFresh ? 'renewed' : 'same';
  }

  /** As of the last look. The first 4 bytes are the buffer size in a `sized` header, a flag in the others. */
  u32(offset: number): number {
    return this.#view.getUint32(offset, true);
  }

  /** What we have stored ourselves since the last look. */
  protected noteStored(offset: number, value: number, isFlag: boolean): void {
    this.#view.setUint32(offset, value, true);
    if (!isFlag) return;
    if (offset === this.#flagAtS2c) this.#flagS2c = value;
    else this.#flagC2s = value;
  }

  /** The lanes whose unread message the last renewal wiped out. */
  get wiped(): readonly Lane[] {
    return this.#wiped;
  }

  #noteWiped(s2c: number, c2s: number): void {
    this.#wiped = [
      ...(this.#flagS2c === FLAG.sent && s2c !== FLAG.sent ? (['s2c'] as const) : []),
      ...(this.#flagC2s === FLAG.sent && c2s !== FLAG.sent ? (['c2s'] as const) : []),
    ];
  }
}

/** The header for an end of the channel, which stores its flags there. */
export class WritableHeader extends Header {
  override readonly section: Section;

  constructor(section: Section, geometry: Geometry) {
    super(section, geometry);
    this.section = section;
  }

  storeFlag(offset: number, flag: number): void {
    this.section.storeU32(offset, flag);
    this.noteStored(offset, flag, true);
  }

  store(offset: number, value: number): void {
    this.section.storeU32(offset, value);
    this.noteStored(offset, value, false);
  }
}
