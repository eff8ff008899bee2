import type { Api } from '../../../shared/api.ts';
import { type Result, toFailure } from '../../../shared/failure.ts';
import { jsonContent, jsonHead, jsonTail } from '../../../shared/json-record.ts';
import { type LogRow, MAX_PAYLOAD_SLICE } from '../../../shared/log.ts';
import { codecOf } from '../../../shared/text/codecs.ts';
import { type Encoding, type EncodingChoice, titleOf } from '../../../shared/text/encodings.ts';
import { encodingFor } from '../../kit/encoding/channel-encodings.ts';
import { formatInteger, formatSize } from '../../kit/format/bytes.ts';
import { copyText } from '../../kit/format/clipboard.ts';
import { cArray, rustBytes } from '../../kit/format/code.ts';
import { formatHex, hexByte } from '../../kit/format/hex.ts';
import { refused } from '../../kit/format/refused.ts';
import { MAX_COPY } from '../../view/copy.ts';
import { lengthOf, type Ranges } from '../../view/ranges.ts';
import { pickedRecords, type Shown } from './picked-records.ts';

export const COPY_FORMS = ['text', 'hex', 'c', 'rust', 'json'] as const;
export type CopyForm = (typeof COPY_FORMS)[number];
export const COPY_WORDS: Readonly<Record<CopyForm, string>> = {
  text: 'Text',
  hex: 'Hex',
  c: 'C array',
  rust: 'Rust byte string',
  json: 'JSON record',
};

/** The most records that the clipboard gets; more are for an export. */
const MAX_COPIED_ROWS = 10_000;

/**
 * One record in one form, text read in `choice`; null if it has nothing in that form. Throws a sentence if bytes would
 * be lost.
 */
export function writeRecord(
  row: LogRow,
  bytes: Uint8Array,
  form: CopyForm,
  choice: EncodingChoice = 'utf-8',
): string | null {
  const encoding = encodingFor(choice, bytes, row.size);
  if (form === 'json') return jsonRecord(row, bytes, encoding);
  if (row.kind !== 'message') return form === 'text' ? row.detail : null;
  switch (form) {
    case 'text':
      return codecOf(encoding).decode(bytes) ?? notText(row, encoding);
    case 'hex':
      return formatHex(bytes);
    case 'c':
      return cArray(bytes, `record_${row.seq}`).trimEnd();
    case 'rust':
      return rustBytes(bytes);
  }
}

function notText({ seq }: LogRow, encoding: Encoding): never {
  throw new Error(
    `Record #${formatInteger(seq)} isn't ${titleOf(encoding)}, so copying it as text would lose bytes. Copy it as hex.`,
  );
}

function jsonRecord(row: LogRow, bytes: Uint8Array, encoding: Encoding): string {
  const text = codecOf(encoding).decode(bytes);
  const named = encoding === 'utf-8' ? {} : { encoding };
  const payload = text === null ? { hex: Array.from(bytes, hexByte).join('') } : { text, ...named };
  const content = row.kind === 'message' || row.size > 0 ? jsonContent(payload) : '';
  return `{${jsonHead(row)}${content}${jsonTail(row)}}`;
}

const tooMany = refused(
  `At most ${formatInteger(MAX_COPIED_ROWS)} records can be copied at once. Export them instead.`,
);

/** Copies the records of the selected rows to the clipboard, one after another. Returns how many there were. */
export async function copyRows(
  api: Pick<Api, 'rows' | 'position' | 'payload'>,
  shown: Shown,
  ranges: Ranges,
  form: CopyForm,
  encoding: EncodingChoice,
): Promise<Result<number>> {
  if (lengthOf(ranges) > MAX_COPIED_ROWS) return tooMany;
  const parts: string[] = [];
  let [count, size] = [0, 0];
  try {
    for await (const row of pickedRecords(api, shown, ranges)) {
      size += row.size;
      count += 1;
      if (count > MAX_COPIED_ROWS) return tooMany;
      if (size > MAX_COPY) return refused(`Copying is limited to ${formatSize(MAX_COPY)}. Export the records instead.`);
      const bytes = await payloadOf(api, shown.session, row);
      if (!bytes.ok) return bytes;
      const part = writeRecord(row, bytes.value, form, encoding);
      if (part !== null) parts.push(part);
    }
    if (parts.length === 0) return refused('The selection has no bytes. Copy it as text or JSON instead.');
    const copied = await copyText(parts.join('\n'));
    return copied.ok ? { ok: true, value: parts.length } : copied;
  } catch (error) {
    return { ok: false, failure: { ...toFailure(error), message: (error as Error).message } };
  }
}

/** The preview of a short payload is all of it. */
async function payloadOf(api: Pick<Api, 'payload'>, session: number, row: LogRow): Promise<Result<Uint8Array>> {
  if (row.preview.length === row.size) return { ok: true, value: row.preview };
  const whole = new Uint8Array(row.size);
  for (let offset = 0; offset < row.size; offset += MAX_PAYLOAD_SLICE) {
    const slice = await api.payload({ session, seq: row.seq, offset, length: MAX_PAYLOAD_SLICE });
    if (!slice.ok) return slice;
    whole.set(slice.value, offset);
  }
  return { ok: true, value: whole };
}
