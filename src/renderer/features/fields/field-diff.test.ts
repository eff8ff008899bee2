import { expect, test } from 'vitest';
import type { FieldValue, Plain } from '../../../shared/types/decoder.ts';
import { fieldPairs } from './field-diff.ts';

const value = (name: string, of: Plain, more: Partial<FieldValue> = {}): FieldValue => ({
  ...{ name, type: 'int', value: of, ...more },
});

test('two messages differ where a value does, wherever it lies, and where one has none', () => {
  const a = [{ name: 'hdr', type: 'struct', fields: [value('seq', 1), value('kind', 7)] }, value('x', Number.NaN)];
  const b = [
    value('x', Number.NaN),
    { name: 'hdr', type: 'struct', fields: [value('seq', 2), value('kind', 7)] },
    value('y', 1),
  ];
  expect(fieldPairs(a, b).map(({ path, differs }) => [path, differs])).toEqual([
    ['hdr.seq', true],
    ['hdr.kind', false],
    ['x', false],
    ['y', true],
  ]);
});

test('a number and its name are the same value only where both are', () => {
  expect(fieldPairs([value('s', 1, { text: 'BUY' })], [value('s', 1, { text: 'buy' })])[0]?.differs).toBe(true);
});
