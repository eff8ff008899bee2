import { compileRegex, type TermOf } from '../../../shared/filter/filter.ts';
import { codecOf } from '../../../shared/text/codecs.ts';
import { type EncodingChoice, guessEncoding } from '../../../shared/text/encodings.ts';
import { lenientText } from '../store/content.ts';

/** Bytes at the beginning of a payload that a regular expression sees. */
const REGEX_BYTES = 1024 * 1024;
/** Most bytes of a character that reaches beyond them. */
const MOST_CUT = 4;

/** Payloads that lie in one stretch of bytes. */
export interface Payloads {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Three numbers for each: the record's number, and where its payload begins and ends. */
  readonly places: Uint32Array<ArrayBuffer>;
}

export interface RegexTask {
  readonly needle: TermOf<'regex'>;
  readonly payloads: readonly Payloads[];
}

/**
 * Has the payloads of a task matched; `from` is the first record that is looked at. Rejects when that takes too long or
 * is stopped.
 */
export type MatchRegex = (task: RegexTask, from: number) => Promise<Uint32Array>;

/** What is asked of the thread of regular expressions. */
export interface RegexCalls {
  /** Resolves when the thread runs. */
  open(): void;
  /** Numbers of the records whose payload matches, ascending. May never end. */
  match(task: RegexTask): Uint32Array;
  close(): void;
}

/** Runs what may never end, in a thread that holds nothing: it can be ended at any point. */
export class RegexMatcher implements RegexCalls {
  open(): void {}

  match({ needle, payloads }: RegexTask): Uint32Array {
    const regex = compileRegex(needle);
    const { encoding = 'utf-8' } = needle;
    const found: number[] = [];
    for (const { bytes, places } of payloads) {
      const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (let at = 0; at < places.length; at += 3)
        if (regex.test(beginning(chunk.subarray(places[at + 1], places[at + 2]), encoding)))
          found.push(places[at] as number);
    }
    return Uint32Array.from(found);
  }

  close(): void {}
}

/** What a regular expression sees of a payload, without a character that the end would cut. */
function beginning(payload: Buffer, choice: EncodingChoice): string {
  const encoding = choice === 'auto' ? guessEncoding(payload, payload.length) : choice;
  if (payload.length <= REGEX_BYTES) return lenientText(payload, encoding);
  const end = codecOf(encoding).characterStart(payload.subarray(0, REGEX_BYTES + MOST_CUT), REGEX_BYTES);
  return lenientText(payload.subarray(0, end), encoding);
}
