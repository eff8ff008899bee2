import type { ReadableSection } from '../../kernel/kernel.ts';

/** Bytes that are read at once, and those that are compared at once to find where they differ. */
const CHUNK = 64 * 1024;
const BLOCK = 512;
/** Most bytes of one look: a large section is gone through in several. */
const PER_LOOK = 4 * 1024 * 1024;

/** Hears how many bytes from `offset` on have changed. */
export type OnChange = (offset: number, count: number) => void;

/** Finds what has changed in a section since it was looked at before. Keeps a copy of what it watches. */
export class ChangeScan {
  readonly #section: ReadableSection;
  readonly #onChange: OnChange;
  /** What was seen last; what lies behind `#known` was not yet. */
  readonly #seen: Buffer;
  readonly #now = Buffer.alloc(CHUNK);
  #known = 0;
  #at = 0;

  /** @param watched bytes from the section's beginning */
  constructor(section: ReadableSection, watched: number, onChange: OnChange) {
    this.#section = section;
    this.#onChange = onChange;
    this.#seen = Buffer.alloc(watched);
  }

  /** Goes on where the last look ended, and begins anew at the end. */
  look(): void {
    const total = this.#seen.length;
    for (let left = Math.min(PER_LOOK, total); left > 0; ) {
      const length = Math.min(CHUNK, total - this.#at, left);
      this.#compare(this.#at, length);
      this.#at = (this.#at + length) % total;
      left -= length;
    }
  }

  #compare(offset: number, length: number): void {
    const now = this.#now.subarray(0, length);
    this.#section.read(offset, now);
    const seen = this.#seen.subarray(offset, offset + length);
    const isKnown = offset + length <= this.#known;
    if (isKnown && now.equals(seen)) return;
    if (isKnown) for (let at = 0; at < length; at += BLOCK) this.#compareBlock(offset, now, seen, at);
    this.#known = Math.max(this.#known, offset + length);
    now.copy(seen);
  }

  #compareBlock(offset: number, now: Buffer, seen: Buffer, from: number): void {
    const to = Math.min(from + BLOCK, now.length);
    if (now.compare(seen, from, to, from, to) === 0) return;
    let count = 0;
    for (let at = from; at < to; at++) if (now[at] !== seen[at]) count++;
    this.#onChange(offset + from, count);
  }
}
