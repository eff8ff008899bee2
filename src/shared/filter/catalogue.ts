import type { EncodingChoice } from '../text/encodings.ts';
import type { BuiltInType, Instant, Node, Span, Term } from './ast.ts';

/** What follows a field's colon; `span` begins there. */
export interface Value {
  readonly span: Span;
  readonly text: string;
  /** The same with its escapes. */
  readonly raw: string;
  readonly quoted: boolean;
  /** A regular expression: `text` without its slashes. */
  readonly regex: boolean;
  readonly flags: string;
}

/** A way to write terms: `name:value`. */
export interface Field {
  /** Letters and digits, in lower case; for a payload's field its path. */
  readonly name: string;
  readonly describe: string;
  /** What may follow the colon, as examples or as the full list. */
  readonly values: readonly { readonly text: string; readonly describe: string }[];
  /** Throws {@link Mistake}. */
  readonly read: (value: Value) => Term;
  /** Only offered once its beginning is typed. */
  readonly isRare?: boolean;
  /** An `i` may follow the quotes. */
  readonly takesCase?: boolean;
  readonly takesRegex?: boolean;
}

/** What the language knows about a type of term. */
export interface TermProvider<T extends { readonly type: string } = Term> {
  readonly fields: readonly Field[];
  /** A field that isn't in that list. */
  fieldFor?(name: string): Field | undefined;
  /** Why there is no such field, if this term knows. */
  unknownField?(name: string): { readonly message: string; readonly expected: readonly string[] } | undefined;
  /** As text that parses to the same term. */
  print(term: T): string;
  /** A record can match several different ones, as it can contain several texts. */
  readonly isSearch?: boolean;
  /** For a term about a time. */
  instantOf?(term: T): Instant;
  /** The term with its text read in `encoding`, unless it names one. */
  inEncoding?(term: T, encoding: EncodingChoice): Term;
}

/** The terms of the language by their type, in the order in which they are offered. */
export class Catalogue<P extends TermProvider = TermProvider> {
  readonly fields: readonly Field[];
  readonly #providers: ReadonlyMap<string, P>;
  readonly #byName: ReadonlyMap<string, Field>;

  constructor(providers: Readonly<Record<string, P>>) {
    this.#providers = new Map(Object.entries(providers));
    this.fields = Object.values(providers).flatMap(({ fields }) => fields);
    this.#byName = new Map(this.fields.map((field) => [field.name.toLowerCase(), field]));
    if (this.#byName.size < this.fields.length) throw new TypeError('Two fields of the filter have the same name.');
  }

  /** This catalogue plus more terms. */
  with(providers: Readonly<Record<AddedType, P>>): Catalogue<P> {
    return new Catalogue({ ...Object.fromEntries(this.#providers), ...providers });
  }

  /** The same with a term that knows more. */
  replace(type: BuiltInType, more: Partial<P>): Catalogue<P> {
    const providers = Object.fromEntries(this.#providers);
    return new Catalogue({ ...providers, [type]: { ...(providers[type] as P), ...more } });
  }

  /** In any case. */
  field(name: string): Field | undefined {
    const known = this.#byName.get(name.toLowerCase());
    if (known) return known;
    for (const provider of this.#providers.values()) {
      const found = provider.fieldFor?.(name);
      if (found) return found;
    }
    return undefined;
  }

  /** Why there is no such field, if a term knows. */
  unknown(name: string): { readonly message: string; readonly expected: readonly string[] } | undefined {
    for (const provider of this.#providers.values()) {
      const why = provider.unknownField?.(name);
      if (why) return why;
    }
    return undefined;
  }

  of({ type }: Term): P {
    const provider = this.#providers.get(type);
    if (!provider) throw new TypeError(`The filter has no term ${type}.`);
    return provider;
  }
}

type AddedType = Extract<Term['type'], `+${string}`>;

/** The terms of a filter, however deep. */
export function* termsOf(filter: Node): Generator<Term & { readonly span: Span }> {
  switch (filter.type) {
    case 'all':
      return;
    case 'and':
    case 'or':
      for (const each of filter.terms) yield* termsOf(each);
      return;
    case 'not':
      return yield* termsOf(filter.term);
    default:
      yield filter;
  }
}
