import type { Abi } from '../../../shared/types/abi.ts';
import type { Problem } from '../../../shared/types/model.ts';
import { builtInMacros, isSystemHeader, packingOf } from './known.ts';
import { Macros } from './macros.ts';
import { closing, joined, type Place, problemAt, SourceFault, type Token, tokensOf } from './token.ts';

export interface SourceFile {
  /** Its name in problems. */
  readonly name: string;
  readonly text: string;
}

export interface Preprocessing {
  readonly abi: Abi;
  /** What `#include` names: the file, undefined if there is none. */
  readonly include: (name: string, from: string, quoted: boolean) => SourceFile | undefined;
  /** The value of an expression without names; throws {@link SourceFault}. */
  readonly evaluate: (tokens: readonly Token[]) => bigint;
  readonly report: (problem: Problem) => void;
}

const MAX_INCLUDES = 200;
const MAX_TOKENS = 400_000;
const PRAGMA = /^(_Pragma|__pragma)$/;

/** One open `#if`. */
interface Branch {
  readonly at: Place;
  /** Whether the enclosing block is active. */
  readonly outer: boolean;
  active: boolean;
  taken: boolean;
}

/** Reads files like C's preprocessor: conditions, macros, includes and `#pragma pack`. */
export class Preprocessor {
  readonly macros = new Macros();
  readonly #with: Preprocessing;
  readonly #out: Token[] = [];
  readonly #once = new Set<string>();
  readonly #packs: { readonly name?: string; readonly pack: number }[] = [];
  #pack = 0;
  #includes = 0;
  #branches: Branch[] = [];

  constructor(options: Preprocessing) {
    this.#with = options;
    for (const body of builtInMacros(options.abi)) this.macros.defineText(body);
  }

