import type { Encoding } from './encodings.ts';

/** How an encoding with multi-byte characters is split into them. */
export interface MultiByte {
  /** Bytes of the character that begins at `at`, judged only by its first bytes; it may be invalid. */
  readonly lengthAt: (bytes: Uint8Array, at: number) => number;
}

const within = (byte: number | undefined, low: number, high: number) =>
  byte !== undefined && byte >= low && byte <= high;

const pairs: MultiByte = { lengthAt: (bytes, at) => (within(bytes[at], 0x81, 0xfe) ? 2 : 1) };

const gb: MultiByte = {
  lengthAt: (bytes, at) => {
    if (!within(bytes[at], 0x81, 0xfe)) return 1;
    return within(bytes[at + 1], 0x30, 0x39) ? 4 : 2;
  },
};

const shiftJis: MultiByte = {
  lengthAt: (bytes, at) => (within(bytes[at], 0x81, 0x9f) || within(bytes[at], 0xe0, 0xfc) ? 2 : 1),
};

const eucJp: MultiByte = {
  lengthAt: (bytes, at) => {
    if (bytes[at] === 0x8f) return 3;
    return bytes[at] === 0x8e || within(bytes[at], 0xa1, 0xfe) ? 2 : 1;
  },
};

export const MULTI_BYTE: Readonly<Partial<Record<Encoding, MultiByte>>> = {
  gbk: gb,
  gb18030: gb,
  big5: pairs,
  'euc-kr': pairs,
  shift_jis: shiftJis,
  'euc-jp': eucJp,
};
