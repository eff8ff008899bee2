import { createScanner } from 'jsonc-parser';
import { place } from '../../../shared/place.ts';
import { isExactFloat, jsonEdges } from '../../../shared/text/exact-json.ts';
import { formatInteger, plural } from '../../kit/format/bytes.ts';
import { jsonFault } from '../../kit/format/json.ts';

/**
 * A value as in the text: numbers by their digits, every entry of an object in its place, even under a repeated name.
 */
export type JsonNode =
  | { readonly type: 'object' | 'array'; readonly entries: readonly JsonEntry[] }
  | { readonly type: 'string' | 'number' | 'word'; readonly text: string };

export interface JsonEntry {
  /** null in an array. */
  readonly name: string | null;
  readonly node: JsonNode;
}

export type JsonTree =
  /** `values`: more than one if the text has several. `notes`: what a program that reads it may see differently. */
  | { readonly ok: true; readonly values: readonly JsonNode[]; readonly notes: readonly string[] }
  | { readonly ok: false; readonly message: string };

/** The value or values in `text`, after a byte order mark and up to a NUL; or why there is none. */
export function jsonTree(text: string): JsonTree {
  const { from, to, notes } = edges(text);
  const values: JsonNode[] = [];
  const counts = { repeated: 0, inexact: 0 };
  for (const value of valuesIn(text.slice(from, to))) {
    const fault = jsonFault(value.text);
    if (fault) return { ok: false, message: inWhole(text, from + value.at + fault.at, fault.message) };
    values.push(readValue(value.text, counts));
  }
  return { ok: true, values, notes: [...notes, ...countNotes(values.length, counts)] };
}

/** The fault's sentence with its position in the whole text. */
const inWhole = (text: string, at: number, message: string): string =>
  message.replace(/ at (?:line \d+, )?position \d+\.$/, ` at ${place(text, at)}.`);

/** Where the JSON is, and what surrounds it. */
function edges(text: string) {
  const { from, to } = jsonEdges(text);
  const rest = text.slice(to);
  const notes = from > 0 ? ['it starts with a byte order mark'] : [];
  if (rest === '') return { from, to, notes };
  const isAllNul = /^\0*$/.test(rest);
  notes.push(
    isAllNul
      ? `${plural(rest.length, 'NUL')} after it`
      : `it ends at a NUL, with ${plural(rest.length - 1, 'character')} after that`,
  );
  return { from, to, notes };
}

function countNotes(values: number, { repeated, inexact }: Counts): string[] {
  return [
    values > 1 && `${formatInteger(values)} values in sequence`,
    repeated > 0 && `${plural(repeated, 'name comes', 'names come')} twice or more in one object`,
    inexact > 0 && `${plural(inexact, 'number is', 'numbers are')} too large or too precise for a 64-bit float`,
  ].filter((note) => note !== false);
}

interface Token {
  readonly at: number;
  readonly end: number;
  /** Says what it is. */
  readonly first: string;
  /** Of a string its content, else its text. */
  readonly value: string;
}

/** The tokens of a text, whether it is JSON or not. */
function* tokens(text: string): Generator<Token> {
  const scanner = createScanner(text, true);
  for (scanner.scan(); scanner.getTokenOffset() < text.length; scanner.scan()) {
    const at = scanner.getTokenOffset();
    yield { at, end: at + scanner.getTokenLength(), first: text[at] ?? '', value: scanner.getTokenValue() };
  }
}

const isOpening = (first: string) => first === '{' || first === '[';
const isClosing = (first: string) => first === '}' || first === ']';
/** Precedes each value of a JSON text sequence (RFC 7464). */
const RECORD_SEPARATOR = '\x1e';

/** The text of each value on the outermost level, valid or not; the empty text if there is none. */
function valuesIn(text: string): { readonly at: number; readonly text: string }[] {
  if (isJson(text)) return [{ at: 0, text }];
  const found: { at: number; text: string }[] = [];
  let [depth, start] = [0, -1];
  for (const { at, end, first } of tokens(text)) {
    if (depth === 0 && first === RECORD_SEPARATOR) continue;
    if (depth === 0) start = at;
    if (isOpening(first)) depth += 1;
    else if (isClosing(first)) depth -= 1;
    if (depth > 0) continue;
    depth = 0;
    found.push({ at: start, text: text.slice(start, end) });
    start = -1;
  }
  if (start >= 0) found.push({ at: start, text: text.slice(start) });
  // A mistake in the very first value is reported for the whole text.
  const [first] = found;
  return first && isJson(first.text) && found.length > 1 ? found : [{ at: 0, text }];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

interface Counts {
  repeated: number;
  inexact: number;
}

interface Open {
  readonly type: 'object' | 'array';
  readonly entries: JsonEntry[];
  readonly names: Set<string>;
  name: string | null;
}

/** The value of a JSON text, without recursion: it may be nested a million deep. */
function readValue(text: string, counts: Counts): JsonNode {
  const open: Open[] = [];
  let root: JsonNode = { type: 'word', text: '' };
  const put = (node: JsonNode) => {
    const parent = open.at(-1);
    if (parent) parent.entries.push({ name: parent.name, node });
    else root = node;
    if (parent) parent.name = null;
  };
  for (const { first, value } of tokens(text)) {
    const within = open.at(-1);
    if (isOpening(first))
      open.push({ type: first === '{' ? 'object' : 'array', entries: [], names: new Set(), name: null });
    else if (isClosing(first) && within) {
      open.pop();
      put({ type: within.type, entries: within.entries });
    } else if (first === '"' && within?.type === 'object' && within.name === null) {
      within.name = value;
      if (within.names.has(value)) counts.repeated += 1;
      within.names.add(value);
    } else if (first === '"') put({ type: 'string', text: value });
    else if (first === '-' || (first >= '0' && first <= '9')) {
      if (!isExactFloat(value)) counts.inexact += 1;
      put({ type: 'number', text: value });
    } else if (first !== ':' && first !== ',') put({ type: 'word', text: value });
  }
  return root;
}
