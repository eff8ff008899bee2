import { codecOf } from '../../shared/text/codecs.ts';
import { type Encoding, type EncodingChoice, guessEncoding } from '../../shared/text/encodings.ts';

/** Bytes at the beginning of a payload that a regular expression sees. */
const REGEX_BYTES = 1024 * 1024;
/** Most bytes of a character that reaches beyond them. */
const MOST_CUT = 4;

/** Bytes as text, with U+FFFD where they are none; for what has to be found, not shown. */
export function lenientText(bytes: Buffer, encoding: Encoding): string {
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

/** What a regular expression sees of a payload, without a character that the end would cut. */
export function beginningOf(payload: Buffer, choice: EncodingChoice): string {
  const encoding = choice === 'auto' ? guessEncoding(payload, payload.length) : choice;
  if (payload.length <= REGEX_BYTES) return lenientText(payload, encoding);
  const end = codecOf(encoding).characterStart(payload.subarray(0, REGEX_BYTES + MOST_CUT), REGEX_BYTES);
  return lenientText(payload.subarray(0, end), encoding);
}
