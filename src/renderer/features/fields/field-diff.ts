import type { FieldValue } from '../../../shared/types/decoder.ts';
import { pathWithin } from '../../../shared/types/paths.ts';
import { plainFieldText } from '../../view/field-text.ts';

/** A value by its path in two messages; null if one has none. */
export interface FieldPair {
  readonly path: string;
  readonly sides: readonly [FieldValue | null, FieldValue | null];
  readonly differs: boolean;
}

/** Every value of two messages, the first one's in order, then those that only the second has. */
export function fieldPairs(a: readonly FieldValue[], b: readonly FieldValue[]): FieldPair[] {
  const [left, right] = [valuesIn(a), valuesIn(b)];
  return [...new Set([...left.keys(), ...right.keys()])].map((path) => {
    const sides = [left.get(path) ?? null, right.get(path) ?? null] as const;
    return { path, sides, differs: !isSame(...sides) };
  });
}

function valuesIn(fields: readonly FieldValue[]): Map<string, FieldValue> {
  const found = new Map<string, FieldValue>();
  const add = (inner: readonly FieldValue[], parent: string) => {
    for (const field of inner) {
      const path = pathWithin(parent, field.name);
      if (field.fields) add(field.fields, path);
      else found.set(path, field);
    }
  };
  add(fields, '');
  return found;
}

const isSame = (a: FieldValue | null, b: FieldValue | null): boolean =>
  a !== null && b !== null && Object.is(a.value, b.value) && plainFieldText(a) === plainFieldText(b);
