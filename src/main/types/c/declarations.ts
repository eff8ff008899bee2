import type { AbiId } from '../../../shared/types/abi.ts';
import { Layouts } from '../../../shared/types/layout/layouts.ts';
import { TypeFault } from '../../../shared/types/limits.ts';
import { type DeclaredType, type Problem, shortName } from '../../../shared/types/model.ts';
import { type Grammar, mistakeIn, type Node } from '../grammar.ts';
import { cppIn } from './cpp.ts';
import { Evaluator } from './evaluate.ts';
import { formed } from './form.ts';
import { knownStruct } from './known-structs.ts';
import { type Place, problemAt, SourceFault, type Token, tokensOf } from './token.ts';
import { TypeReader } from './type-reader.ts';
import type { Value } from './value.ts';

interface Options {
  readonly grammar: Grammar;
  readonly abi: AbiId;
  readonly report: (problem: Problem) => void;
}

/** Unnamed bits have no name for the grammar to find. */
const isUnnamedBits = (node: Node) => node.type === 'field_identifier' && node.nextSibling?.type === 'bitfield_clause';

/** What has been declared so far. Reads one declaration after another; a faulty one is reported and leaves nothing. */
export class Declarations {
  readonly types = new Map<string, DeclaredType>();
  readonly #grammar: Grammar;
  readonly #report: Options['report'];
  readonly #constants = new Map<string, Value>();
  readonly #places = new Map<string, Place>();
  readonly #evaluator: Evaluator;
  readonly #layouts: Layouts;
  readonly #typeReader: TypeReader;
  /** Those being read now, and where they start in its text. */
  #tokens: readonly Token[] = [];
  #starts: number[] = [];

