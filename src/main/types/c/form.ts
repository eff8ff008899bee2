import { behindDefault, inWordsOfC } from './cpp.ts';
import { closing, SourceFault, type Token } from './token.ts';

/** Bits whose name the grammar would miss. */
export const UNNAMED = '__unnamed_bits';

/** Stands for the type that C++ allows after the name of an enum. */
export const UNDERLYING = 'underlying';

const KEYWORD = /^(struct|union|enum)$/;
const ATTRIBUTE = /^(__attribute__|__attribute)$/;
const DECLSPEC = /^_{1,2}declspec$/;
const ALIGNAS = /^(alignas|_Alignas)$/;

/**
 * Rewrites a declaration into the form that the grammar knows, without changing its meaning: the attributes of a struct
 * come after its body, in one list.
 */
export function formed(given: readonly Token[]): Token[] {
  const tokens = inWordsOfC(given);
  const out: Token[] = [];
  /** For each open brace, the attributes that wait for its end, and whether it contains members. */
  const waiting: { readonly moved: readonly Token[]; readonly members: boolean }[] = [];
  let early: readonly Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    if (waiting.at(-1)?.members && /^[={]$/.test(token.text)) {
      at = behindDefault(tokens, at) - 1;
      continue;
    }
    // One too many, as macros leave it.
    if (waiting.at(-1)?.members && token.text === ';' && /^[;{]$/.test(out.at(-1)?.text ?? '')) continue;
    if (DECLSPEC.test(token.text) || ATTRIBUTE.test(token.text)) {
      const { inner, end } = attributesAt(tokens, at);
      const isEarly = inner.length > 0 && KEYWORD.test(tokens[end]?.text ?? '') && opens(tokens, end);
      if (isEarly && ATTRIBUTE.test(token.text)) throw new SourceFault(IGNORED, token.at);
      if (isEarly) early = inner;
      if (isEarly || DECLSPEC.test(token.text)) {
        if (!isEarly) out.push(...asList(inner, token));
        at = end - 1;
        continue;
      }
    }
    out.push(token);
    if (token.text === '{') waiting.push({ moved: [], members: false });
    if (token.text === '}') {
      const moved = waiting.pop()?.moved ?? [];
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
    const written = attributesAt(tokens, at + 1);
    const inner = [...early, ...(early.length > 0 && written.inner.length > 0 ? [comma(token)] : []), ...written.inner];
    early = [];
    at = written.end - 1;
    if (token.text === 'enum' && /^(class|struct)$/.test(tokens[at + 1]?.text ?? '')) at++;
    const named = tokens[at + 1]?.kind === 'word' ? (tokens[++at] as Token) : undefined;
    if (named) out.push(named);
    if (tokens[at + 1]?.text === 'final') at++;
    const strange = tokens[at + 1];
    if (named && strange?.kind === 'word' && tokens[at + 2]?.text === '{')
      throw new SourceFault(undefinedMacro(named), named.at);
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
      waiting.push({ moved: inner, members: token.text !== 'enum' });
    } else out.push(...asList(inner, token));
  }
  return out;
}

const IGNORED = 'Compilers ignore an attribute here: write it behind “struct”, “union” or “enum”.';

const undefinedMacro = ({ text }: Token) =>
  `“${text}” is neither a name nor an attribute here. If it is a macro, add the file that defines it.`;

/** Whether the struct, union or enum at `from` has a body. */
function opens(tokens: readonly Token[], from: number): boolean {
  const next = tokens.slice(from).find(({ text }) => /^[{;*,()]$/.test(text));
  return next?.text === '{';
}

/** The contents of the attributes from there on, with commas in between; `end`: after them. */
function attributesAt(tokens: readonly Token[], from: number): { inner: Token[]; end: number } {
  const inner: Token[] = [];
  let end = from;
  for (;;) {
    const word = tokens[end];
    const isOne = word && [ATTRIBUTE, ALIGNAS, DECLSPEC].some((pattern) => pattern.test(word.text));
    const close = isOne ? closing(tokens, end + 1) : -1;
    if (!word || close < 0) return { inner, end };
    if (inner.length > 0) inner.push(comma(word));
    if (DECLSPEC.test(word.text)) inner.push(...tokens.slice(end + 2, close));
    else if (ATTRIBUTE.test(word.text)) inner.push(...tokens.slice(end + 3, close - 1));
    else inner.push({ ...word, text: 'aligned' }, ...tokens.slice(end + 1, close + 1));
    end = close + 1;
  }
}

function asList(inner: readonly Token[], like: Token): Token[] {
  if (inner.length === 0) return [];
  const mark = (text: string): Token => ({ ...like, kind: 'mark', text, spaced: false });
  const word: Token = { ...like, kind: 'word', text: '__attribute__', spaced: true };
  return [word, mark('('), mark('('), ...inner, mark(')'), mark(')')];
}

/** The type of an enum as an attribute: the grammar only knows it where C++ has it. */
function underlying(type: readonly Token[], follows: boolean): Token[] {
  const [like] = type;
  if (!like) return [];
  const mark = (text: string): Token => ({ ...like, kind: 'mark', text, spaced: false });
  const word = (text: string): Token => ({ ...like, kind: 'word', text, spaced: true });
  const open = [word(UNDERLYING), mark('('), word('sizeof'), mark('(')];
  return [...(follows ? [mark(',')] : []), ...open, ...type, mark(')'), mark(')')];
}

const comma = (like: Token): Token => ({ ...like, kind: 'mark', text: ',', spaced: false });
