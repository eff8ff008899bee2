import { isFiniteJson, numberOf } from '../text/exact-json.ts';
import type { Value } from './schema-words.ts';
import { fillText, namesIn, reservedName } from './template.ts';

/** Variables that are known before a scenario is run. */
export type Values = ReadonlyMap<string, Value>;

/** What is wrong with a variable, and its name. */
export interface VariableFault {
  readonly name: string;
  readonly message: string;
}

/**
 * The values of `vars`, which may use each other; those of a row of the data table override them, and those given from
 * outside override both.
 */
export function valuesOf(
  vars: Readonly<Record<string, Value>>,
  row: Readonly<Record<string, Value>>,
  given: Values,
): { readonly values: Values; readonly faults: readonly VariableFault[] } {
  const written = new Map([...Object.entries(vars), ...Object.entries(row)]);
  const values = new Map(given);
  const faults = new Map<string, VariableFault>();
  const fault = (name: string, message: string) => {
    if (!faults.has(name)) faults.set(name, { name, message });
    return undefined;
  };
  const find = (name: string, way: readonly string[]): Value | undefined => {
    const known = values.get(name);
    const raw = written.get(name);
    if (known !== undefined || raw === undefined) return known;
    if (way.includes(name)) return fault(name, `Variables name each other in a circle: ${[...way, name].join(' → ')}.`);
    const value = typeof raw === 'string' ? textOf(raw, name, [...way, name]) : raw;
    values.set(name, value);
    return value;
  };
  const textOf = (text: string, name: string, way: readonly string[]) => {
    const unknown = namesIn(text).find((each) => !values.has(each) && !written.has(each));
    if (unknown !== undefined) fault(name, `${name} needs ${unknown}, which is not a variable.`);
    return fillText(text, (each) => find(each, way));
  };
  for (const name of written.keys()) {
    const reserved = reservedName(name);
    if (reserved !== undefined) fault(name, reserved);
    find(name, []);
  }
  return { values, faults: [...faults.values()] };
}

/** What is wrong with the names that were given values, as a sentence; undefined if each is one of `known`. */
export function unknownVariable(given: Iterable<string>, known: readonly string[]): string | undefined {
  const unknown = [...given].find((name) => !known.includes(name));
  if (unknown === undefined) return undefined;
  const there = known.length === 0 ? 'It has none.' : `Its variables are ${known.join(', ')}.`;
  return `No variable is called ${unknown}. ${there}`;
}

const GIVEN = /^([A-Za-z_][\w-]*)=(.*)$/s;

/** `name=value`, as given from outside; a sentence if it isn't of that form. */
export function readGiven(text: string): readonly [string, Value] | string {
  const [, name, value] = GIVEN.exec(text) ?? [];
  if (name === undefined || value === undefined) return `A variable is given as name=value, not as “${text}”.`;
  const reserved = reservedName(name);
  if (reserved !== undefined) return reserved;
  if (namesIn(value).length > 0) return `The value of ${name} can’t contain {{…}}.`;
  return [name, numberOr(value)];
}

/** Text in the usual form of a number, so that it can be used as one. */
function numberOr(text: string): Value {
  const number = numberOf(text);
  return String(number) === text && isFiniteJson(number) ? number : text;
}
