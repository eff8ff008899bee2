import { normalizeEncoding } from '@exodus/bytes/encoding-lite.js';
import { ENCODING_NAMES, type EncodingChoice, encodingOfField } from '../../shared/text/encodings.ts';
import { UsageError } from './exit-status.ts';

/** Names used by Windows and others that the Encoding Standard lacks. */
const ALIASES: Readonly<Record<string, string>> = {
  utf16le: 'utf-16le',
  cp932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp950: 'big5',
};

/**
 * The encoding for a name as people write it, in any case: its own, one of the Encoding Standard's, or the filter
 * language's.
 */
export function readEncoding(name: string): EncodingChoice {
  const written = name.trim().toLowerCase();
  const known = encodingOfField(written) ?? ALIASES[written] ?? normalizeEncoding(written);
  const encoding = (['auto', ...ENCODING_NAMES] as const).find((one) => one === known);
  if (encoding) return encoding;
  throw new UsageError(`--encoding: there is no encoding "${name}". There are ${ENCODING_NAMES.join(', ')}, and auto.`);
}
