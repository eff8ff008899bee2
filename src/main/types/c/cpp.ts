import { closing, type Place, type Token } from './token.ts';

/** C++ that says the same as C, translated to C; and what can't be, by name. */

const OPENS: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']' };

/** Without the qualifiers of names (`std::uint32_t`: namespaces are ignored), and with `using` as a typedef. */
export function inWordsOfC(tokens: readonly Token[]): readonly Token[] {
  const qualifies = ({ kind }: Token, index: number) => kind === 'word' && tokens[index + 1]?.text === '::';
  const plain = tokens.filter((token, index) => token.text !== '::' && !qualifies(token, index));
  return plain[0]?.text === 'using' ? asTypedef(plain) : plain;
}

/** `using A = int[4];`, `using F = void (*)(int);`; not `using namespace x;`. */
function asTypedef(tokens: readonly Token[]): Token[] {
  const [using, name, equals, ...type] = tokens as [Token, Token, Token, ...Token[]];
  if (equals?.text !== '=') return [];
  const pointed = type.findIndex(({ text }, index) => text === '*' && type[index + 1]?.text === ')');
  const array = type.findIndex(({ text }) => text === '[');
  const at = pointed >= 0 ? pointed + 1 : array >= 0 ? array : type.length - 1;
  return [{ ...using, text: 'typedef' }, ...type.slice(0, at), { ...name, spaced: true }, ...type.slice(at)];
}

/** After a member's default value (`= 5`, `{5}`). */
export function behindDefault(tokens: readonly Token[], from: number): number {
  let depth = 0;
  for (let at = from; at < tokens.length; at++) {
    const { text } = tokens[at] as Token;
    if (depth === 0 && /^[,;]$/.test(text)) return at;
    if (OPENS[text]) depth++;
    else if (/^[\])}]$/.test(text) && --depth < 0) return at;
  }
  return tokens.length;
}

const WORDS = /^(class|template|virtual|operator|public|private|protected|friend|typename|decltype|explicit|mutable)$/;

/** What in a declaration C lacks, and where; undefined if there is nothing of the kind. */
export function cppIn(tokens: readonly Token[]): { readonly what: string; readonly at: Place } | undefined {
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    if (WORDS.test(token.text) && tokens[index - 1]?.text !== 'enum') return { what: `“${token.text}”`, at: token.at };
    if (/^(struct|union)$/.test(token.text) && next?.kind === 'word' && tokens[index + 2]?.text === ':')
      return { what: 'A base class', at: (tokens[index + 2] as Token).at };
    if (token.text === '(' && isMethod(tokens, index)) return { what: 'A method', at: (tokens[index - 1] as Token).at };
    if (/^[;{}]$/.test(token.text) && next && isOfItself(tokens, index + 1)) return { what: 'A method', at: next.at };
    if (next?.text === '<' && token.kind === 'word') return { what: `The template “${token.text}”`, at: token.at };
    if (token.text === '&' && next?.kind === 'word') return { what: 'A reference', at: token.at };
  }
  return undefined;
}

function isMethod(tokens: readonly Token[], open: number): boolean {
  const close = closing(tokens, open);
  const behind = tokens[close + 1]?.text ?? '';
  const inside = tokens.slice(0, open).some(({ text }) => text === '{');
  return (
    inside && close >= 0 && tokens[open - 1]?.kind === 'word' && /^([{:=]|const|noexcept|override|final)$/.test(behind)
  );
}

/** Whether a constructor or destructor is declared there: it has no type. */
function isOfItself(tokens: readonly Token[], from: number): boolean {
  const at = tokens[from]?.text === '~' ? from + 1 : from;
  const tag = tokens.findIndex(({ text }) => /^(struct|union)$/.test(text)) + 1;
  return tokens[at + 1]?.text === '(' && (at > from || (tag > 0 && tokens[at]?.text === tokens[tag]?.text));
}
