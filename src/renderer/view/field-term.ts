import type { FieldTest, Term } from '../../shared/filter/filter.ts';
import { namesOf } from '../../shared/filter/typed-catalogue.ts';
import type { Decoder, FieldValue } from '../../shared/types/decoder.ts';
import { plainFieldText } from './field-text.ts';

/** A field's value that can be filtered by. */
export interface FieldTermValue {
  /** As in "Only …". */
  readonly label: string;
  readonly term: Term;
}

/** The term that requires this value of a field; undefined for one without a value, or too long a one. */
export function fieldTermOf(decoder: Decoder, path: string, field: FieldValue): FieldTermValue | undefined {
  const test = testOf(field);
  if (!test) return undefined;
  const [shown = ''] = namesOf(decoder).slice(-1);
  const text = plainFieldText(field);
  return {
    label: `${path} ${text.length > 24 ? `${text.slice(0, 24)}…` : text}`,
    term: { type: 'field', path: `${shown}.${path}`, test },
  };
}

const MOST_TEXT = 80;

function testOf({ value, text, type, fields, fault }: FieldValue): FieldTest | undefined {
  if (fields || value === undefined || value === null || fault !== undefined) return undefined;
  if (typeof value === 'string')
    return value.length > MOST_TEXT ? undefined : { op: '=', values: [{ text: value }], ignoreCase: false };
  if (typeof value === 'boolean') return { op: '=', values: [{ text: String(value) }], ignoreCase: false };
  // A name of an enum; for combined flags the number says the same.
  const isName = type.startsWith('enum') && text !== undefined && /^[A-Za-z_]\w*$/.test(text);
  return { op: '=', values: [isName ? { text } : { text: String(value), number: value }], ignoreCase: false };
}
