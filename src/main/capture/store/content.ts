import { isUtf8 } from 'node:buffer';
import type { JsonContent } from '../../../shared/json-record.ts';
import { codecOf } from '../../../shared/text/codecs.ts';
import { type Encoding, type EncodingChoice, guessEncoding } from '../../../shared/text/encodings.ts';

/** Bytes as a Buffer over the same memory. */
export const buffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The encoding in which a payload is read. */
export const encodingOf = (bytes: Uint8Array, choice: EncodingChoice): Encoding =>
  choice === 'auto' ? guessEncoding(bytes, bytes.length) : choice;

/** A payload as text where all of it is that (a BOM stays); null where it is not. */
export function textOf(bytes: Uint8Array, encoding: Encoding): string | null {
  if (encoding !== 'utf-8') return codecOf(encoding).decode(bytes);
  return isUtf8(bytes) ? buffer(bytes).toString('utf8') : null;
}

/** A payload's bytes as text where they are that, named where it is not UTF-8; else as hex. */
export function contentOf(bytes: Uint8Array, choice: EncodingChoice = 'utf-8'): JsonContent {
  const encoding = encodingOf(bytes, choice);
  const text = textOf(bytes, encoding);
  if (text === null) return { hex: buffer(bytes).toString('hex') };
  return { text, ...(encoding !== 'utf-8' && { encoding }) };
}
