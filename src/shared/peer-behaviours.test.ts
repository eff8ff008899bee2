import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { BEHAVIOURS, FAULTS } from './peer-behaviours.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const native = readFileSync(path.join(ROOT, 'native/misbehave.c'), 'utf8');
const behaviours = readFileSync(path.join(ROOT, 'native/behaviours.c'), 'utf8');

/** The entry of the peer's own table, from its name on. */
const entryOf = (name: string) => native.split(`{.name = "${name}",`)[1]?.split('{.name')[0] ?? '';

test('every misbehaviour of the native peer can be chosen, and no other', () => {
  const known = [...native.matchAll(/\{\.name = "([^"]+)"/g)].map(([, name]) => name);
  expect(FAULTS.map(({ name }) => name)).toEqual(known);
});

test('what only some ends can do is marked as the native peer has it', () => {
  for (const { name, needs = [] } of FAULTS) {
    expect(needs.includes('server'), name).toBe(entryOf(name).includes('.server_only = true'));
    expect(needs.includes('sized'), name).toBe(entryOf(name).includes('.sized_only = true'));
  }
});

test('every behaviour that can be chosen is one of the native peer', () => {
  for (const { name } of BEHAVIOURS) expect(behaviours, name).toContain(`{"${name}",`);
});