  /** The tokens of the file and of everything that it includes. */
  read(file: SourceFile): Token[] {
    this.#out.length = 0;
    this.#attempt(() => this.#file(file));
    return [...this.#out];
  }

  #attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof SourceFault)) throw error;
      this.#with.report(problemAt(error.message, error.at));
    }
  }

  #file(file: SourceFile): void {
    const outer = this.#branches;
    this.#branches = [];
    const tokens = tokensOf(file.text, file.name);
    let text: Token[] = [];
    for (let index = 0; index < tokens.length; ) {
      const token = tokens[index] as Token;
      if (token.text !== '#' || !token.starts) {
        if (this.#active) text.push(token);
        index++;
        continue;
      }
      this.#flush(text);
      text = [];
      const line = lineFrom(tokens, index + 1);
      index += line.length + 1;
      this.#attempt(() => this.#directive(line, token.at, file));
    }
    this.#flush(text);
    const open = this.#branches.at(-1);
    if (open) this.#with.report(problemAt('This condition has no #endif.', open.at));
    this.#branches = outer;
  }

  #flush(text: readonly Token[]): void {
    const tokens = this.macros.expand(text);
    for (let index = 0; index < tokens.length; index++) {
      const token = tokens[index] as Token;
      const end = PRAGMA.test(token.text) ? closing(tokens, index + 1) : -1;
      if (end < 0) this.#out.push({ ...token, pack: this.#pack });
      else {
        this.#attempt(() => this.#pragma(pragmaIn(tokens.slice(index + 2, end)), token.at, token.at.file));
        index = end;
      }
    }
    if (this.#out.length > MAX_TOKENS) {
      throw new SourceFault(
        `The declarations have more than ${MAX_TOKENS} tokens. Keep those that are needed in a file of their own.`,
        (this.#out[MAX_TOKENS] as Token).at,
      );
    }
  }

  get #active(): boolean {
    return this.#branches.every(({ active }) => active);
  }

  #directive(line: readonly Token[], at: Place, file: SourceFile): void {
    const [name, ...rest] = line;
    if (!name || this.#conditional(name.text, rest, at) || !this.#active) return;
    switch (name.text) {
      case 'define':
        this.macros.define(rest);
        break;
      case 'undef':
        if (rest[0]) this.macros.undefine(rest[0].text);
        break;
      case 'include':
        this.#include(rest, at, file);
        break;
      case 'pragma':
        this.#pragma(rest, at, file.name);
        break;
      case 'error':
        throw new SourceFault(`#error ${joined(rest)}`, at);
      default:
    }
  }

  /** Whether it was one of `#if` and its kin. */
  #conditional(name: string, rest: readonly Token[], at: Place): boolean {
    const branch = this.#branches.at(-1);
    switch (name) {
      case 'if':
      case 'ifdef':
      case 'ifndef': {
        const outer = this.#active;
        const holds = outer && this.#attempted(() => this.#holds(name, rest, at));
        this.#branches.push({ at, outer, active: holds, taken: holds });
        return true;
      }
      case 'elif':
      case 'elifdef':
      case 'elifndef':
      case 'else':
        if (!branch) throw new SourceFault(`#${name} has no #if.`, at);
        branch.active =
          branch.outer &&
          !branch.taken &&
          (name === 'else' || this.#attempted(() => this.#holds(name.slice(2), rest, at)));
        branch.taken ||= branch.active;
        return true;
      case 'endif':
        if (!this.#branches.pop()) throw new SourceFault('#endif has no #if.', at);
        return true;
      default:
        return false;
    }
  }

  #attempted(work: () => boolean): boolean {
    let holds = false;
    this.#attempt(() => {
      holds = work();
    });
    return holds;
  }

  #holds(name: string, rest: readonly Token[], at: Place): boolean {
    if (name !== 'if') return this.macros.has(rest[0]?.text ?? '') === (name === 'ifdef');
    const tokens = this.macros.expand(this.#withoutDefined(rest));
    if (tokens.length === 0) throw new SourceFault('#if has no condition.', at);
    const zero = (token: Token): Token => ({ ...token, kind: 'number', text: token.text === 'true' ? '1' : '0' });
    return this.#with.evaluate(tokens.map((token) => (token.kind === 'word' ? zero(token) : token))) !== 0n;
  }

  #withoutDefined(tokens: readonly Token[]): Token[] {
    const out: Token[] = [];
    for (let index = 0; index < tokens.length; index++) {
      const token = tokens[index] as Token;
      const bracket = tokens[index + 1]?.text === '(';
      const name = tokens[index + (bracket ? 2 : 1)];
      if (token.text === 'defined' && name) {
        out.push({ ...token, kind: 'number', text: this.macros.has(name.text) ? '1' : '0' });
        index += bracket ? 3 : 1;
      } else if (/^__has_\w+$/.test(token.text) && bracket) {
        out.push({ ...token, kind: 'number', text: '0' });
        while (index < tokens.length - 1 && tokens[index]?.text !== ')') index++;
      } else out.push(token);
    }
    return out;
  }

  #include(rest: readonly Token[], at: Place, file: SourceFile): void {
    const quoted = rest[0]?.kind === 'text';
    const name = quoted ? (rest[0] as Token).text.slice(1, -1) : joined(rest).replace(/^<|>.*$/g, '');
    const found = this.#with.include(name, file.name, quoted);
    if (!found) {
      const packing = packingOf(name);
      if (packing) this.#packed(tokensOf(packing, file.name), at);
      if (packing || isSystemHeader(name)) return;
      throw new SourceFault(`“${name}” is included, but was not found. Give its folder with --include DIR.`, at);
    }
    if (this.#once.has(found.name)) return;
    if (++this.#includes > MAX_INCLUDES) throw new SourceFault(`More than ${MAX_INCLUDES} files are included.`, at);
    this.#file(found);
  }

  #pragma(rest: readonly Token[], at: Place, file: string): void {
    const [name, ...more] = rest;
    if (name?.text === 'once') this.#once.add(file);
    if (name?.text === 'pack') this.#packed(this.macros.expand(more), at);
  }

  /** `pack(n)`, `pack()`, `pack(push)`, `pack(push, n)`, `pack(push, name, n)`, `pack(pop)`, `pack(pop, name)`. */
  #packed(tokens: readonly Token[], at: Place): void {
    const words = tokens.filter(({ text }) => !'(),'.includes(text)).map(({ text }) => text);
    const count = words.find((word) => /^\d/.test(word));
    const name = words.find((word) => /^[A-Za-z_]/.test(word) && word !== 'push' && word !== 'pop');
    if (words[0] === 'push') this.#packs.push({ pack: this.#pack, ...(name && { name }) });
    if (words[0] === 'pop') this.#pop(name, at);
    if (words.length === 0) this.#pack = 0;
    if (count === undefined) return;
    if (!['0', '1', '2', '4', '8', '16'].includes(count)) {
      throw new SourceFault(`#pragma pack takes 1, 2, 4, 8 or 16, not ${count}.`, at);
    }
    this.#pack = Number(count);
  }

  #pop(name: string | undefined, at: Place): void {
    const index = name === undefined ? this.#packs.length - 1 : this.#packs.findLastIndex((one) => one.name === name);
    const found = this.#packs[index];
    if (!found) throw new SourceFault('#pragma pack(pop) has no push before it.', at);
    this.#pack = found.pack;
    this.#packs.length = index;
  }
}

/** `_Pragma("pack(1)")` as it would appear after `#pragma`; Microsoft's `__pragma(pack(1))` already does. */
const pragmaIn = (tokens: readonly Token[]): Token[] =>
  tokens.flatMap((token) => (token.kind === 'text' ? tokensOf(token.text.slice(1, -1), token.at.file) : token));

/** What follows, up to the end of its line. */
function lineFrom(tokens: readonly Token[], from: number): Token[] {
  let end = from;
  while (end < tokens.length && !tokens[end]?.starts) end++;
  return tokens.slice(from, end);
}
