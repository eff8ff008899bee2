import { createMultibyteDecoder, createMultibyteEncoder } from '@exodus/bytes/multi-byte.js';
import { createSinglebyteDecoder, createSinglebyteEncoder } from '@exodus/bytes/single-byte.js';
import type { Codec, Encoded } from './codec.ts';
import type { Encoding } from './encodings.ts';
import { MULTI_BYTE, type MultiByte } from './multi-byte.ts';
import { characterStart, decodeUtf8, encodeUtf8, type Run, utf8Runs } from './utf8.ts';
import { utf16Codec } from './utf16.ts';

const codecs = new Map<Encoding, Codec>();

export function codecOf(encoding: Encoding): Codec {
  const known = codecs.get(encoding);
  if (known) return known;
  const codec = makeCodec(encoding);
  codecs.set(encoding, codec);
  return codec;
}

function makeCodec(encoding: Encoding): Codec {
  if (encoding === 'utf-8') return UTF8;
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return utf16Codec(encoding);
  const multiByte = MULTI_BYTE[encoding];
  return multiByte ? multiByteCodec(encoding, multiByte) : singleByteCodec(encoding);
}

const UTF8: Codec = {
  runs: utf8Runs,
  decode: decodeUtf8,
  encode: (text) => {
    const half = halfPair(text);
    return half < 0 ? { ok: true, bytes: encodeUtf8(text) } : { ok: false, at: half, length: 1 };
  },
  characterStart,
};

/** Where a lone surrogate is; -1 if there is none. */
const halfPair = (text: string) => text.search(/\p{Cs}/u);

/** Bytes of each character separately, to locate the one that has none. */
function encodeWith(write: (text: string) => Uint8Array<ArrayBuffer>, text: string): Encoded {
  try {
    return { ok: true, bytes: write(text) };
  } catch {
    let at = 0;
    for (const character of text) {
      if (!canWrite(write, character)) return { ok: false, at, length: character.length };
      at += character.length;
    }
    return { ok: false, at: 0, length: text.length };
  }
}

function canWrite(write: (text: string) => Uint8Array, character: string): boolean {
  try {
    write(character);
    return true;
  } catch {
    return false;
  }
}

function singleByteCodec(encoding: Encoding): Codec {
  const read = createSinglebyteDecoder(encoding, true);
  const write = createSinglebyteEncoder(encoding);
  return {
    runs: (bytes) => runsOfCharacters(read(bytes), bytes),
    decode: (bytes) => {
      const text = read(bytes);
      return text.includes('\ufffd') ? null : text;
    },
    encode: (text) => encodeWith(write, text),
    characterStart: (_, at) => at,
  };
}

/** A byte without a character is U+FFFD, which no code page has. */
function runsOfCharacters(text: string, bytes: Uint8Array): Run[] {
  const runs: Run[] = [];
  let from = 0;
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', from)) {
    if (at > from) runs.push({ text: text.slice(from, at) });
    runs.push({ byte: bytes[at] as number });
    from = at + 1;
  }
  if (from < text.length) runs.push({ text: text.slice(from) });
  return runs;
}

function multiByteCodec(encoding: Encoding, { lengthAt }: MultiByte): Codec {
  const decoder = createMultibyteDecoder(encoding);
  const write = createMultibyteEncoder(encoding);
  const read = (bytes: Uint8Array): string | null => {
    try {
      const text = decoder(bytes);
      // Some byte sequences mean the same as others: only what is encoded as it was counts as text.
      return isSame(write(text), bytes) ? text : null;
    } catch {
      return null;
    }
  };
  const runs = (bytes: Uint8Array) => runsBy(read, lengthAt, bytes);
  return {
    runs,
    decode: (bytes, cut = false) => {
      const text = read(bytes);
      return text === null && cut ? read(bytes.subarray(0, startBefore(lengthAt, bytes, bytes.length))) : text;
    },
    encode: (text) => encodeWith(write, text),
    characterStart: (bytes, at) => startFrom(lengthAt, bytes, at),
  };
}

const isSame = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, at) => byte === b[at]);

function runsBy(read: (bytes: Uint8Array) => string | null, lengthAt: MultiByte['lengthAt'], bytes: Uint8Array): Run[] {
  const whole = read(bytes);
  if (whole !== null) return whole === '' ? [] : [{ text: whole }];
  const runs: Run[] = [];
  let text = '';
  const flush = () => {
    if (text !== '') runs.push({ text });
    text = '';
  };
  for (let at = 0; at < bytes.length; ) {
    const length = lengthAt(bytes, at);
    const character = at + length > bytes.length ? null : read(bytes.subarray(at, at + length));
    if (character === null) {
      flush();
      runs.push({ byte: bytes[at] as number });
      at += 1;
    } else {
      text += character;
      at += length;
    }
  }
  flush();
  return runs;
}

/**
 * Bytes before a position that {@link Codec.characterStart} needs, unless they are the beginning: among this many bytes
 * of text, one stands alone.
 */
export const LOOK_BACK = 1024;

/** Lower bytes are characters of their own in each of these encodings, so decoding can start after one. */
const ALONE = 0x30;

/** The last character's beginning at or before `at`. */
function startBefore(lengthAt: MultiByte['lengthAt'], bytes: Uint8Array, at: number): number {
  let start = at;
  while (start > 0 && (bytes[start - 1] as number) >= ALONE) start -= 1;
  for (let next = start; next < at; ) {
    start = next;
    next += lengthAt(bytes, next);
  }
  return start;
}

function startFrom(lengthAt: MultiByte['lengthAt'], bytes: Uint8Array, at: number): number {
  const start = startBefore(lengthAt, bytes, at);
  return start < at ? Math.min(bytes.length, start + lengthAt(bytes, start)) : at;
}
