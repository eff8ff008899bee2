import { isUtf8 } from 'node:buffer';
import type { JsonContent } from '../../shared/json-record.ts';
import { codecOf } from '../../shared/text/codec.ts';
import type { Encoding } from '../../shared/text/encodings.ts';

/** Bytes as a Buffer over the same memory. */
export const buffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Bytes as text, with U+FFFD where they are none; for what has to be found, not shown. */
export function looseText(bytes: Buffer, encoding: Encoding): string {
  if (encoding === 'utf-8') return bytes.toString('utf8');
  if (encoding === 'utf-16le') return bytes.toString('utf16le');
  const { decode, runs } = codecOf(encoding);
  return (
    decode(bytes) ??
    runs(bytes)
      .map((run) => ('text' in run ? run.text : '\ufffd'))
      .join('')
  );
}

/** A payload's bytes as text where they are valid UTF-8 (a BOM stays), else as hex. */
export function contentOf(bytes: Uint8Array): JsonContent {
  return isUtf8(bytes) ? { text: buffer(bytes).toString('utf8') } : { hex: buffer(bytes).toString('hex') };
}
