import * as v from 'valibot';
import { expect, test } from 'vitest';
import { exitWords } from './exit-code.ts';
import { savedPeersSchema, startPeerSchema } from './peers.ts';

const program = { kind: 'program', file: 'C:\\a\\b.exe', args: ['-x', ''], env: { PATH: null, A: 'b' } };

test('what is started is checked: no NUL, no unknown key, no "=" in the name of a variable', () => {
  expect(v.is(startPeerSchema, program)).toBe(true);
  for (const change of [{ file: '' }, { args: ['a\0b'] }, { env: { 'A=B': 'x' } }, { more: 1 }, { section: 'a\\b' }])
    expect(v.is(startPeerSchema, { ...program, ...change }), JSON.stringify(change)).toBe(false);
});

test('saved peers have a name each', () => {
  expect(v.is(savedPeersSchema, [{ name: 'mine', start: program }])).toBe(true);
  expect(v.is(savedPeersSchema, [{ name: '', start: program }])).toBe(false);
});

test.each([
  [{ code: 0xc0000005, signal: null }, 'kernel32', 'exit code 0xC0000005 (access violation)'],
  [{ code: 0xc000013a, signal: null }, 'kernel32', 'exit code 0xC000013A (Ctrl+C, or its console was closed)'],
  [{ code: 0xdeadbeef, signal: null }, 'kernel32', 'exit code 0xDEADBEEF'],
  [{ code: 3, signal: null }, 'posix', 'exit code 3'],
  [{ code: 0, signal: null }, 'posix', 'exit code 0 (no error)'],
  [{ code: null, signal: 'SIGSEGV' }, 'posix', 'SIGSEGV (access violation)'],
] as const)('%j on %s is %s', (exit, system, words) => {
  expect(exitWords(exit, system)).toBe(words);
});
