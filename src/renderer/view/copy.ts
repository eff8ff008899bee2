import type { Result } from '../../shared/failure.ts';
import { MAX_PAYLOAD_SLICE } from '../../shared/log.ts';
import { codecOf } from '../../shared/text/codecs.ts';
import { type Encoding, titleOf } from '../../shared/text/encodings.ts';
import { copyText } from '../kit/format/clipboard.ts';
import { base64, cArray, rustBytes } from '../kit/format/code.ts';
import { formatHex } from '../kit/format/hex.ts';
import { refused } from '../kit/format/refused.ts';
import type { PayloadSource } from './payload-source.ts';

/** More than this is too much for the clipboard. Bytes. */
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

const WRITERS: Readonly<Record<CopyForm, (bytes: Uint8Array, encoding: Encoding) => string | null>> = {
  text: (bytes, encoding) => codecOf(encoding).decode(bytes),
  hex: (bytes) => formatHex(bytes),
  c: (bytes) => cArray(bytes),
  rust: (bytes) => rustBytes(bytes),
  base64: (bytes) => base64(bytes),
};

const notText = (encoding: Encoding) =>
  refused(`These bytes aren't ${titleOf(encoding)}, so copying them as text would lose some. Copy them as hex.`);

/**
 * Copies a payload's bytes from `from` to `to` exclusive to the clipboard, in a form of {@link COPY_FORMS}; as text,
 * `encoding` is theirs.
 */
export async function copyPayload(
  source: PayloadSource,
  { from, to }: { readonly from: number; readonly to: number },
  form: CopyForm,
  encoding: Encoding = 'utf-8',
): Promise<Result<null>> {
  const bytes = await readBytes(source, from, to);
  if (!bytes.ok) return bytes;
  const text = WRITERS[form](bytes.value, encoding);
  return text === null ? notText(encoding) : copyText(text);
}
