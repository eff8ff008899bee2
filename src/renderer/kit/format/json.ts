import { applyEdits, format, type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { place } from '../../../shared/place.ts';

export interface JsonFault {
  /** Index of the fault in the text. */
  readonly at: number;
  readonly message: string;
}

/** In the parser's order of codes, what should be or should not be there. */
const WORDS: Readonly<Record<string, string>> = {
  InvalidSymbol: 'this is no JSON value',
  InvalidNumberFormat: 'this is no JSON number',
  PropertyNameExpected: 'a name in double quotes should stand here',
  ValueExpected: 'a value should stand here',
  ColonExpected: 'a colon should stand here',
  CommaExpected: 'a comma should stand here',
  CloseBraceExpected: 'a } should stand here',
  CloseBracketExpected: 'a ] should stand here',
  EndOfFileExpected: 'nothing can follow the value',
  InvalidCommentToken: 'JSON has no comments',
  UnexpectedEndOfComment: 'JSON has no comments',
  UnexpectedEndOfString: 'this string has no end',
  UnexpectedEndOfNumber: 'this number has no end',
  InvalidUnicode: 'after \\u come four hex digits',
  InvalidEscapeCharacter: 'no such escape',
  InvalidCharacter: 'a control character has to be written as an escape',
};

/** Where `text` stops being JSON (RFC 8259); null when it is JSON. */
export function jsonFault(text: string): JsonFault | null {
  try {
    JSON.parse(text);
    return null;
  } catch {
    const first = firstError(text);
    if (!first) return { at: 0, message: 'Not JSON: it ends within more levels than can be looked through.' };
    const at = Math.min(first.offset, text.length);
    const words = WORDS[printParseErrorCode(first.error)];
    return { at, message: `Not JSON: at ${place(text, at)}, ${words ?? 'something else should stand here'}.` };
  }
}

/** undefined: it is nested too deeply for a parser that calls itself. */
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
 * `text` with its white space as two spaces a level. No other character changes: numbers keep their digits. `like`, as long as `text`, is
 * read instead of it where it has something in it that is no JSON.
 */
export function formatJson(text: string, like = text): string {
  return applyEdits(text, format(like, undefined, { tabSize: 2, insertSpaces: true, eol: '\n' }));
}
