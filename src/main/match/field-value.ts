import type { FieldTest } from '../../shared/filter/filter.ts';
import { fold, hasFolded } from '../../shared/text/fold.ts';
import type { FieldValue } from '../../shared/types/decoder.ts';

type Words = Extract<FieldTest, { op: '=' }>;
export type Tested = Pick<FieldValue, 'value' | 'text' | 'type' | 'size' | 'fields' | 'fault'>;

/** Whether a field matches the filter. What couldn't be read matches nothing. */
export function isAs(test: FieldTest, field: Tested): boolean {
  const { value } = field;
  if (test.op === '*') return value !== undefined || (field.fields !== undefined && !isOfOtherForm(field));
  if (value === undefined) return false;
  if (test.op === '=') return test.values.some((word) => isWord(word, field, test));
  const number = typeof value === 'boolean' ? Number(value) : value;
  if (typeof number !== 'number' && typeof number !== 'bigint') return false;
  return compares(test, number, isFloat32(number, field));
}

/** For example a Protobuf number that was sent as a group. */
const isOfOtherForm = ({ type, fault }: Tested) => type === '?' && fault !== undefined;

/** @param single written as a 32-bit number: 0.1 is not a 64-bit one */
export function compares(
  test: Exclude<FieldTest, Words | { op: '*' }>,
  value: number | bigint,
  single: boolean,
): boolean {
  const as = (bound: number | bigint) => (single ? Math.fround(Number(bound)) : bound);
  switch (test.op) {
    case '..':
      return (test.low === null || value >= as(test.low)) && (test.high === null || value <= as(test.high));
    case '>':
      return value > as(test.value);
    case '>=':
      return value >= as(test.value);
    case '<':
      return value < as(test.value);
    case '<=':
      return value <= as(test.value);
  }
}

const isFloat32 = (value: number | bigint, { size, type }: Tested) =>
  (size === 4 || type === 'float') && typeof value === 'number' && !Number.isInteger(value);

function isWord({ text, number }: Words['values'][number], field: Tested, { ignoreCase }: Words): boolean {
  const { value, text: shown, type } = field;
  if (value === null) return text === 'null';
  if (typeof value === 'string') return has(value, text, ignoreCase);
  if (typeof value === 'boolean') return text.toLowerCase() === String(value) || number === Number(value);
  if (value === undefined) return false;
  if (number !== undefined) {
    const wanted = isFloat32(value, field) ? Math.fround(Number(number)) : number;
    if (value >= wanted && value <= wanted) return true;
  }
  if (shown === undefined) return false;
  // Names match in any case; flags are written side by side.
  if (type.startsWith('enum')) return shown.split(' | ').some((name) => fold(name) === fold(text));
  return number === undefined && has(shown, text, true);
}

const has = (whole: string, part: string, ignoreCase: boolean) =>
  ignoreCase ? hasFolded(whole, part) : whole.includes(part);
