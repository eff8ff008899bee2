import { describe, expect, it } from 'vitest';
import type { TypesSnapshot } from '../../../shared/type-files.ts';
import { NO_TYPES } from '../../../shared/types/compiled/compiled.ts';
import { asWritten, editedFiles } from './draft-store.ts';

const file = (name: string, text: string, version: string) => ({ name, text, version });
const snapshot: TypesSnapshot = {
  ...{ version: 1, folder: '/types', problems: [], compiled: NO_TYPES },
  ...{ files: [file('b.h', 'int b;\r\n', '1'), file('a.h', 'int a;', '1')], bindings: null },
};
const told = (drafts: Parameters<typeof editedFiles>[1]) =>
  editedFiles(snapshot, drafts).map(({ name, isChanged, isConflict }) => [name, isChanged, isConflict]);

describe('the files on the page', () => {
  it('are the bindings, whether they are there or not, then the others by name', () => {
    expect(editedFiles(snapshot, {}).map(({ name }) => name)).toEqual(['bindings.yaml', 'a.h', 'b.h']);
  });

  it('are changed where what was typed differs, and in conflict where they changed elsewhere too', () => {
    expect(told({ 'b.h': { text: 'int b;\n', base: '1' } })[2]).toEqual(['b.h', false, false]);
    expect(told({ 'b.h': { text: 'int c;\n', base: '1' } })[2]).toEqual(['b.h', true, false]);
    expect(told({ 'b.h': { text: 'int c;\n', base: '0' } })[2]).toEqual(['b.h', true, true]);
    expect(told({ 'c.h': { text: '', base: null } })[3]).toEqual(['c.h', true, false]);
    expect(told({ 'a.h': { text: 'int z;', base: null } })[1]).toEqual(['a.h', true, true]);
  });

  it('keep the ends of their lines', () => {
    const [, , b] = editedFiles(snapshot, {});
    expect(b?.text).toBe('int b;\n');
    expect(asWritten('int b;\nint c;\n', b?.file ?? null)).toBe('int b;\r\nint c;\r\n');
    expect(asWritten('int a;\n', null)).toBe('int a;\n');
  });
});
