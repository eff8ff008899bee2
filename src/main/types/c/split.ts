import type { Place, Token } from './token.ts';

/** A declaration of its own, so that a mistake in one doesn't spoil others. */
export interface Chunk {
  readonly tokens: readonly Token[];
  /** Where an opening brace or parenthesis has no closing one, or is nested too deeply. */
  readonly fault?: { readonly message: string; readonly at: Place };
}

const MAX_NESTING = 64;
const MAX_LENGTH = 50_000;
const CLOSES: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']' };

/** The tokens, declaration by declaration. Function bodies are left out, and the braces of `extern "C"`. */
export function chunksOf(tokens: readonly Token[]): Chunk[] {
  const chunks: Chunk[] = [];
  let start = 0;
  while (start < tokens.length) {
    const scope = scopeAt(tokens, start);
    if (scope > 0 || tokens[start]?.text === '}' || tokens[start]?.text === ';') {
      start += scope || 1;
      continue;
    }
    const { end, fault: open } = endOf(tokens, start);
    const fault = open ?? tooLong(tokens, start, end);
    const chunk = tokens.slice(start, end);
    if (fault || !isFunction(chunk)) chunks.push({ tokens: chunk, ...(fault && { fault }) });
    start = end;
  }
  return chunks;
}

/** A prototype or a function with its body, whatever it contains: it declares nothing of interest. */
function isFunction(tokens: readonly Token[]): boolean {
  const open = tokens.findIndex(({ text }) => text === '(');
  const head = tokens.slice(0, open);
  if (open < 1 || head.some(({ text }) => /^([={:]|struct|union|enum|class|typedef|using|template)$/.test(text)))
    return false;
  const last = tokens.at(-1)?.text;
  return last === '}'
    ? opensBody(
        tokens,
        0,
        tokens.findIndex(({ text }) => text === '{'),
      )
    : tokens.at(-2)?.text === ')';
}

function tooLong(tokens: readonly Token[], start: number, end: number): Chunk['fault'] {
  if (end - start <= MAX_LENGTH) return undefined;
  return { message: `A declaration of more than ${MAX_LENGTH} tokens is not read.`, at: (tokens[start] as Token).at };
}

/** How many tokens open a scope that is ignored: `extern "C" {`, `namespace x {`. */
function scopeAt(tokens: readonly Token[], at: number): number {
  const [first, second, third] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  if (first?.text === 'extern' && second?.kind === 'text') return third?.text === '{' ? 3 : 2;
  if (first?.text !== 'namespace') return 0;
  return second?.text === '{' ? 2 : third?.text === '{' ? 3 : 0;
}

/** After the semicolon at its end, or a function's body. */
function endOf(tokens: readonly Token[], start: number): { end: number; fault?: Chunk['fault'] } {
  const open: Token[] = [];
  let isFunction = false;
  for (let index = start; index < tokens.length; index++) {
    const token = tokens[index] as Token;
    if (CLOSES[token.text]) {
      if (token.text === '{' && open.length === 0) isFunction = opensBody(tokens, start, index);
      open.push(token);
      if (open.length > MAX_NESTING) return beyond(tokens, start, `More than ${MAX_NESTING} levels deep.`, token.at);
    } else if (token.kind === 'mark' && '})]'.includes(token.text)) {
      const opened = open.pop();
      if (opened && CLOSES[opened.text] !== token.text) {
        return beyond(
          tokens,
          start,
          `“${opened.text}” of line ${opened.at.line} is closed by “${token.text}”.`,
          token.at,
        );
      }
      if (open.length === 0 && isFunction && token.text === '}') return { end: index + 1 };
    } else if (token.text === ';' && open.length === 0) return { end: index + 1 };
  }
  const first = open[0];
  if (!first) return { end: tokens.length };
  return beyond(tokens, start, `“${first.text}” has no “${CLOSES[first.text]}”.`, first.at);
}

/** Continues with the next declaration that starts at the beginning of a line. */
function beyond(tokens: readonly Token[], start: number, message: string, at: Place) {
  const starts = ({ starts, at: { column }, text }: Token) =>
    starts && column === 1 && /^(struct|union|enum|typedef)$/.test(text);
  const next = tokens.findIndex((token, index) => index > start && starts(token));
  return { end: next < 0 ? tokens.length : next, fault: { message, at } };
}

/** Whether the brace opens a function's body: what precedes it ends with parameters, not an attribute. */
function opensBody(tokens: readonly Token[], start: number, brace: number): boolean {
  let index = brace - 1;
  while (tokens[index]?.kind === 'word' && /^(const|noexcept|override)$/.test(tokens[index]?.text ?? '')) index--;
  if (tokens[index]?.text !== ')') return false;
  let depth = 0;
  for (; index >= start; index--) {
    if (tokens[index]?.text === ')') depth++;
    if (tokens[index]?.text === '(' && --depth === 0) break;
  }
  return !/^(__attribute__|__attribute|_{1,2}declspec|_Alignas|alignas)$/.test(tokens[index - 1]?.text ?? '');
}
