import type * as v from 'valibot';
import {
  type Document,
  type ErrorCode,
  isCollection,
  isMap,
  isNode,
  Lexer,
  LineCounter,
  parseDocument,
  visit,
} from 'yaml';
import { knownKeys } from './known-keys.ts';
import { numberOf } from './text/exact-json.ts';
import type { Problem } from './types/model.ts';

/** YAML files that people write: their values, and where in the text each of them is. */

/** Where something is in a file: keys and indexes from the top. */
export type FilePath = readonly (string | number)[];

export interface YamlFile {
  readonly content: unknown;
  /**
   * A problem with what is at `path`; for a missing key, with what it is missing in. `at`: this many characters
   * further.
   */
  readonly problemAt: (message: string, path: FilePath, at?: number) => Problem;
  /** The same, if the key itself is wrong. */
  readonly keyProblemAt: (message: string, path: FilePath) => Problem;
  /** Where it begins, from 1. */
  readonly placeOf: (path: FilePath) => { readonly line: number; readonly column: number };
}

export type YamlReading =
  | { readonly ok: true; readonly file: YamlFile }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads the text of a file. `file`: its name in problems. Never throws, however odd the text is. */
export function readYaml(text: string, file: string, maxLength: number): YamlReading {
  const lines = new LineCounter();
  const problem = (message: string, offset = 0, at = 0): Problem => {
    const { line, col } = lines.linePos(offset);
    return { severity: 'error', message, file, line: Math.max(1, line), column: Math.max(1, col) + at };
  };
  const failed = (...problems: Problem[]): YamlReading => ({ ok: false, problems });
  if (text.length > maxLength)
    return failed(problem(`It is longer than ${maxLength.toLocaleString('en')} characters.`));
  // A recursive parser would take the whole program down.
  if (isTooDeep(text)) return failed(problem('It has values within values within values, too deep to be read.'));
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    intAsBigInt: true,
    logLevel: 'error',
  });
  if (document.errors.length > 0)
    return failed(...document.errors.map((one) => problem(WORDS[one.code] ?? one.message, one.pos[0])));
  const refused = refusedIn(document);
  if (refused) return failed(problem(refused.message, refused.offset));
  const offset = (path: FilePath) => offsetOf(document, path);
  return {
    ok: true,
    file: {
      content: document.toJS({ maxAliasCount: 0, reviver: plainNumber }),
      problemAt: (message, path, at) => problem(message, offset(path), at),
      keyProblemAt: (message, path) => problem(message, keyOffsetOf(document, path)),
      placeOf: (path) => {
        const { line, col } = lines.linePos(offset(path));
        return { line, column: col };
      },
    },
  };
}

/** Whole numbers are only bigints if a number would not be exact. */
const plainNumber = (_: unknown, value: unknown) => (typeof value === 'bigint' ? numberOf(String(value)) : value);

/** Where the parser speaks to programmers. */
const WORDS: Partial<Record<ErrorCode, string>> = {
  MULTIPLE_DOCS: 'Another document starts here (---). A file can have only one: put the other in its own file.',
  TAB_AS_INDENT: 'Tabs are not allowed as indentation: use spaces.',
  DUPLICATE_KEY: 'This key is there twice.',
};

/** The deepest nesting of brackets; and for indentation, the last column where something may begin. */
const MAX_BRACKETS = 64;
const MAX_COLUMN = 200;

function isTooDeep(text: string): boolean {
  let [brackets, column] = [0, 0];
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') brackets += 1;
    else if (token === ']' || token === '}') brackets -= 1;
    else if (brackets === 0 && column > MAX_COLUMN && (token === '-' || token === '?' || token === ':')) return true;
    if (brackets > MAX_BRACKETS) return true;
    column = token.endsWith('\n') ? 0 : column + token.length;
  }
  return false;
}

/** What YAML has but isn't read here, and where. */
function refusedIn(document: Document): { readonly message: string; readonly offset: number } | undefined {
  let found: { message: string; offset: number } | undefined;
  const refuse = (message: string, node: { readonly range?: readonly number[] | null | undefined }) => {
    found = { message, offset: node.range?.[0] ?? 0 };
    return visit.BREAK;
  };
  visit(document, {
    // A few of them can grow without end.
    Alias: (_, alias) => refuse('Aliases (*name) are not supported. Write the value out.', alias),
    Pair: (_, { key }) => (isCollection(key) ? refuse('A key has to be text. Put {{…}} in quotes.', key) : undefined),
  });
  return found;
}

/** Where what is at the path begins; for a missing key, what it is missing in. */
function offsetOf(document: Document, path: FilePath): number {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const start = isNode(node) ? node.range?.[0] : undefined;
    if (start !== undefined) return start;
  }
  return 0;
}

/** Where the key itself is whose value is at the path. */
function keyOffsetOf(document: Document, path: FilePath): number {
  const holder = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  const wanted = String(path.at(-1));
  const keys = isMap(holder) ? holder.items.map(({ key }) => key) : [];
  const found = keys.find((key) => isNode(key) && String(key.toJS(document)) === wanted);
  return (isNode(found) ? found.range?.[0] : undefined) ?? offsetOf(document, path);
}

/** What `schema` says about a file's content, or about `content` made of it, each with its position. */
export const problemsOf = (
  file: YamlFile,
  schema: v.GenericSchema,
  issues: readonly v.BaseIssue<unknown>[],
  content = file.content,
): Problem[] =>
  issues.map((issue) => {
    const path = (issue.path ?? []).map(({ key }) => key as string | number);
    if (issue.expected === 'Object' && issue.message.startsWith('Invalid type'))
      return file.problemAt('This has to be a map: keys with their values.', path);
    if (issue.type !== 'strict_object') return file.problemAt(issue.message, path);
    const key = `“${path.at(-1)}”`;
    return issue.expected === 'never'
      ? file.keyProblemAt(`${key} is not a known key.${keysIn(knownKeys(schema, content, path.slice(0, -1)))}`, path)
      : file.problemAt(`${key} is missing.`, path);
  });

const keysIn = (keys: readonly string[]): string => (keys.length > 0 ? ` The keys here are: ${keys.join(', ')}.` : '');
