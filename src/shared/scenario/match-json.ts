import { isFiniteJson, parseMessageJson, writeExactJson } from '../text/exact-json.ts';
import { type Difference, differs, hexAt, inBytes, type Verdict } from './match-verdict.ts';

/** JSON that contains at least what is wanted: other keys are ignored, lists must be as long. */
export function likeJson(wanted: unknown, text: string | null, bytes: Uint8Array): Verdict {
  let actual: unknown;
  try {
    if (text === null) throw new SyntaxError();
    actual = parseMessageJson(text);
  } catch {
    return differs(`The message is not JSON: ${text === null ? hexAt(bytes, 0) : excerpt(text)}`, {
      path: '',
      expected: print(wanted),
      actual: text ?? `${inBytes(bytes.length)}: ${hexAt(bytes, 0, 64)}`,
    });
  }
  const diff = [...differencesIn(wanted, actual, '')];
  const [first] = diff;
  if (!first) return { ok: true, found: { json: actual } };
  const more = diff.length > 1 ? ` ${diff.length - 1} more ${diff.length === 2 ? 'difference' : 'differences'}.` : '';
  const what = first.path === '' ? 'The JSON' : first.path;
  return differs(`${what}: expected ${first.expected}, got ${first.actual}.${more}`, ...diff);
}

function* differencesIn(wanted: unknown, actual: unknown, path: string): Generator<Difference> {
  if (Array.isArray(wanted)) yield* listDifferences(wanted, actual, path);
  else if (isMap(wanted)) yield* mapDifferences(wanted, actual, path);
  else if (!isSame(wanted, actual)) yield { path, expected: print(wanted), actual: print(actual) };
}

/** A number equals the same bigint or number. */
const isSame = (wanted: unknown, actual: unknown): boolean =>
  wanted === actual || (isNumber(wanted) && isNumber(actual) && wanted <= actual && wanted >= actual);
const isNumber = (value: unknown): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';

function* listDifferences(wanted: readonly unknown[], actual: unknown, path: string): Generator<Difference> {
  if (!Array.isArray(actual)) yield { path, expected: print(wanted), actual: print(actual) };
  else if (wanted.length !== actual.length)
    yield { path, expected: `a list of ${wanted.length}`, actual: `a list of ${actual.length}` };
  else for (const [at, each] of wanted.entries()) yield* differencesIn(each, actual[at], `${path}[${at}]`);
}

function* mapDifferences(wanted: Record<string, unknown>, actual: unknown, path: string): Generator<Difference> {
  if (!isMap(actual)) return yield { path, expected: print(wanted), actual: print(actual) };
  for (const [key, each] of Object.entries(wanted)) {
    const at = path === '' ? key : `${path}.${key}`;
    if (Object.hasOwn(actual, key)) yield* differencesIn(each, actual[key], at);
    else yield { path: at, expected: print(each), actual: 'nothing' };
  }
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value at `order.items[2].id`; undefined if there is none. */
export function jsonAt(value: unknown, path: string): unknown {
  return path
    .replaceAll(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter(Boolean)
    .reduce<unknown>(
      (at, key) => (typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? at[key as never] : undefined),
      value,
    );
}

const print = (value: unknown): string => (isFiniteJson(value) ? (writeExactJson(value) ?? 'nothing') : String(value));
const excerpt = (text: string) => `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”.`;
