import { expect, test } from 'vitest';
import { FORM, NO_TYPES } from './compiled.ts';
import { openTypes } from './open.ts';
import { readCompiled } from './schema.ts';

const compiled = (types: unknown, type = 's') => ({
  ...{ form: FORM, libraries: [{ abi: 'linux-x64', types }], proto: null },
  bindings: [{ type, abi: 'linux-x64', line: 1 }],
});
const int = { kind: 'scalar', name: 'int' };
const struct = (...members: unknown[]) => ['struct s', { kind: 'struct', members }];

test('what a capture remembers is read as it was', () => {
  const given = compiled([
    struct({ name: 'a', type: int, bits: 3 }, { name: 'b', type: { kind: 'array', of: int, count: 2 } }),
  ]);
  expect(readCompiled(JSON.stringify(given))).toEqual(given);
});

test.each([
  ['no JSON', 'x'],
  ['another form', { ...NO_TYPES, form: 2 }],
  ['a width that no integer has', compiled([struct({ name: 'a', type: int, bits: 1000 })])],
  ['an array without end', compiled([struct({ name: 'a', type: { kind: 'array', of: int, count: 1e300 } })])],
  ['an alignment that is none', compiled([struct({ name: 'a', type: int, align: 3 })])],
  [
    'nesting without end',
    `{"form":1,"libraries":${'['.repeat(100_000)}${']'.repeat(100_000)},"proto":null,"bindings":[]}`,
  ],
])('%s is taken for no types', (_, given) => {
  expect(readCompiled(typeof given === 'string' ? given : JSON.stringify(given))).toEqual(NO_TYPES);
});

test('a type that contains itself is not bound', () => {
  const itself = compiled([struct({ name: 'a', type: { kind: 'named', name: 'struct s' } })]);
  const read = readCompiled(JSON.stringify(itself));
  expect(openTypes(read).match('x', null, new Uint8Array(4))).toBeUndefined();
});
