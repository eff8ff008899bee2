import type { KnownField } from '../types/decoder.ts';
import { withoutIndexes } from '../types/paths.ts';
import { type FieldWord, Mistake, type TermOf } from './ast.ts';
import type { Catalogue, Field, TermProvider, Value } from './catalogue.ts';
import { readFieldTest, writeFieldTest } from './field-words.ts';
import { listed } from './read-words.ts';
import { quoted } from './values.ts';

/**
 * Fields of payloads as terms: `order.price:>10`, where `order` is a type, and `hdr.seq:5` of whichever type has it.
 */

/** A type that messages can have, as the language knows it. */
export interface FieldType {
  /** Its names: `order`; a Protobuf message by its full name and by the last part of it. */
  readonly names: readonly string[];
  readonly fields: readonly KnownField[];
  /** Whether only a payload tells its fields. */
  readonly isOpen: boolean;
}

/** Fields offered, of all types. */
const OFFERED = 2000;
const LISTED = 12;
const NUMBERS = [
  { text: '>10', describe: 'Numbers can be compared' },
  { text: '10..20', describe: 'A range' },
];
const ANY = { text: '*', describe: 'The field exists' };

/** Without knowledge of types: every dotted name is accepted. */
export const FIELD_TERM: TermProvider<TermOf<'field'>> = {
  fields: [],
  print: ({ path, test }) => `${path}:${writeFieldTest(test)}`,
  isSearch: true,
  fieldFor: (name) => (isPath(name) ? fieldOf(name, []) : undefined),
};

/** The catalogue with the fields of these types, and no others. */
export function withFields<P extends TermProvider>(catalogue: Catalogue<P>, types: readonly FieldType[]): Catalogue<P> {
  const index = new FieldIndex(types);
  const provider: Partial<TermProvider> = {
    fields: index.offered,
    fieldFor: (name) => index.field(name),
    unknownField: (name) => index.unknown(name),
  };
  return catalogue.replace('field', provider as Partial<P>);
}

/** A single name is a field of the language itself. */
const isPath = (name: string) => name.includes('.');

class FieldIndex {
  readonly #types: readonly FieldType[];
  /** By path in lower case, with and without the type before it. */
  readonly #known = new Map<string, { readonly path: string; readonly fields: KnownField[] }>();

  constructor(types: readonly FieldType[]) {
    this.#types = types;
    for (const { names, fields } of types) {
      for (const field of fields) {
        for (const name of names) this.#add(`${name}.${field.path}`, field);
        if (isPath(field.path)) this.#add(field.path, field);
      }
    }
  }

  get offered(): Field[] {
    return [...this.#known.values()].slice(0, OFFERED).map(({ path, fields }) => fieldOf(path, fields));
  }

  field(name: string): Field | undefined {
    if (!isPath(name)) return undefined;
    const known = this.#known.get(withoutIndexes(name).toLowerCase());
    if (known) return fieldOf(withPlaces(known.path, name), known.fields);
    return this.#isOpen(withoutIndexes(name).toLowerCase()) ? fieldOf(name, []) : undefined;
  }

  unknown(name: string): { readonly message: string; readonly expected: readonly string[] } | undefined {
    if (!isPath(name)) return undefined;
    const asText = 'To look for it as text, put it in quotes.';
    if (this.#types.length === 0) {
      const message = `No declared type is bound to this channel, so there is no field ${quoted(name)}. ${asText}`;
      return { message, expected: [] };
    }
    const near = this.#near(withoutIndexes(name).toLowerCase());
    const list = `${near.slice(0, LISTED).join(', ')}${near.length > LISTED ? ', …' : ''}`;
    return { message: `There is no field ${quoted(name)}. Known fields: ${list}. ${asText}`, expected: near };
  }

  /** Only a payload tells what is there: below a map, or everywhere. */
  #isOpen(name: string): boolean {
    if (this.#types.some(({ isOpen }) => isOpen)) return true;
    for (let end = name.lastIndexOf('.'); end > 0; end = name.lastIndexOf('.', end - 1)) {
      const fields = this.#known.get(name.slice(0, end))?.fields ?? [];
      if (fields.some(({ form }) => form === undefined)) return true;
    }
    return false;
  }

  #add(path: string, field: KnownField): void {
    const key = path.toLowerCase();
    const known = this.#known.get(key) ?? { path, fields: [] };
    known.fields.push(field);
    this.#known.set(key, known);
  }

  /** Fields that share the longest beginning. */
  #near(name: string): string[] {
    const all = [...this.#known.values()].map(({ path }) => path);
    for (let parts = name.split('.').slice(0, -1); parts.length > 0; parts = parts.slice(0, -1)) {
      const prefix = `${parts.join('.')}.`;
      const found = all.filter((path) => path.toLowerCase().startsWith(prefix));
      const direct = found.filter((path) => !path.slice(prefix.length).includes('.'));
      if (found.length > 0) return direct.length > 0 ? direct : found;
    }
    return all;
  }
}

/** The known path with the array indices that were written. */
function withPlaces(known: string, written: string): string {
  const places = written.split('.').map((part) => part.replace(/^[^[]*/, ''));
  return known
    .split('.')
    .map((part, index) => part + (places[index] ?? ''))
    .join('.');
}

/** @param known what may be there; empty: unknown */
function fieldOf(path: string, known: readonly KnownField[]): Field {
  const names = [...new Set(known.flatMap(({ names: own = [] }) => own))];
  const forms = new Set(known.map(({ form }) => form));
  return {
    name: path,
    describe: known[0] ? `Field of type ${known[0].type}` : 'Field of the payload',
    values: [
      ...listed(names, (name) => `Value ${name}`),
      ...(forms.has('bool') ? listed(['true', 'false'], (word) => `Is ${word}`) : []),
      ...(forms.has('number') ? NUMBERS : []),
      ANY,
    ],
    read: (value) => ({ type: 'field', path, test: checked(path, known, value) }),
    isRare: true,
    takesCase: true,
  };
}

function checked(path: string, known: readonly KnownField[], value: Value): TermOf<'field'>['test'] {
  const test = readFieldTest(path, value);
  if (test.op === '*' || known.length === 0 || known.some((field) => canBe(field, test))) return test;
  const names = [...new Set(known.flatMap(({ names: own = [] }) => own))];
  const [{ form, type } = { form: undefined, type: '' }] = known;
  if (names.length > 0)
    throw new Mistake(value.span, `${quoted(value.text)} is not a value of ${type}: ${names.join(', ')}.`, names);
  if (form === 'group') throw new Mistake(value.span, `${path} has fields of its own: name one of them.`, ['*']);
  const what = { bool: 'true or false', text: 'a text', number: 'a number', enum: 'a number' }[form ?? 'number'];
  throw new Mistake(value.span, `${path} is ${type}: it needs ${what}.`, []);
}

function canBe({ form, names = [] }: KnownField, test: TermOf<'field'>['test']): boolean {
  if (test.op !== '=') return test.op === '*' || form === undefined || form === 'number' || form === 'enum';
  const isAny = (is: (word: FieldWord) => boolean) => test.values.every(is);
  switch (form) {
    case 'bool':
      return isAny(({ text }) => /^(true|false|0|1)$/i.test(text));
    case 'enum':
      return isAny(({ text, number }) => number !== undefined || names.some((one) => same(one, text)));
    case 'number':
      return isAny(({ number }) => number !== undefined);
    case 'group':
      return false;
    default:
      return true;
  }
}

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
