import type { Problem } from '../../../shared/types/model.ts';

/** A token of C and its position. */
export interface Token {
  readonly kind: 'word' | 'number' | 'text' | 'mark';
  readonly text: string;
  readonly at: Place;
  /** Whether it is the first of its line. */
  readonly starts: boolean;
  /** Whether it follows white space. */
  readonly spaced: boolean;
  /** `#pragma pack(n)` in force, in bytes; 0 without. */
  readonly pack: number;
  /** Macros whose text it comes from: they are not expanded in it again. */
  readonly hidden?: ReadonlySet<string>;
}

export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/** Where the declarations can't be read. */
export class SourceFault extends Error {
  override readonly name = 'SourceFault';
  readonly at: Place;

  constructor(message: string, at: Place) {
    super(message);
    this.at = at;
  }
}

export const problemAt = (message: string, at: Place, severity: Problem['severity'] = 'error'): Problem => ({
  severity,
  message,
  file: at.file,
  line: at.line,
  column: at.column,
});

const WORD = /[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*/y;
const NUMBER = /\.?\d(?:[eEpP][+-]|'?[\w.])*/y;
const TEXT = /(?:u8|[LuU])?(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')/y;
const MARK = /\.\.\.|<<=|>>=|->|\+\+|--|<<|>>|[<>=!+\-*/%&|^]=|&&|\|\||::|##|[^\s]/y;
const KINDS: readonly (readonly [Token['kind'], RegExp])[] = [
  ['text', TEXT],
  ['word', WORD],
  ['number', NUMBER],
  ['mark', MARK],
];

/** The text as tokens, without comments; lines that end with a backslash continue. */
export function tokensOf(source: string, file: string): Token[] {
  const text = source.includes('\n') ? source : source.replaceAll('\r', '\n');
  const tokens: Token[] = [];
  let [at, line, lineStart, starts, spaced] = [0, 1, 0, true, false];
  const newLine = () => {
    line++;
    lineStart = at;
  };
  while (at < text.length) {
    const char = text[at];
    if (char === '\n') {
      at++;
      newLine();
      starts = true;
      spaced = false;
    } else if (char === '\\' && /^\\[ \t]*\r?\n/.test(text.slice(at, at + 80))) {
      at = text.indexOf('\n', at) + 1;
      newLine();
      spaced = true;
    } else if (char === ' ' || char === '\t' || char === '\r' || char === '\f' || char === '\v' || char === '\ufeff') {
      at++;
      spaced = true;
    } else if (char === '/' && text[at + 1] === '/') {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else if (char === '/' && text[at + 1] === '*') {
      const end = text.indexOf('*/', at + 2);
      if (end < 0) throw new SourceFault('A comment has no end.', { file, line, column: at - lineStart + 1 });
      for (let from = at; ; ) {
        from = text.indexOf('\n', from) + 1;
        if (from === 0 || from > end) break;
        line++;
        lineStart = from;
      }
      at = end + 2;
      spaced = true;
    } else {
      const { kind, length } = tokenAt(text, at);
      const place = { file, line, column: at - lineStart + 1 };
      tokens.push({ kind, text: text.slice(at, at + length), at: place, starts, spaced, pack: 0 });
      at += length;
      starts = false;
      spaced = false;
    }
  }
  return tokens;
}

function tokenAt(text: string, at: number): { kind: Token['kind']; length: number } {
  for (const [kind, pattern] of KINDS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) return { kind, length: found[0].length };
  }
  return { kind: 'mark', length: 1 };
}

/** Tokens as text again. */
export const joined = (tokens: readonly Token[]): string =>
  tokens.map(({ text, spaced }, index) => (spaced && index > 0 ? ` ${text}` : text)).join('');

/** Where the parenthesis at `from` is closed; -1 if none opens there or it isn't closed. */
export function closing(tokens: readonly Token[], from: number): number {
  if (tokens[from]?.text !== '(') return -1;
  let depth = 0;
  for (let at = from; at < tokens.length; at++) {
    if (tokens[at]?.text === '(') depth++;
    if (tokens[at]?.text === ')' && --depth === 0) return at;
  }
  return -1;
}