  constructor({ grammar, abi, report }: Options) {
    this.#grammar = grammar;
    this.#report = report;
    this.#layouts = new Layouts({ abi, types: this.types });
    const fail = (message: string, node: Node): never => {
      throw new SourceFault(message, this.#placeOf(node));
    };
    this.#evaluator = new Evaluator({
      layouts: this.#layouts,
      constant: (name) => this.#constants.get(name),
      typeOf: (node) => this.#typeReader.descriptor(node),
      typeNamed: (name) => this.#typeReader.named(name),
      fail,
    });
    this.#typeReader = new TypeReader({
      types: this.types,
      layouts: this.#layouts,
      value: (node) => this.#evaluator.value(node),
      typeIn: (node) => this.#evaluator.typeIn(node),
      fail,
      packAt: (node) => this.#tokenAt(node)?.pack ?? 0,
      declare: (key, type, node) => this.#declare(key, type, node),
      declareKnown: (key) => this.#declareKnown(key),
      constant: (name, value) => this.#constants.set(name, value),
      warn: (message, node) => report(problemAt(message, this.#placeOf(node), 'warning')),
    });
  }

  /** One declaration up to its semicolon. */
  read(tokens: readonly Token[]): void {
    const before = this.types.size;
    this.#guarded(tokens, () =>
      this.#parse(tokens, (root) => {
        for (const node of root.namedChildren) if (node) this.#typeReader.declaration(node);
      }),
    ) ?? this.#forget(before);
  }

  /** The value of an expression without type names: a preprocessor condition. */
  evaluate(tokens: readonly Token[]): bigint {
    const word = (text: string, like: Token): Token => ({ ...like, kind: 'word', text, spaced: true });
    const first = tokens[0] as Token;
    const all = [
      word('enum', first),
      word('{', first),
      word('x', first),
      word('=', first),
      ...tokens,
      word('}', first),
      word(';', first),
    ];
    return this.#parse(all, (root) => {
      const value = root.descendantsOfType('enumerator')[0]?.childForFieldName('value');
      if (!value) throw new SourceFault('The condition has no value.', first.at);
      return this.#evaluator.value(value).value;
    });
  }

  #parse<T>(tokens: readonly Token[], read: (root: Node) => T): T {
    const outer = [this.#tokens, this.#starts] as const;
    this.#tokens = formed(tokens);
    this.#starts = [];
    let text = '';
    for (const [index, token] of this.#tokens.entries()) {
      if (index > 0 && isApart(token, this.#tokens[index - 1] as Token)) text += ' ';
      this.#starts.push(text.length);
      text += token.text;
    }
    try {
      return this.#grammar.parse(text, (root) => {
        const mistake = mistakeIn(root, isUnnamedBits);
        if (mistake || isClass(tokens)) throw this.#mistake(mistake ?? root, tokens);
        return read(root);
      });
    } finally {
      [this.#tokens, this.#starts] = outer;
    }
  }

  /** `tokens`: as written. */
  #mistake(node: Node, tokens: readonly Token[]): SourceFault {
    const cpp = cppIn(tokens);
    if (!cpp) return new SourceFault(mistakeText(node), this.#placeOf(node));
    return new SourceFault(
      `${cpp.what} is C++. Only what C has too is read: declare the data in a plain struct.`,
      cpp.at,
    );
  }

  /** Declares a struct from the system's headers; false: it isn't a known one. */
  #declareKnown(key: string): boolean {
    const text = knownStruct(key);
    if (text === undefined) return false;
    this.read(tokensOf(text, '<built-in>'));
    return this.types.has(key);
  }

  /** True, or undefined after the fault was reported. */
  #guarded(tokens: readonly Token[], work: () => void): true | undefined {
    const report = (message: string, at: Place) => this.#report(problemAt(message, at));
    try {
      work();
      return true;
    } catch (error) {
      if (error instanceof SourceFault) report(error.message, error.at);
      else if (error instanceof TypeFault && tokens[0]) report(error.message, tokens[0].at);
      else throw error;
      return undefined;
    }
  }

  /** A map keeps insertion order. */
  #forget(before: number): void {
    for (const key of [...this.types.keys()].slice(before)) this.types.delete(key);
  }

  #declare(key: string, type: DeclaredType, node: Node): void {
    const known = this.types.get(key);
    const at = this.#placeOf(node);
    if (known) {
      // A header that is read twice says the same again.
      if (printed(known) === printed(type)) return;
      const place = this.#places.get(key);
      throw new SourceFault(
        `“${key}” is declared differently before${place ? `, in ${place.file}:${place.line}` : ''}.`,
        at,
      );
    }
    this.types.set(key, type);
    this.#places.set(key, at);
    try {
      if (type.kind === 'struct' || type.kind === 'union') this.#layouts.struct(type);
    } catch (error) {
      this.types.delete(key);
      if (error instanceof TypeFault) throw new SourceFault(`${shortName(key)}: ${error.message}`, at);
      throw error;
    }
  }

  #tokenAt(node: Node): Token | undefined {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] as number) <= node.startIndex) low = middle;
      else high = middle - 1;
    }
    return this.#tokens[low];
  }

  #placeOf(node: Node): Place {
    return this.#tokenAt(node)?.at ?? { file: '', line: 1, column: 1 };
  }
}

/** Whether there is, or must be, a blank: what comes out of macros must not run together. */
const isApart = (token: Token, before: Token): boolean =>
  token.spaced || token.starts || token.hidden !== undefined || (token.kind !== 'mark' && before.kind !== 'mark');

/** The grammar takes it for a function. */
const isClass = (tokens: readonly Token[]) => tokens[0]?.text === 'class' && tokens.some(({ text }) => text === '{');

const printed = (type: DeclaredType) =>
  JSON.stringify(type, (_, value) => (typeof value === 'bigint' ? `${value}` : value));

function mistakeText(node: Node): string {
  if (node.isMissing) return `“${node.type.replaceAll('_', ' ')}” is missing here.`;
  const text = node.text.length > 40 ? `${node.text.slice(0, 40)}…` : node.text;
  return `“${text}” can't be read as a declaration of C.`;
}
