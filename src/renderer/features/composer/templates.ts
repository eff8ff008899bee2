import * as v from 'valibot';
import { type Draft, EMPTY_DRAFT, FORMS } from './draft.ts';

/** The most characters of a template's content. */
const MAX_CONTENT = 1_000_000;
const MAX_TEMPLATES = 1000;
/** The most bytes of a template file: several hundred templates of maximum length. */
export const MAX_TEMPLATES_FILE = 256 * 1024 * 1024;

const title = (what: string) =>
  v.pipe(v.string(`${what} must be text.`), v.trim(), v.maxLength(100, `${what} can have at most 100 characters.`));

/** A message that can be reused, as it was written. */
export const writtenSchema = v.strictObject({
  form: v.picklist(FORMS),
  content: v.pipe(v.string(), v.maxLength(MAX_CONTENT, 'A template can have at most 1,000,000 characters.')),
  placeholders: v.boolean(),
});
export type Written = v.InferOutput<typeof writtenSchema>;

export const templateSchema = v.strictObject({
  /** Empty: in no folder. */
  folder: title('A folder'),
  name: v.pipe(title('A name'), v.minLength(1, 'A template needs a name.')),
  ...writtenSchema.entries,
});
export type Template = v.InferOutput<typeof templateSchema>;

export const templatesSchema = v.pipe(
  v.array(templateSchema),
  v.maxLength(MAX_TEMPLATES, 'There can be at most 1,000 templates.'),
);
const fileSchema = v.strictObject({
  kind: v.literal('shmscope-templates', "This isn't a templates file."),
  version: v.literal(1, 'This file is from another version of Shmscope.'),
  templates: templatesSchema,
});

const order = new Intl.Collator(undefined, { numeric: true });
const same = (a: Template, b: Template): boolean => a.folder === b.folder && a.name === b.name;

/** `more` added to `list`; one with the same folder and name replaces the other. Sorted by folder and name. */
export function withTemplates(list: readonly Template[], more: readonly Template[]): Template[] {
  const kept = list.filter((old) => !more.some((one) => same(one, old)));
  const last = more.filter((one, at) => !more.slice(at + 1).some((later) => same(one, later)));
  return [...kept, ...last].sort((a, b) => order.compare(a.folder, b.folder) || order.compare(a.name, b.name));
}

export const withoutTemplate = (list: readonly Template[], gone: Template): Template[] =>
  list.filter((one) => !same(one, gone));

/** The templates by folder, those in none first. */
export function byFolder(list: readonly Template[]): [folder: string, templates: Template[]][] {
  const folders = new Map<string, Template[]>();
  for (const one of list) folders.set(one.folder, [...(folders.get(one.folder) ?? []), one]);
  return [...folders];
}

/** What is written in a draft, except its file. */
export const writtenOf = ({ form, content, placeholders }: Draft): Written => ({ form, content, placeholders });

export const draftFrom = ({ form, content, placeholders }: Written): Draft => ({
  ...EMPTY_DRAFT,
  ...{ mode: form, form, content, placeholders },
});

export const templatesFile = (templates: readonly Template[]): string =>
  `${JSON.stringify({ kind: 'shmscope-templates', version: 1, templates }, null, 2)}\n`;

export type ReadTemplates =
  | { readonly ok: true; readonly templates: Template[] }
  | { readonly ok: false; readonly message: string };

/** Reads what {@link templatesFile} wrote; anything else is refused, saying what is wrong. */
export function readTemplatesFile(text: string): ReadTemplates {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(undefined, "This isn't JSON."), fileSchema), text);
  if (parsed.success) return { ok: true, templates: parsed.output.templates };
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue);
  return { ok: false, message: path === null ? issue.message : `${issue.message} (${path})` };
}
