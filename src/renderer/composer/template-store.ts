import { create } from 'zustand';
import { readStored, writeStored } from './stored.ts';
import { type Template, templatesSchema, withoutTemplate, withTemplates } from './templates.ts';

const KEY = 'shmscope.templates';

export const useTemplates = create<{ readonly templates: readonly Template[] }>(() => ({
  templates: readStored(KEY, templatesSchema, 'templates', []),
}));

const keep = (templates: Template[]): void => {
  writeStored(KEY, templates, 'templates');
  useTemplates.setState({ templates });
};

export const saveTemplates = (more: readonly Template[]): void =>
  keep(withTemplates(useTemplates.getState().templates, more));

export const deleteTemplate = (gone: Template): void => keep(withoutTemplate(useTemplates.getState().templates, gone));
