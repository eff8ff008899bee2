import { SourceFault, type Token, tokensOf } from './token.ts';

export interface Macro {
  readonly name: string;
  /** None: it is written without parentheses. */
  readonly parameters?: readonly string[];
  readonly variadic: boolean;
  readonly body: readonly Token[];
}

/** The most tokens that macros may expand to altogether: a bomb ends here. */
const MAX_EXPANSION = 100_000;

/** Tokens read one after another, with what macros put before them. */
class Stream {
  readonly #stack: Token[];

  constructor(tokens: readonly Token[]) {
    this.#stack = [...tokens].reverse();
  }

  next(): Token | undefined {
    return this.#stack.pop();
  }

  peek(): Token | undefined {
    return this.#stack.at(-1);
  }

  prepend(tokens: readonly Token[]): void {
    for (let index = tokens.length - 1; index >= 0; index--) this.#stack.push(tokens[index] as Token);
  }
}

/** The macros that are defined, and how they expand. */
export class Macros {
  readonly #macros = new Map<string, Macro>();
  #left = MAX_EXPANSION;

  has(name: string): boolean {
    return this.#macros.has(name);
  }

  undefine(name: string): void {
    this.#macros.delete(name);
  }

  /** `tokens`: what follows `#define`. */
  define(tokens: readonly Token[]): void {
    const [name, open, ...rest] = tokens;
    if (name?.kind !== 'word') return;
    if (open?.text !== '(' || open.spaced) {
      this.#macros.set(name.text, { name: name.text, variadic: false, body: tokens.slice(1) });
      return;
    }
    const close = rest.findIndex(({ text }) => text === ')');
    if (close < 0) throw new SourceFault(`The parameters of the macro “${name.text}” have no end.`, name.at);
    const words = rest.slice(0, close).filter(({ text }) => text !== ',');
    const variadic = words.at(-1)?.text === '...';
    const parameters = words.map(({ text }) => (text === '...' ? '__VA_ARGS__' : text));
    this.#macros.set(name.text, { name: name.text, parameters, variadic, body: rest.slice(close + 1) });
  }

  /** `NAME`, `NAME value` or `NAME(a) text`, as built in. */
  defineText(text: string): void {
    this.define(tokensOf(text, '<built-in>'));
  }

  expand(tokens: readonly Token[]): Token[] {
    const stream = new Stream(tokens);
    const out: Token[] = [];
    for (let token = stream.next(); token; token = stream.next()) {
      const macro = token.kind === 'word' && !token.hidden?.has(token.text) ? this.#macros.get(token.text) : undefined;
      const replaced = macro && this.#replaced(macro, token, stream);
      if (replaced) stream.prepend(replaced);
      else out.push(token);
    }
    return out;
  }

  /** Undefined if it isn't one after all: no parenthesis follows a macro with parameters. */
  #replaced(macro: Macro, token: Token, stream: Stream): Token[] | undefined {
    if (macro.parameters && stream.peek()?.text !== '(') return undefined;
    const given = macro.parameters ? argumentsOf(token, stream) : [];
    const body = macro.parameters ? this.#filled(macro, given, token) : pasted(macro.body);
    this.#left -= body.length + 1;
    if (this.#left < 0) {
      throw new SourceFault(`The macro “${macro.name}” grows to more than ${MAX_EXPANSION} tokens.`, token.at);
    }
    const hidden = new Set([...(token.hidden ?? []), macro.name]);
    return body.map((one, index) => ({
      ...one,
      at: token.at,
      pack: token.pack,
      starts: index === 0 && token.starts,
      spaced: index === 0 ? token.spaced : one.spaced,
      hidden: one.hidden ? new Set([...one.hidden, ...hidden]) : hidden,
    }));
  }

  #filled({ parameters = [], variadic, body }: Macro, given: readonly (readonly Token[])[], token: Token): Token[] {
    const argument = (name: string): readonly Token[] | undefined => {
      const index = parameters.indexOf(name);
      if (index < 0) return undefined;
      if (!variadic || index < parameters.length - 1) return given[index] ?? [];
      const comma: Token = { ...token, kind: 'mark', text: ',', spaced: false };
      return given.slice(index).flatMap((one, at) => (at === 0 ? one : [comma, ...one]));
    };
    const out: Token[] = [];
    for (let index = 0; index < body.length; index++) {
      const one = body[index] as Token;
      const next = body[index + 1];
      const made = one.text === '#' && next ? argument(next.text) : undefined;
      if (made) {
        out.push({ ...one, kind: 'text', text: JSON.stringify(made.map(({ text }) => text).join(' ')) });
        index++;
        continue;
      }
      const value = one.kind === 'word' ? argument(one.text) : undefined;
      const glued = body[index - 1]?.text === '##' || next?.text === '##';
      if (value)
        out.push(...(glued ? value : this.expand(value)).map((each, at) => (at === 0 ? spacedAs(each, one) : each)));
      else out.push(one);
      this.#spend(value?.length ?? 0, token);
    }
    return pasted(out);
  }

  #spend(count: number, { text, at }: Token): void {
    this.#left -= count;
    if (this.#left < 0) throw new SourceFault(`The macro “${text}” grows to more than ${MAX_EXPANSION} tokens.`, at);
  }
}

const spacedAs = (token: Token, { spaced }: Token): Token => ({ ...token, spaced });

/** `a ## b` as one token. */
function pasted(tokens: readonly Token[]): Token[] {
  if (!tokens.some(({ text }) => text === '##')) return [...tokens];
  const out: Token[] = [];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] as Token;
    const [before, next] = [out.at(-1), tokens[index + 1]];
    if (token.text !== '##' || !before || !next) out.push(token);
    else {
      out.pop();
      const [glued] = tokensOf(before.text + next.text, before.at.file);
      if (glued) out.push({ ...before, kind: glued.kind, text: before.text + next.text });
      index++;
    }
  }
  return out;
}

/** The contents of the parentheses that come next, split at the commas. */
function argumentsOf(macro: Token, stream: Stream): Token[][] {
  const found: Token[][] = [[]];
  let depth = 0;
  for (let token = stream.next(); token; token = stream.next()) {
    if (token.text === '(' && depth++ === 0) continue;
    if (token.text === ')' && --depth === 0) return found.length === 1 && found[0]?.length === 0 ? [] : found;
    if (token.text === ',' && depth === 1) found.push([]);
    else found.at(-1)?.push(token);
  }
  throw new SourceFault(`The macro “${macro.text}” has an opening parenthesis and no closing one.`, macro.at);
}
