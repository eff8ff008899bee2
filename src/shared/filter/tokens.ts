import { Mistake, type Span } from './ast.ts';
import type { Catalogue, Value } from './catalogue.ts';

export type Token =
  | { readonly type: 'open'; readonly span: Span }
  | { readonly type: 'close'; readonly span: Span }
  | { readonly type: 'word'; readonly span: Span; readonly text: string }
  /** `text` without quotes and escapes; `flags` are the letters after the closing quote. */
  | { readonly type: 'string' | 'regex'; readonly span: Span; readonly text: string; readonly flags: string }
  | { readonly type: 'field'; readonly span: Span; readonly name: string; readonly value: Value };

const SPACE = /\s*/y;
/** A name of the language, or the path of a payload's field. */
const FIELD = /([A-Za-z][A-Za-z0-9]*|[A-Za-z_]\w*(?:\[\d+\])*(?:\.\w+(?:\[\d+\])*)+):/y;
const WORD = /[^\s()"]*/y;
const LETTERS = /[A-Za-z]*/y;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0', '\\': '\\', '"': '"' };
const CODE_UNIT = /x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}/y;

/** The text's tokens, one after another; throws {@link Mistake} at the first invalid one. */
export function* tokens(text: string, catalogue: Catalogue): Generator<Token> {
  for (let at = match(SPACE, text, 0).end; at < text.length; ) {
    const token = tokenAt(text, at, catalogue);
    yield token;
    at = match(SPACE, text, token.span.to).end;
  }
}

function tokenAt(text: string, from: number, catalogue: Catalogue): Token {
  const char = text[from];
  if (char === '(') return { type: 'open', span: { from, to: from + 1 } };
  if (char === ')') return { type: 'close', span: { from, to: from + 1 } };
  if (char === '"') return { type: 'string', ...string(text, from) };
  if (char === '/') return { type: 'regex', ...regex(text, from) };
  const field = match(FIELD, text, from);
  if (field.groups) {
    const name = field.groups[1] ?? '';
    const value = valueAt(text, field.end, catalogue.field(name)?.takesRegex ?? false);
    return { type: 'field', span: { from, to: value.span.to }, name, value };
  }
  const { end } = match(WORD, text, from);
  return { type: 'word', span: { from, to: end }, text: text.slice(from, end) };
}

function valueAt(text: string, from: number, mayBeRegex: boolean): Value {
  if (text[from] === '"') return { ...string(text, from), quoted: true, regex: false };
  if (text[from] === '/' && mayBeRegex) return { ...regex(text, from), quoted: false, regex: true };
  const { end } = match(WORD, text, from);
  const raw = text.slice(from, end);
  return { span: { from, to: end }, text: raw, raw, quoted: false, regex: false, flags: '' };
}

function string(text: string, from: number) {
  let content = '';
  let at = from + 1;
  while (text[at] !== '"') {
    if (at >= text.length) throw new Mistake({ from, to: text.length }, 'A closing " is missing.', ['"']);
    const part = text[at] === '\\' ? escaped(text, at) : { text: text[at] ?? '', end: at + 1 };
    content += part.text;
    at = part.end;
  }
  const { end } = match(LETTERS, text, at + 1);
  return { span: { from, to: end }, text: content, raw: text.slice(from + 1, at), flags: text.slice(at + 1, end) };
}

function escaped(text: string, at: number) {
  const simple = ESCAPES[text[at + 1] ?? ''];
  if (simple !== undefined) return { text: simple, end: at + 2 };
  const { groups, end } = match(CODE_UNIT, text, at + 1);
  const code = Number.parseInt(groups?.[1] ?? groups?.[2] ?? groups?.[3] ?? '', 16);
  if (code <= 0x10ffff) return { text: String.fromCodePoint(code), end };
  throw new Mistake({ from: at, to: Math.min(at + 2, text.length) }, 'Unknown escape. For a backslash, write \\\\.', [
    '\\\\',
    '\\"',
    '\\n',
    '\\r',
    '\\t',
    '\\0',
    '\\x41',
    '\\u{1F600}',
  ]);
}

/** `/…/flags` as in JavaScript: a slash ends it unless it is escaped or in a class. */
function regex(text: string, from: number) {
  let inClass = false;
  let at = from + 1;
  for (; text[at] !== '/' || inClass; at++) {
    if (at >= text.length) throw new Mistake({ from, to: text.length }, 'A closing / is missing.', ['/']);
    if (text[at] === '\\') at++;
    else if (text[at] === '[') inClass = true;
    else if (text[at] === ']') inClass = false;
  }
  const { end } = match(LETTERS, text, at + 1);
  const raw = text.slice(from + 1, at);
  return { span: { from, to: end }, text: raw, raw, flags: text.slice(at + 1, end) };
}

function match(sticky: RegExp, text: string, at: number): { groups: RegExpExecArray | null; end: number } {
  sticky.lastIndex = at;
  const groups = sticky.exec(text);
  return { groups, end: groups ? sticky.lastIndex : at };
}
