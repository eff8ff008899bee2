import { describe, expect, it } from 'vitest';
import {
  byFolder,
  readTemplatesFile,
  type Template,
  templatesFile,
  withoutTemplate,
  withTemplates,
} from './templates.ts';

const template = (folder: string, name: string, content = ''): Template => ({
  folder,
  name,
  form: 'text',
  content,
  placeholders: true,
});

describe('templates', () => {
  it('come back from their file as they were', () => {
    const templates = [template('', 'a', '{{n}}\n'), template('PLC', 'poll', 'ß\u202e')];
    expect(readTemplatesFile(templatesFile(templates))).toEqual({ ok: true, templates });
  });

  it.each([
    ['x', "This isn't JSON."],
    ['{}', '(kind)'],
    ['{"kind":"x","version":1,"templates":[]}', "isn't a templates file"],
    ['{"kind":"shmscope-templates","version":2,"templates":[]}', 'another version'],
    ['{"kind":"shmscope-templates","version":1,"templates":[{"folder":"","name":""}]}', '(templates.0.'],
    [templatesFile([template('', ' ')]), 'needs a name'],
    [templatesFile([{ ...template('', 'a'), extra: 1 } as Template]), 'templates.0.extra'],
    [templatesFile([template('', 'a', 'x'.repeat(1_000_001))]), 'at most 1,000,000'],
    [templatesFile(Array.from({ length: 1001 }, (_, i) => template('', String(i)))), 'at most 1,000 templates'],
  ])('%j is refused with what is wrong', (text, words) => {
    expect(readTemplatesFile(text)).toMatchObject({ ok: false, message: expect.stringContaining(words) });
  });

  it('of one folder and name are one, the newer', () => {
    const list = [template('', 'b', 'old'), template('F', 'b')];
    const more = [template('', 'a'), template('', 'b', 'newer'), template('', 'b', 'newest')];
    expect(withTemplates(list, more)).toEqual([template('', 'a'), template('', 'b', 'newest'), template('F', 'b')]);
    expect(withoutTemplate(list, template('', 'b'))).toEqual([template('F', 'b')]);
  });

  it('stand in their folders, in order, numbers as numbers', () => {
    const list = withTemplates([], [template('F', 'x10'), template('F', 'x9'), template('', 'z')]);
    expect(byFolder(list).map(([folder, all]) => [folder, all.map(({ name }) => name)])).toEqual([
      ['', ['z']],
      ['F', ['x9', 'x10']],
    ]);
  });
});
