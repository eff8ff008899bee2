import { applyEdits, format, type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { place } from '../../../shared/place.ts';

export interface JsonFault {
  /** Index of the fault in the text. */
  readonly at: number;
  readonly message: string;
}

/** In the order of the parser's codes: what should be there, or shouldn't. */
const WORDS: Readonly<Record<string, string>> = {
  InvalidSymbol: 'invalid value',
  InvalidNumberFormat: 'invalid number',
  PropertyNameExpected: 'expected a name in double quotes',
  ValueExpected: 'expected a value',
  ColonExpected: 'expected a colon',
  CommaExpected: 'expected a comma',
  CloseBraceExpected: 'expected a }',
  CloseBracketExpected: 'expected a ]',
  EndOfFileExpected: 'unexpected text after the value',
  InvalidCommentToken: 'comments are not allowed',
  UnexpectedEndOfComment: 'comments are not allowed',
  UnexpectedEndOfString: 'unterminated string',
  UnexpectedEndOfNumber: 'incomplete number',
  InvalidUnicode: '\\u without four hex digits',
  InvalidEscapeCharacter: 'invalid escape',
  InvalidCharacter: 'unescaped control character',
};

/** Where `text` stops being JSON (RFC 8259); null if it is JSON. */
export function jsonFault(text: string): JsonFault | null {
  try {
    JSON.parse(text);
    return null;
  } catch {
    const first = firstError(text);
    if (!first) return { at: 0, message: 'Not JSON: it is incomplete and nested too deeply to find out where.' };
    const at = Math.min(first.offset, text.length);
    const words = WORDS[printParseErrorCode(first.error)];
    return { at, message: `Not JSON: ${words ?? 'unexpected character'} at ${place(text, at)}.` };
  }
}

/** undefined: it is nested too deeply for a recursive parser. */
function firstError(text: string): ParseError | undefined {
  const errors: ParseError[] = [];
  try {
    parse(text, errors, { disallowComments: true });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return errors[0];
}

/**
 * `text` reformatted with two spaces per level. No other character changes: numbers keep their digits. `like`, as long
 * as `text`, is parsed instead if it contains something that isn't JSON.
 */
export function formatJson(text: string, like = text): string {
  return applyEdits(text, format(like, undefined, { tabSize: 2, insertSpaces: true, eol: '\n' }));
}
