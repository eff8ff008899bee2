import * as v from 'valibot';
import { compileRegex } from '../filter/regex.ts';
import { parseHexPattern } from '../hex/hex.ts';
import { codecOf } from '../text/codecs.ts';
import { parseMessageJson } from '../text/exact-json.ts';
import { type Condition, parseCondition } from '../types/bindings/condition.ts';
import type { Decoder } from '../types/decoder.ts';
import { likePattern, sameBytes, sameText } from './match-bytes.ts';
import { jsonAt, likeJson } from './match-json.ts';
import { keptField, likeType } from './match-type.ts';
import { differs, type Found, inBytes, MATCHES, quoted, type Verdict } from './match-verdict.ts';
import { base64Bytes, hexBytes, keptOf, ScenarioFault, textBytes } from './payload.ts';
import type { Capture, Expected } from './schema-payload.ts';
import { type Value, valueSchema } from './schema-words.ts';

export type { Found } from './match-verdict.ts';

/** What a match needs from its environment. */
export interface MatchHost {
  /** Undefined for an unknown type. */
  readonly decoderOf: (type: string, abi: Expected['abi']) => Decoder | undefined;
  /**
   * Runs a user's regular expression, which may never end by itself. Throws {@link ScenarioFault} if it takes too long.
   */
  readonly exec: (regex: RegExp, text: string) => RegExpExecArray | null;
}

/** Compares messages with what is expected. Never throws, except for what {@link MatchHost.exec} throws. */
export type Match = (bytes: Uint8Array) => Verdict;

/** For trusted regular expressions. */
export const plainExec: MatchHost['exec'] = (regex, text) => regex.exec(text);

/** Throws {@link ScenarioFault} with what is wrong in what is expected. Its variables are filled in. */
export function matchOf(expected: Expected, host: MatchHost): Match {
  const matches = [...partsOf(expected, host)];
  return (bytes) => {
    let found: Found = {};
    for (const match of matches) {
      const verdict = match(bytes);
      if (!verdict.ok) return verdict;
      found = { ...found, ...verdict.found };
    }
    return { ok: true, found };
  };
}

function* partsOf(expected: Expected, host: MatchHost): Generator<Match> {
  const { text, hex, base64, json, regex, pattern, size, type, where, encoding = 'utf-8' } = expected;
  const read = (bytes: Uint8Array) => codecOf(encoding).decode(bytes);
  if (size !== undefined) yield (bytes) => ofSize(size, bytes);
  if (text !== undefined) yield exactText(text, textBytes(text, encoding), read);
  if (hex !== undefined) yield exactly(hexBytes(hex));
  if (base64 !== undefined) yield exactly(base64Bytes(base64));
  if (pattern !== undefined) yield patternMatch(pattern);
  if (json !== undefined) yield (bytes) => likeJson(json, read(bytes), bytes);
  if (regex !== undefined) yield regexMatch(regexOf(expected), read, host.exec);
  if (type !== undefined || where !== undefined) yield typeMatch(expected, host);
}

const exactly =
  (wanted: Uint8Array): Match =>
  (bytes) =>
    sameBytes(wanted, bytes);

/** Bytes are compared first: most messages are as they should be. */
const exactText =
  (text: string, wanted: Uint8Array, read: (bytes: Uint8Array) => string | null): Match =>
  (bytes) =>
    sameBytes(wanted, bytes).ok ? MATCHES : sameText(text, read(bytes), bytes);

function ofSize(size: number, { length }: Uint8Array): Verdict {
  if (size === length) return MATCHES;
  const diff = { path: 'size', expected: String(size), actual: String(length) };
  return differs(`Expected ${inBytes(size)}, got ${inBytes(length)}.`, diff);
}

function patternMatch(pattern: string): Match {
  const parsed = parseHexPattern(pattern);
  if (!parsed.ok) throw new ScenarioFault(parsed.message);
  return (bytes) => likePattern(parsed.values, parsed.masks, bytes);
}

/** Over characters, not over halves of them. Throws {@link ScenarioFault}. */
function regexOf({ regex = '', flags = '' }: Pick<Expected, 'regex' | 'flags'>): RegExp {
  try {
    return compileRegex({ source: regex, flags });
  } catch (error) {
    throw new ScenarioFault(`${(error as Error).message}.`);
  }
}

function regexMatch(regex: RegExp, read: (bytes: Uint8Array) => string | null, exec: MatchHost['exec']): Match {
  return (bytes) => {
    const text = read(bytes);
    const result = text === null ? null : exec(regex, text);
    if (result)
      return { ok: true, found: { groups: [...result], ...(result.groups && { named: { ...result.groups } }) } };
    const actual = text ?? `${inBytes(bytes.length)} that are not text`;
    return differs(`${quoted(actual)} has nothing like ${regex}.`, { path: '', expected: String(regex), actual });
  };
}

function typeMatch({ type, where, abi }: Expected, { decoderOf }: MatchHost): Match {
  const decoder = type === undefined ? null : decoderOf(type, abi);
  if (decoder === undefined) throw new ScenarioFault(`The type “${type}” is not declared.`);
  const condition = where === undefined ? null : { text: where, condition: conditionOf(where) };
  return (bytes) => likeType(type, decoder, condition, bytes);
}

/** Throws {@link ScenarioFault}. */
export function conditionOf(where: string): Condition {
  const parsed = parseCondition(where);
  if (parsed.ok) return parsed.condition;
  throw new ScenarioFault(`${parsed.message} (at character ${parsed.at + 1})`);
}

/**
 * What is captured from a matching message, and the named groups of its regular expression, as variables. Throws
 * {@link ScenarioFault} for what doesn't exist.
 */
export function kept(
  captures: Readonly<Record<string, Capture>>,
  bytes: Uint8Array,
  found: Found,
  encoding: Expected['encoding'] = 'utf-8',
): Record<string, Value> {
  const values: Record<string, Value> = {};
  for (const [name, value] of Object.entries(found.named ?? {})) if (value !== undefined) values[name] = value;
  for (const [name, capture] of Object.entries(captures)) {
    const text = () => codecOf(encoding).decode(bytes);
    const value = keptOf(capture, bytes, text) ?? partOf(capture, found, text);
    if (value === undefined) throw new ScenarioFault(`${name} can't be kept: the message has ${missing(capture)}.`);
    values[name] = value;
  }
  return values;
}

function partOf(
  capture: Capture,
  { groups, named, json, decoded }: Found,
  text: () => string | null,
): Value | undefined {
  if (typeof capture === 'string') return undefined;
  if ('group' in capture) return typeof capture.group === 'number' ? groups?.[capture.group] : named?.[capture.group];
  if ('field' in capture) return decoded && keptField(decoded, capture.field);
  const value = jsonAt(json ?? parsedJson(text() ?? ''), capture.json);
  return v.is(valueSchema, value) ? value : undefined;
}

function parsedJson(text: string): unknown {
  try {
    return parseMessageJson(text);
  } catch {
    return undefined;
  }
}

function missing(capture: Capture): string {
  if (typeof capture === 'string') return `no ${capture} in this encoding`;
  if ('group' in capture) return `no group ${capture.group}`;
  return 'field' in capture ? `no field ${capture.field}` : `no plain value at ${capture.json}`;
}
