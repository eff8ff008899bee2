import * as v from 'valibot';
import { ANOMALIES } from '../domain.ts';

/** The building blocks of a scenario's schemas. */

/** Characters of one text. */
const MAX_TEXT = 1_000_000;

export const text = (what: string) =>
  v.pipe(
    v.string(`${what} must be text: put it in quotes.`),
    v.maxLength(MAX_TEXT, `${what} is longer than ${MAX_TEXT} characters.`),
  );

export const filled = (what: string) => v.pipe(text(what), v.minLength(1, `${what} is empty.`));

/** A name within its scenario. */
export const nameSchema = v.pipe(
  v.string('A name must be text.'),
  v.regex(/^[A-Za-z_][\w-]*$/, 'A name has letters, digits, _ and -, and begins with a letter.'),
  v.maxLength(60, 'A name has at most 60 characters.'),
);

export const anomalySchema = v.picklist(ANOMALIES, `An anomaly is one of ${ANOMALIES.join(', ')}.`);

/** A value of a variable. */
export const valueSchema = v.union(
  [v.pipe(v.string(), v.maxLength(MAX_TEXT)), v.pipe(v.number(), v.finite()), v.bigint(), v.boolean()],
  'The value of a variable is text, a number, true or false.',
);
export type Value = v.InferOutput<typeof valueSchema>;

/**
 * What can be written short or as a map of its parts: each has its own mistakes, so what is there decides. `null`:
 * nothing follows the word.
 */
export function either<const S extends v.GenericSchema, const L extends v.GenericSchema>(
  short: S,
  long: L,
): v.GenericSchema<v.InferOutput<S> | v.InferOutput<L>> & { readonly choices: readonly [S, L] } {
  const isLong = (input: unknown) => typeof input === 'object' && input !== null;
  const schema = v.lazy((input) => (isLong(input) ? long : short)) as never as v.GenericSchema<
    v.InferOutput<S> | v.InferOutput<L>
  >;
  return Object.assign(schema, { choices: [short, long] as const });
}

/** What a text for a number, or for true and false, may be. */
const PLAIN: Readonly<Record<string, boolean>> = { true: true, false: false };
const plainOf = (text: string) => PLAIN[text] ?? Number(text);

/** A value that isn't text, which a variable may stand for: what is filled in is text at first. */
export function plain<const S extends v.GenericSchema>(schema: S): S & { readonly filledIn: S } {
  const isPlain = (input: unknown) => typeof input === 'string' && /^(-?\d+|true|false)$/.test(input);
  const lazy = v.lazy((input) => (isPlain(input) ? v.pipe(v.string(), v.transform(plainOf), schema as never) : schema));
  return Object.assign(lazy as never as S, { filledIn: schema });
}

/** How a map is read that must have one of several keys, and which it has. */
export const oneOf = <T extends object>(keys: readonly (keyof T & string)[], what: string) =>
  v.check((map: T) => keys.filter((key) => map[key] !== undefined).length === 1, what);

/** With a sentence for editors that complete the file. */
export const told = <S extends v.GenericSchema>(schema: S, description: string) =>
  v.pipe(schema, v.description(description)) as unknown as S;
