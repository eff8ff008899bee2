import type { Format } from './format.ts';
import { describe, summary } from './plain-text.ts';
import type { WholeRecord } from './records.ts';

const ROW = 16;
/** Rows per piece. */
const ROWS = 4096;

const HEX = Array.from({ length: 256 }, (_, byte) => ` ${byte.toString(16).padStart(2, '0')}`);
const ASCII = Array.from({ length: 256 }, (_, byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.'));

/** A line per record, followed by its bytes as `hexdump -C` shows them. */
export const hexDump: Format<string> = {
  extension: 'hex.txt',
  name: 'a hex dump',
  maxRecords: Number.POSITIVE_INFINITY,
  head: describe,
  record,
  foot: () => '',
};

function* record(whole: WholeRecord): Generator<string> {
  yield `${summary(whole)}\n`;
  const { bytes } = whole;
  for (let from = 0; from < bytes.byteLength; from += ROW * ROWS) {
    let rows = '';
    const end = Math.min(from + ROW * ROWS, bytes.byteLength);
    for (let at = from; at < end; at += ROW) rows += row(bytes, at, Math.min(at + ROW, end));
    yield rows;
  }
}

function row(bytes: Uint8Array, from: number, to: number): string {
  let hex = '';
  let ascii = '';
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number;
    hex += at - from === ROW / 2 ? ` ${HEX[byte]}` : HEX[byte];
    ascii += ASCII[byte];
  }
  return `${from.toString(16).padStart(8, '0')} ${hex.padEnd(ROW * 3 + 1)}  |${ascii}|\n`;
}
