import { isAscii } from 'node:buffer';
import { codecOf } from '../../shared/text/codecs.ts';
import { type Encoding, type EncodingChoice, guessEncoding } from '../../shared/text/encodings.ts';

/** Bytes at the start of a payload that a regular expression sees. */
const REGEX_BYTES = 1024 * 1024;
/** The most bytes by which a character can reach beyond them. */
const MOST_CUT = 4;

/** Bytes decoded at once: V8 gives longer strings pages of their own, which takes longer than decoding them. */
const DECODED = 32 * 1024;

/** Bytes as text, with U+FFFD where they aren't; for searching, not for display. */
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

/** What a regular expression sees of a payload, without a character that the end would split. */
export function beginningOf(payload: Buffer, choice: EncodingChoice): string {
  const encoding = choice === 'auto' ? guessEncoding(payload, payload.length) : choice;
  if (payload.length <= REGEX_BYTES) return lenientText(payload, encoding);
  const end = codecOf(encoding).characterStart(payload.subarray(0, REGEX_BYTES + MOST_CUT), REGEX_BYTES);
  return lenientText(payload.subarray(0, end), encoding);
}

/**
 * What {@link beginningOf} returns for the payload from `start` to `end` of a chunk. Most chunks are plain ASCII:
 * cutting many payloads from one string takes half the time of decoding each.
 */
export function textsOf(chunk: Buffer, choice: EncodingChoice): (start: number, end: number) => string {
  const isPlain = choice === 'utf-8' || (choice === 'auto' && !chunk.includes(0));
  if (!isPlain || chunk.length > REGEX_BYTES || !isAscii(chunk))
    return (start, end) => beginningOf(chunk.subarray(start, end), choice);
  let [base, text] = [0, ''];
  return (start, end) => {
    if (start < base || end > base + text.length)
      [base, text] = [start, chunk.toString('latin1', start, Math.max(end, start + DECODED))];
    return text.slice(start - base, end - base);
  };
}
