import { MAX_FILTER_TEXT, Mistake, type Node, type Parsed, type Span, type Term } from './ast.ts';
import type { Catalogue } from './catalogue.ts';
import { refuseForeign } from './foreign-operators.ts';
import { regexTerm } from './regex.ts';
import { BUILT_IN } from './terms.ts';
import { type Token, tokens } from './tokens.ts';
import { quoted } from './values.ts';

/** The deepest nesting of parentheses and `not`. */
const MAX_DEPTH = 64;

/**
 * Parses a filter: terms side by side or with `and` must all hold, `or` binds weaker, `not` stronger. The empty text
 * matches every record. Never throws.
 */
export function parseFilter(text: string, catalogue: Catalogue = BUILT_IN): Parsed {
  try {
    if (text.length > MAX_FILTER_TEXT)
      throw new Mistake(
        { from: MAX_FILTER_TEXT, to: text.length },
        `A filter can have at most ${MAX_FILTER_TEXT.toLocaleString('en-US')} characters.`,
      );
    return { ok: true, filter: new Parser(text, catalogue).parse() };
  } catch (error) {
    if (error instanceof Mistake) return { ok: false, error: error.error };
    throw error;
  }
}

class Parser {
  readonly #catalogue: Catalogue;
  readonly #tokens: readonly Token[];
  readonly #end: Span;
  #at = 0;
  #depth = 0;

  constructor(text: string, catalogue: Catalogue) {
    this.#catalogue = catalogue;
    this.#tokens = [...tokens(text, catalogue)];
    this.#end = { from: text.length, to: text.length };
  }

