import type { Token } from './token.ts';

/** Bits whose name the grammar would miss. */
export const UNNAMED = '__unnamed_bits';

/** Stands for the type that C++ writes behind the name of an enum. */
export const UNDERLYING = 'underlying';

const KEYWORD = /^(struct|union|enum)$/;
const ATTRIBUTE = /^(__attribute__|__attribute)$/;
const ALIGNAS = /^(alignas|_Alignas)$/;

/**
 * Brings a declaration into the form that the grammar knows, without changing what it says: the attributes of a struct
 * stand behind its body, in one list.
 */
export function formed(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  /** For each open brace, the attributes that wait for its end. */
  const waiting: Token[][] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    out.push(token);
    if (token.text === '{') waiting.push([]);
    if (token.text === '}') {
      const moved = waiting.pop() ?? [];
      const written = attributesAt(tokens, at + 1);
      out.push(
        ...asList(
          [...moved, ...(moved.length > 0 && written.inner.length > 0 ? [comma(token)] : []), ...written.inner],
          token,
        ),
      );
      at = written.end - 1;
    }
    if (!KEYWORD.test(token.text)) continue;
    const { inner, end } = attributesAt(tokens, at + 1);
    at = end - 1;
    if (token.text === 'enum' && tokens[at + 1]?.text === 'class') at++;
    const named = tokens[at + 1]?.kind === 'word' ? (tokens[++at] as Token) : undefined;
    if (named) out.push(named);
    if (token.text === 'enum' && tokens[at + 1]?.text === ':') {
      if (tokens[at + 2]?.kind === 'number') out.push({ ...token, text: UNNAMED, spaced: true });
      else {
        const from = at + 2;
        while (at + 1 < tokens.length && !/^[{;]$/.test(tokens[at + 1]?.text ?? '')) at++;
        inner.push(...underlying(tokens.slice(from, at + 1), inner.length > 0));
      }
    }
    if (tokens[at + 1]?.text === '{') {
      out.push(tokens[++at] as Token);
      waiting.push(inner);
    } else out.push(...asList(inner, token));
  }
  return out;
}

/** What stands in the attributes from there on, with commas between; `end`: behind them. */
function attributesAt(tokens: readonly Token[], from: number): { inner: Token[]; end: number } {
  const inner: Token[] = [];
  let end = from;
  for (;;) {
    const word = tokens[end];
    const close = word && (ATTRIBUTE.test(word.text) || ALIGNAS.test(word.text)) ? closing(tokens, end + 1) : -1;
    if (!word || close < 0) return { inner, end };
    if (inner.length > 0) inner.push(comma(word));
    if (ATTRIBUTE.test(word.text)) inner.push(...tokens.slice(end + 3, close - 1));
    else inner.push({ ...word, text: 'aligned' }, ...tokens.slice(end + 1, close + 1));
    end = close + 1;
  }
}

/** Where the parenthesis at `from` is closed; -1 where none opens there or it is not. */
function closing(tokens: readonly Token[], from: number): number {
  if (tokens[from]?.text !== '(') return -1;
  let depth = 0;
  for (let at = from; at < tokens.length; at++) {
    if (tokens[at]?.text === '(') depth++;
    if (tokens[at]?.text === ')' && --depth === 0) return at;
  }
  return -1;
}

function asList(inner: readonly Token[], like: Token): Token[] {
  if (inner.length === 0) return [];
  const mark = (text: string): Token => ({ ...like, kind: 'mark', text, spaced: false });
  const word: Token = { ...like, kind: 'word', text: '__attribute__', spaced: true };
  return [word, mark('('), mark('('), ...inner, mark(')'), mark(')')];
}

/** The type of an enum as an attribute: the grammar knows only some where C++ has it. */
function underlying(type: readonly Token[], follows: boolean): Token[] {
  const [like] = type;
  if (!like) return [];
  const mark = (text: string): Token => ({ ...like, kind: 'mark', text, spaced: false });
  const word = (text: string): Token => ({ ...like, kind: 'word', text, spaced: true });
  const open = [word(UNDERLYING), mark('('), word('sizeof'), mark('(')];
  return [...(follows ? [mark(',')] : []), ...open, ...type, mark(')'), mark(')')];
}

const comma = (like: Token): Token => ({ ...like, kind: 'mark', text: ',', spaced: false });
