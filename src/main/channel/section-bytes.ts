const BLOCK = 64;

/** Bytes copied from a section, and the offset of the first. */
export interface Span {
  readonly from: number;
  readonly bytes: Uint8Array;
}

/** The known bytes of a section, little-endian. Bytes that weren't copied read 0. */
export class SectionBytes {
  readonly #spans: readonly Copied[];

  /** `spans` are in order and don't overlap. */
  constructor(...spans: readonly Span[]) {
    this.#spans = spans.map((span) => new Copied(span));
  }

  u8(at: number): number {
    for (const { from, bytes } of this.#spans) if (at >= from && at < from + bytes.length) return bytes[at - from] ?? 0;
    return 0;
  }

  u32(at: number): number {
    return (this.u8(at) | (this.u8(at + 1) << 8) | (this.u8(at + 2) << 16) | (this.u8(at + 3) << 24)) >>> 0;
  }

  /** Rounded above 2^53. */
  u64(at: number): number {
    return this.u32(at) + this.u32(at + 4) * 2 ** 32;
  }

  /** Where the nonzero part of the bytes from `from` up to `to` begins and ends; null if all are zero. */
  used(from: number, to: number): { from: number; to: number } | null {
    let [first, end] = [-1, -1];
    for (const span of this.#spans) {
      const start = span.firstUsed(from, to);
      if (start < 0) continue;
      if (first < 0) first = start;
      end = span.lastUsed(from, to) + 1;
    }
    return first < 0 ? null : { from: first, to: end };
  }

  /** A copy of the known part of `from` up to `to`, starting at its first known byte. */
  slice(from: number, to: number): Uint8Array {
    const span = this.#spans.find((one) => from >= one.from && from < one.from + one.bytes.length);
    return span ? span.bytes.slice(from - span.from, Math.max(from, to) - span.from) : new Uint8Array();
  }
}

/** A span that knows which of its blocks are all zero: slots are large, mostly empty, and queried often. */
class Copied {
  readonly from: number;
  readonly bytes: Uint8Array;
  #used: readonly boolean[] | null = null;

  constructor({ from, bytes }: Span) {
    this.from = from;
    this.bytes = bytes;
  }

  /** Which blocks hold anything. Computed on demand: most copies are only compared. */
  get #isUsed(): readonly boolean[] {
    this.#used ??= usedBlocks(this.bytes);
    return this.#used;
  }

  /** The section offset of the first nonzero byte from `from` up to `to`; -1 if all are zero. */
  firstUsed(from: number, to: number): number {
    let at = Math.max(0, from - this.from);
    const end = Math.min(this.bytes.length, to - this.from);
    while (at < end) {
      if (at % BLOCK === 0 && !this.#isUsed[at / BLOCK]) at += BLOCK;
      else if (this.bytes[at] !== 0) return at + this.from;
      else at++;
    }
    return -1;
  }

  lastUsed(from: number, to: number): number {
    const first = Math.max(0, from - this.from);
    let at = Math.min(this.bytes.length, to - this.from) - 1;
    while (at >= first) {
      if (at % BLOCK === BLOCK - 1 && !this.#isUsed[(at - BLOCK + 1) / BLOCK]) at -= BLOCK;
      else if (this.bytes[at] !== 0) return at + this.from;
      else at--;
    }
    return -1;
  }
}

function usedBlocks(bytes: Uint8Array): boolean[] {
  const used = new Array<boolean>(Math.ceil(bytes.length / BLOCK)).fill(false);
  const whole = bytes.byteOffset % 4 === 0 ? Math.floor(bytes.length / 4) : 0;
  const words = new Uint32Array(bytes.buffer, whole ? bytes.byteOffset : 0, whole);
  for (let word = 0; word < whole; word++) if (words[word] !== 0) used[Math.floor((word * 4) / BLOCK)] = true;
  for (let at = whole * 4; at < bytes.length; at++) if (bytes[at] !== 0) used[Math.floor(at / BLOCK)] = true;
  return used;
}
