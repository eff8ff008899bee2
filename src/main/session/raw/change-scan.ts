import type { ReadableSection } from '../../kernel/kernel.ts';

/** Bytes read at once, and bytes compared at once to find where they differ. */
const CHUNK = 64 * 1024;
const BLOCK = 512;
/** The most bytes of one look: a large section takes several. */
const PER_LOOK = 4 * 1024 * 1024;

/** Called with how many bytes from `offset` on have changed, counted from the start of the watched part. */
export type OnChange = (offset: number, count: number) => void;

/** Finds what has changed in a section since the last look. Keeps a copy of what it watches. */
export class ChangeScan {
  readonly #section: ReadableSection;
  readonly #onChange: OnChange;
  readonly #room: Buffer;
  /** Where the watched part begins. */
  #from = 0;
  /** Its bytes as last seen; what is beyond `#known` hasn't been seen yet. */
  #seen: Buffer;
  readonly #now = Buffer.alloc(CHUNK);
  #known = 0;
  #at = 0;

  /** @param most the most bytes that are watched, from the section's beginning until {@link move} */
  constructor(section: ReadableSection, most: number, onChange: OnChange) {
    this.#section = section;
    this.#onChange = onChange;
    this.#room = Buffer.alloc(most);
    this.#seen = this.#room;
  }

  /** Watches another part, in which nothing has changed yet. `length` is at most `most`. */
  move(from: number, length: number): void {
    this.#from = from;
    this.#seen = this.#room.subarray(0, length);
    this.#known = 0;
    this.#at = 0;
  }

  /** Continues where the last look ended, and wraps around at the end. */
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
    this.#section.read(this.#from + offset, now);
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
