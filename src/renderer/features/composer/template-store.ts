import { preference } from '../../host/storage/preference.ts';
import { type Template, templatesSchema, withoutTemplate, withTemplates } from './templates.ts';

export const useTemplates = preference<readonly Template[]>('templates', templatesSchema, [], (kept, earlier) =>
  withTemplates(earlier, kept),
);

export const saveTemplates = (more: readonly Template[]): void =>
  useTemplates.setState(withTemplates(useTemplates.getState(), more), true);

export const deleteTemplate = (gone: Template): void =>
  useTemplates.setState(withoutTemplate(useTemplates.getState(), gone), true);
