import { isUtf8 } from 'node:buffer';
import type { JsonContent } from '../../../shared/json-record.ts';
import { codecOf } from '../../../shared/text/codecs.ts';
import { type Encoding, type EncodingChoice, guessEncoding } from '../../../shared/text/encodings.ts';

/** Bytes as a Buffer over the same memory. */
export const buffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The encoding that a payload is read in. */
export const encodingOf = (bytes: Uint8Array, choice: EncodingChoice): Encoding =>
  choice === 'auto' ? guessEncoding(bytes, bytes.length) : choice;

/** A payload as text if all of it is text (a BOM stays); otherwise null. */
export function textOf(bytes: Uint8Array, encoding: Encoding): string | null {
  if (encoding !== 'utf-8') return codecOf(encoding).decode(bytes);
  return isUtf8(bytes) ? buffer(bytes).toString('utf8') : null;
}

/** A payload as text if it is text, with its encoding unless UTF-8; otherwise as hex. */
export function contentOf(bytes: Uint8Array, choice: EncodingChoice = 'utf-8'): JsonContent {
  const encoding = encodingOf(bytes, choice);
  const text = textOf(bytes, encoding);
  if (text === null) return { hex: buffer(bytes).toString('hex') };
  return { text, ...(encoding !== 'utf-8' && { encoding }) };
}
