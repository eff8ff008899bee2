import { FLAG, LANES, type Lane, MIN_BUFFER_SIZE } from '../../shared/domain.ts';
import type { Section } from '../kernel/kernel.ts';
import type { Geometry } from './layout.ts';

/** The header of every layout lies within these bytes. */
const HEADER_BYTES = 24;

/**
 * What a look at the header found: as it was left · `renewed`: a fresh one was written since, in the same place · `moved`: its layout or
 * buffer size is another, so that the slots are no longer where they were.
 */
export type HeaderState = 'same' | 'renewed' | 'moved';

/** The header of an open channel as it stood at the last look, and whether it is still the one that was opened. */
export class Header {
  readonly section: Section;
  readonly geometry: Geometry;
  readonly #copy = new Uint8Array(HEADER_BYTES);
  readonly #view = new DataView(this.#copy.buffer);
  /** The flags as they were seen or written last while the header was ours. */
  readonly #flags: Record<Lane, number> = { s2c: FLAG.waiting, c2s: FLAG.waiting };
  #wiped: readonly Lane[] = [];

  constructor(section: Section, geometry: Geometry) {
    this.section = section;
    this.geometry = geometry;
    this.look();
  }

  /**
   * Takes a new copy, in one call: a flag lies before its length in every layout and a copy goes upwards, so no length is older than its flag.
   * Once a flag was used only a fresh header can hold 0 again.
   */
  look(): HeaderState {
    this.section.read(0, this.#copy);
    if (!this.#isInPlace) return 'moved';
    const [s2c, c2s] = [this.flag('s2c'), this.flag('c2s')];
    const renewed =
      (s2c === FLAG.waiting && this.#flags.s2c !== FLAG.waiting) ||
      (c2s === FLAG.waiting && this.#flags.c2s !== FLAG.waiting);
    if (renewed) this.#wiped = LANES.filter((lane) => this.#flags[lane] === FLAG.sent && this.flag(lane) !== FLAG.sent);
    this.#flags.s2c = s2c;
    this.#flags.c2s = c2s;
    return renewed ? 'renewed' : 'same';
  }

  /** As of the last look. */
  flag(lane: Lane): number {
    return this.#view.getUint32(this.geometry.spec.flag[lane], true);
  }

  /** As of the last look: a stranger may have written anything, up to 2^64 in `fixed64` (then rounded as a double). */
  length(lane: Lane): number {
    const { length, lengthBytes } = this.geometry.spec;
    const low = this.#view.getUint32(length[lane], true);
    return lengthBytes === 4 ? low : low + this.#view.getUint32(length[lane] + 4, true) * 2 ** 32;
  }

  storeFlag(lane: Lane, flag: number): void {
    const offset = this.geometry.spec.flag[lane];
    this.section.storeU32(offset, flag);
    this.#view.setUint32(offset, flag, true);
    this.#flags[lane] = flag;
  }

  storeLength(lane: Lane, bytes: number): void {
    const { length, lengthBytes } = this.geometry.spec;
    if (this.length(lane) === bytes) return;
    this.section.storeU32(length[lane], bytes);
    this.#view.setUint32(length[lane], bytes, true);
    if (lengthBytes === 4) return;
    this.section.storeU32(length[lane] + 4, 0);
    this.#view.setUint32(length[lane] + 4, 0, true);
  }

  /** Where a message stood unread that the last renewal wiped out. */
  get wiped(): readonly Lane[] {
    return this.#wiped;
  }

  /** The first 4 bytes as of the last look: the buffer size of a `sized` header, a flag in the others. */
  get first(): number {
    return this.#view.getUint32(0, true);
  }

  get #isInPlace(): boolean {
    const { spec, capacity } = this.geometry;
    return spec.bufferSize === null ? this.first < MIN_BUFFER_SIZE : this.first === capacity;
  }
}
