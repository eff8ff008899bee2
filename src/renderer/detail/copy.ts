import type { Failure, Result } from '../../shared/failure.ts';
import { MAX_PAYLOAD_SLICE } from '../../shared/log.ts';
import { decodeUtf8 } from '../../shared/text/utf8.ts';
import { copyText } from '../format/clipboard.ts';
import { base64, cArray, rustBytes } from '../format/code.ts';
import { formatHex } from '../format/hex.ts';
import type { PayloadSource } from './payload-source.ts';

/** More than this is no business of the clipboard. Bytes. */
export const MAX_COPY = 4 * 1024 * 1024;

/** The bytes from `from` to `to` exclusive, however many. */
export async function readBytes(
  source: PayloadSource,
  from: number,
  to: number,
): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const bytes = new Uint8Array(to - from);
  for (let at = from; at < to; at += MAX_PAYLOAD_SLICE) {
    const slice = await source.slice(at, Math.min(to, at + MAX_PAYLOAD_SLICE));
    if (!slice.ok) return slice;
    bytes.set(slice.value, at - from);
  }
  return { ok: true, value: bytes };
}

/** What bytes can be copied as. */
export const COPY_FORMS = {
  text: 'text',
  hex: 'hex',
  c: 'C array',
  rust: 'Rust byte string',
  base64: 'base64',
} as const;
export type CopyForm = keyof typeof COPY_FORMS;

const WRITERS: Readonly<Record<CopyForm, (bytes: Uint8Array) => string | null>> = {
  text: (bytes) => decodeUtf8(bytes),
  hex: formatHex,
  c: cArray,
  rust: rustBytes,
  base64,
};

const NOT_TEXT: Failure = {
  code: 'invalid-argument',
  message: 'These bytes are not UTF-8, so as text some of them would be lost. Copy them as hex.',
};

/** Puts the bytes of a payload from `from` to `to` exclusive into the clipboard, in a form of {@link COPY_FORMS}. */
export async function copyPayload(
  source: PayloadSource,
  { from, to }: { readonly from: number; readonly to: number },
  form: CopyForm,
): Promise<Result<null>> {
  const bytes = await readBytes(source, from, to);
  if (!bytes.ok) return bytes;
  const text = WRITERS[form](bytes.value);
  return text === null ? { ok: false, failure: NOT_TEXT } : copyText(text);
}
