import { type EncodingChoice, fieldOfEncoding } from '../text/encodings.ts';
import type { AnyOf, Node, Term } from './ast.ts';
import { writeInstant } from './instants.ts';
import { writeComparison, writeHex } from './values.ts';

/** The filter as text that parses to the same filter. */
export function printFilter(node: Node): string {
  switch (node.type) {
    case 'all':
      return '';
    case 'and':
      return node.terms.map((term) => printWithin(term, 'or')).join(' ');
    case 'or':
      return node.terms.map((term) => printFilter(term)).join(' or ');
    case 'not':
      return `not ${printWithin(node.term, 'or', 'and')}`;
    default:
      return printTerm(node);
  }
}

/** In parentheses where `node` is of a type that would fall apart. */
const printWithin = (node: Node, ...weaker: Node['type'][]) =>
  weaker.includes(node.type) ? `(${printFilter(node)})` : printFilter(node);

export function printTerm(term: Term): string {
  switch (term.type) {
    case 'dir':
    case 'kind':
    case 'code':
      return `${term.type}:${printWords(term.values)}`;
    case 'size':
    case 'delta':
    case 'seq':
    case 'count':
      return `${term.type}:${writeComparison(term.type, term.comparison)}`;
    case 'after':
    case 'before':
      return `${term.type}:${writeInstant(term.instant)}`;
    case 'mark':
      return `mark:${term.text === '*' ? '*' : quote(term.text)}`;
    case 'detail':
      return `detail:${quote(term.text)}`;
    case 'text':
      return `${printEncoding(term.encoding)}${quote(term.text)}${term.ignoreCase ? 'i' : ''}`;
    case 'regex':
      return `${printEncoding(term.encoding)}/${term.source}/${term.flags}`;
    case 'hex':
      return `hex:"${writeHex(term.bytes)}"`;
  }
}

const printEncoding = (encoding?: EncodingChoice) => (encoding ? `${fieldOfEncoding(encoding)}:` : '');

const printWords = (values: AnyOf<string>) => (values === '*' ? '*' : values.join(','));

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\0': '\\0',
};
/** Quotes, backslashes, and what can't be seen: control, format (bidi, zero width) and half surrogates. */
const HIDDEN = /["\\]|\p{Cc}|\p{Cf}|\p{Cs}|[\u2028\u2029]/gu;

/** As a quotation of the language. */
function quote(text: string): string {
  const escaped = text.replace(HIDDEN, (char) => ESCAPES[char] ?? `\\u{${char.codePointAt(0)?.toString(16)}}`);
  return `"${escaped}"`;
}