  parse(): Node {
    if (this.#tokens.length === 0) return { type: 'all', span: { from: 0, to: this.#end.to } };
    const filter = this.#or();
    const rest = this.#peek();
    if (rest) throw new Mistake(rest.span, 'This ) has no matching (.', ['and', 'or']);
    return filter;
  }

  #or(): Node {
    const terms = [this.#and()];
    while (this.#takeWord('or')) terms.push(this.#and());
    return joined('or', terms);
  }

  #and(): Node {
    const terms = [this.#unary()];
    for (;;) {
      if (this.#takeWord('and')) terms.push(this.#unary());
      else if (this.#beginsTerm()) terms.push(this.#unary());
      else return joined('and', terms);
    }
  }

  #beginsTerm(): boolean {
    const token = this.#peek();
    return token !== undefined && token.type !== 'close' && !isWord(token, 'or');
  }

  #unary(): Node {
    const token = this.#peek();
    if (!token || token.type === 'close' || isWord(token, 'or') || isWord(token, 'and'))
      throw new Mistake(token?.span ?? this.#end, 'A search term is missing here.', startsOf(this.#catalogue));
    this.#at++;
    if (isWord(token, 'not')) {
      const term = this.#deeper(token.span, () => this.#unary());
      return { type: 'not', term, span: { from: token.span.from, to: term.span.to } };
    }
    if (token.type === 'word') {
      refuseForeign(token, this.#peek());
      this.#refuseComparison(token);
    }
    if (token.type === 'open') return this.#deeper(token.span, () => this.#group(token.span));
    return { ...termOf(token, this.#catalogue), span: token.span };
  }

  /** `size > 100` would be words to search for, which nobody means and nothing contains. */
  #refuseComparison({ text, span }: WordToken): void {
    const behind = this.#tokens.slice(this.#at, this.#at + 2).filter((token) => token.type === 'word');
    const [, name = '', sign, value] =
      /^([^<>=≤≥:\s]+) ?([<>=≤≥:]+) ?(.*)$/.exec([text, ...behind.map((word) => word.text)].join(' ')) ?? [];
    if (sign === undefined || !this.#catalogue.field(name)) return;
    const start = `${name.toLowerCase()}:`;
    // Nothing is written for equality.
    const written = sign
      .replace('≥', '>=')
      .replace('≤', '<=')
      .replace(/^[:=]+/, '');
    const rule = sign.startsWith(':') ? 'The colon stands right after the name' : 'A field needs a colon';
    const example = `${start}${written}${value?.split(' ')[0]}`;
    const end = text.length > name.length ? span.to : (behind[0]?.span.to ?? span.to);
    throw new Mistake(
      { from: span.from, to: end },
      `${rule}: ${example}. To look for this as text, put it in quotes.`,
      [start],
    );
  }

  #group(open: Span): Node {
    const inner = this.#or();
    const close = this.#peek();
    if (!close) throw new Mistake(open, 'This ( has no matching ).', [')']);
    this.#at++;
    return { ...inner, span: { from: open.from, to: close.span.to } };
  }

  #deeper<T>(span: Span, read: () => T): T {
    if (++this.#depth > MAX_DEPTH)
      throw new Mistake(span, `Parentheses and not can be nested at most ${MAX_DEPTH} deep.`);
    const result = read();
    this.#depth--;
    return result;
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #takeWord(word: string): boolean {
    const token = this.#peek();
    if (!token || !isWord(token, word)) return false;
    this.#at++;
    return true;
  }
}

type WordToken = Extract<Token, { type: 'word' }>;
type TermToken = Exclude<Token, { readonly type: 'open' | 'close' }>;

const isWord = (token: Token, word: string) => token.type === 'word' && token.text.toLowerCase() === word;

/** A single term as it is; nested nodes of the same kind are flattened. */
function joined(type: 'and' | 'or', terms: readonly Node[]): Node {
  const [first, last] = [terms[0], terms.at(-1)];
  if (!first || !last || terms.length === 1) return first as Node;
  const flat = terms.flatMap((term) => (term.type === type ? term.terms : [term]));
  return { type, terms: flat, span: { from: first.span.from, to: last.span.to } };
}

function termOf(token: TermToken, catalogue: Catalogue): Term {
  switch (token.type) {
    case 'word':
      return { type: 'text', text: token.text, ignoreCase: false };
    case 'string':
      return stringTerm(token.text, token.flags, token.span);
    case 'regex':
      return regexTerm(token.text, token.flags, token.span);
    case 'field':
      return fieldTerm(token, catalogue);
  }
}

function stringTerm(text: string, flags: string, span: Span): Term {
  checkFlags(flags, span, true);
  if (text === '') throw new Mistake(span, 'There is nothing between these quotes.', ['"abc"']);
  return { type: 'text', text, ignoreCase: flags === 'i' };
}

function fieldTerm({ name, value, span }: Extract<Token, { type: 'field' }>, catalogue: Catalogue): Term {
  const field = catalogue.field(name);
  const unknown = field ? undefined : catalogue.unknown(name);
  if (unknown) throw new Mistake({ from: span.from, to: span.from + name.length }, unknown.message, unknown.expected);
  if (!field)
    throw new Mistake(
      { from: span.from, to: span.from + name.length },
      `There is no field ${quoted(name)}.${otherName(name)} To look for it as text, put it in quotes.`,
      commonFields(catalogue),
    );
  if (!value.regex) checkFlags(value.flags, value.span, field.takesCase ?? false);
  return field.read(value);
}

/** The names of fields in other tools. */
const OTHER_NAMES = new Map([
  ['type', 'kind'],
  ['direction', 'dir'],
  ['length', 'size'],
  ['len', 'size'],
  ['anomaly', 'code'],
  ['error', 'code'],
  ['number', 'seq'],
  ['gap', 'delta'],
  ['reply', 'latency'],
  ['since', 'after'],
  ['until', 'before'],
]);

function otherName(name: string): string {
  const known = OTHER_NAMES.get(name.toLowerCase());
  return known === undefined ? '' : ` Use ${known}: instead.`;
}

/** Only text takes a letter after its quotes. */
function checkFlags(flags: string, span: Span, allowed: boolean): void {
  if (flags === '' || (allowed && flags === 'i')) return;
  const here = { from: span.to - flags.length, to: span.to };
  if (!allowed) throw new Mistake(here, 'Nothing can follow the quotes here.', [' ']);
  throw new Mistake(here, `The only letter after the quotes is i, which ignores upper and lower case.`, ['i']);
}

const commonFields = ({ fields }: Catalogue) => fields.filter(({ isRare }) => !isRare).map(({ name }) => name);

const startsOf = (catalogue: Catalogue) => [
  ...commonFields(catalogue).map((name) => `${name}:`),
  ...['"text"', '/regex/', 'not', '('],
];
