import type { Span } from './ast.ts';
import type { Catalogue } from './catalogue.ts';
import { BUILT_IN } from './terms.ts';

export interface Suggestion {
  /** What replaces `span`. */
  readonly text: string;
  readonly span: Span;
  readonly describe: string;
}

const OPERATORS = [
  { text: 'and ', describe: 'Both must match (the default between terms)' },
  { text: 'or ', describe: 'Either must match' },
];
const NOT = { text: 'not ', describe: 'The next term must not match' };
/** The unfinished term before the caret: nothing in it ends one. */
const TYPED = /[^\s()"]*$/;

/** What could be written at `caret`, best first. Nothing within quotes or a regular expression. Never throws. */
export function completeFilter(text: string, caret: number, catalogue: Catalogue = BUILT_IN): Suggestion[] {
  const before = text.slice(0, caret);
  if (isWithinText(before)) return [];
  const typed = TYPED.exec(before)?.[0] ?? '';
  return typed.includes(':') ? values(before, typed, catalogue) : starts(before, typed, catalogue);
}

function starts(before: string, typed: string, catalogue: Catalogue): Suggestion[] {
  const span = { from: before.length - typed.length, to: before.length };
  const head = before.slice(0, span.from).trimEnd();
  const afterTerm = head !== '' && !/(^|[\s()])(and|or|not)$|\($/i.test(head);
  const fields = catalogue.fields
    .filter(({ isRare }) => typed !== '' || !isRare)
    .map(({ name, describe }) => ({ text: `${name}:`, describe }));
  return matching([...fields, NOT, ...(afterTerm ? OPERATORS : [])], typed, span);
}

/** Words of a list are completed one by one. */
function values(before: string, typed: string, catalogue: Catalogue): Suggestion[] {
  const colon = typed.indexOf(':');
  const [field, value] = [catalogue.field(typed.slice(0, colon)), typed.slice(colon + 1)];
  const word = value.slice(value.lastIndexOf(',') + 1);
  const taken = new Set(value.split(',').slice(0, -1));
  const span = { from: before.length - word.length, to: before.length };
  return matching(field?.values ?? [], word, span).filter(({ text }) => !taken.has(text));
}

const matching = (offers: readonly { readonly text: string; readonly describe: string }[], typed: string, span: Span) =>
  offers
    .filter(({ text }) => text.toLowerCase().startsWith(typed.toLowerCase()) && text !== typed)
    .map(({ text, describe }) => ({ text, describe, span }));

/** Whether a quotation or a regular expression is open at the end of `text`. */
function isWithinText(text: string): boolean {
  const rest = text.replace(
    /"(?:[^"\\]|\\.)*"[a-z]*|(?<=^|[\s():])\/(?:[^/\\[]|\\.|\[(?:[^\]\\]|\\.)*\])*\/[a-z]*/gis,
    '',
  );
  return rest.includes('"') || /(^|[\s():])\//.test(rest);
}
