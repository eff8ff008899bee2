/** Controls, bidi and other format characters, line separators and lone surrogates. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const INVISIBLE_OR_BACKSLASH = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\\]/gu;
const SHORT: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const codeOf = (char: string) => (char.codePointAt(0) ?? 0).toString(16);

/** `text` on one line, invisible characters escaped as in JavaScript: `\n`, `\u{202e}`, and `\\` for a backslash. */
export const oneLine = (text: string): string =>
  text.replace(INVISIBLE_OR_BACKSLASH, (char) => SHORT[char] ?? `\\u{${codeOf(char)}}`);

/** `text` with each invisible character replaced by `mark` of its code, such as `U+202E`; line feeds and tabs stay. */
export const withMarks = (text: string, mark: (code: string) => string): string =>
  text.replace(INVISIBLE, (char) =>
    char === '\n' || char === '\t' ? char : mark(`U+${codeOf(char).toUpperCase().padStart(4, '0')}`),
  );

/**
 * A name on one line, for a terminal: like {@link oneLine}, but backslashes, which most names have, stay as they are.
 */
export const nameOnOneLine = (name: string): string => name.replace(INVISIBLE, (char) => `\\u{${codeOf(char)}}`);
