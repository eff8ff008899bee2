import { createStored } from '../../host/storage/stored-store.ts';
import { type Template, templatesSchema, withoutTemplate, withTemplates } from './templates.ts';

export const useTemplates = createStored<readonly Template[]>({
  key: 'templates',
  schema: templatesSchema,
  what: 'templates',
  fallback: [],
  merge: (kept, earlier) => withTemplates(earlier, kept),
});

export const saveTemplates = (more: readonly Template[]): void =>
  useTemplates.setState(withTemplates(useTemplates.getState(), more), true);

export const deleteTemplate = (gone: Template): void =>
  useTemplates.setState(withoutTemplate(useTemplates.getState(), gone), true);
