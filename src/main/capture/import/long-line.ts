import { MAX_BUFFER_SIZE } from '../../../shared/domain.ts';
import { SHORT_LINE } from './lines.ts';

/** Text decoded at once. */
const PIECE = 1024 * 1024;
/** Enough for everything before the payload. */
const HEAD_BYTES = 512;
/** JSON escapes a byte as `\u0000`. */
const MOST_PER_BYTE = 6;

/** A record's line up to its payload, exactly as an export writes it. */
const HEAD =
  /^\{"seq":\d{1,16},"time":"[^"\\]{1,40}","kind":"[a-z]{1,16}",(?:"direction":"(?:in|out|s2c|c2s)",)?"size":(\d{1,9}),"(text|hex)":"/;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const UNICODE_ESCAPE = 0x75;

/** The most bytes that a line with this start may have. Throws `RangeError` if it isn't one of our records. */
export function limitOfLine(start: Buffer): number {
  return MOST_PER_BYTE * headOf(start).size + SHORT_LINE;
}

/** A line whose payload may not fit into a string: the line without it, and its bytes. */
export interface SplitLine {
  readonly json: string;
  readonly key: 'text' | 'hex';
  readonly bytes: Buffer;
}

/** Throws `RangeError` for what no export writes. `line` must be valid UTF-8. */
export function splitLongLine(line: Buffer): SplitLine {
  const { length, key, size } = headOf(line);
  const bytes = Buffer.allocUnsafe(size);
  const end = key === 'hex' ? decodeHex(line, length, bytes) : decodeText(line, length, bytes);
  if (line.length - end > SHORT_LINE) throw new RangeError('it is longer than 1 MiB after its payload');
  return { json: line.toString('utf8', 0, length) + line.toString('utf8', end), key, bytes };
}

function headOf(line: Buffer): { readonly length: number; readonly key: 'text' | 'hex'; readonly size: number } {
  const match = HEAD.exec(line.toString('latin1', 0, HEAD_BYTES));
  if (!match) throw new RangeError("it is longer than 1 MiB and doesn't start like an exported record");
  const size = Number(match[1]);
  if (size > MAX_BUFFER_SIZE) throw new RangeError(`its size of ${size} bytes is more than a message can have`);
  return { length: match[0].length, key: match[2] as 'text' | 'hex', size };
}

/** Returns the position of the closing quote. */
function decodeHex(line: Buffer, from: number, bytes: Buffer): number {
  const end = line.indexOf(QUOTE, from);
  if (end < 0 || end - from !== bytes.length * 2) throw mismatch(bytes.length);
  for (let at = 0; at < bytes.length; at += PIECE) {
    const to = Math.min(at + PIECE, bytes.length);
    // Decoding stops at the first character that isn't hex.
    const text = line.toString('latin1', from + at * 2, from + to * 2);
    if (bytes.write(text, at, 'hex') !== to - at)
      throw new RangeError("its hex has a character that isn't a hex digit");
  }
  return end;
}

/** Decodes a JSON string in pieces that are cut between characters. Returns the position of the closing quote. */
function decodeText(line: Buffer, from: number, bytes: Buffer): number {
  let written = 0;
  const decode = (start: number, end: number) => {
    const text = parsed(`"${line.toString('utf8', start, end)}"`);
    if (!text.isWellFormed()) throw new RangeError('its text has half a surrogate pair');
    if (written + Buffer.byteLength(text) > bytes.length) throw mismatch(bytes.length);
    written += bytes.write(text, written);
  };
  let start = from;
  for (let at = from; at < line.length; at += unitAt(line, at)) {
    if (line[at] === QUOTE) {
      decode(start, at);
      if (written !== bytes.length) throw mismatch(bytes.length);
      return at;
    }
    if (at - start >= PIECE && isCut(line, at)) {
      decode(start, at);
      start = at;
    }
  }
  throw new RangeError("its text isn't terminated");
}

function parsed(json: string): string {
  try {
    return JSON.parse(json);
  } catch {
    throw new RangeError('its text is not JSON');
  }
}

/** Bytes of the escape sequence at this position, else 1. */
function unitAt(line: Buffer, at: number): number {
  if (line[at] !== BACKSLASH) return 1;
  return line[at + 1] === UNICODE_ESCAPE ? 6 : 2;
}

/** Not within a character, and not before the second half of a surrogate pair. */
function isCut(line: Buffer, at: number): boolean {
  const byte = line[at] as number;
  if (byte !== BACKSLASH) return (byte & 0xc0) !== 0x80;
  return line[at + 1] !== UNICODE_ESCAPE || ((line[at + 2] ?? 0) | 0x20) !== 0x64;
}

const mismatch = (size: number) => new RangeError(`its payload isn't the stated ${size} bytes`);
