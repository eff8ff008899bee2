/**
 * Placeholders in a message: `{{n}}` its number, `{{time}}` when it is sent (UTC, microseconds), `{{uuid}}` a random
 * UUID (version 4), `{{random:16}}` that many random hex digits, `{{random:16..512}}` more (or fewer) with each message
 * of a repetition. Every expansion is ASCII, or UTF-16 if the message is.
 */
import * as v from 'valibot';
import { integer } from './domain.ts';
import { isoMicros } from './json-record.ts';

/** The most hex digits of one `{{random:…}}`. */
const MAX_RANDOM = 65_536;
/** The most placeholders in one message. */
export const MAX_PLACEHOLDERS = 1000;

/**
 * In a message in UTF-16, the order of each character's two bytes; omitted: a character is one byte, as in all other
 * encodings.
 */
const wide = { wide: v.optional(v.picklist(['le', 'be'])) };

/** A piece of a message: bytes as they are, or what is generated for each message. */
export const templatePartSchema = v.variant('type', [
  v.strictObject({ type: v.literal('bytes'), bytes: v.instance(Uint8Array, 'A piece of a message must be bytes.') }),
  v.strictObject({ type: v.literal('n'), ...wide }),
  v.strictObject({ type: v.literal('time'), ...wide }),
  v.strictObject({ type: v.literal('uuid'), ...wide }),
  v.strictObject({
    type: v.literal('random'),
    ...wide,
    digits: integer('The number of random digits', 1, MAX_RANDOM),
    /** How many the last message of a repetition has; absent: as many as the first. */
    toDigits: v.optional(integer('The last number of random digits', 1, MAX_RANDOM)),
  }),
]);
export type TemplatePart = v.InferOutput<typeof templatePartSchema>;
type Placeholder = Exclude<TemplatePart, { type: 'bytes' }>;

/** What is wrong at `at`, for `length` UTF-16 units. */
export interface PlaceholderFault {
  readonly at: number;
  readonly length: number;
  readonly message: string;
}

/** A piece of the text, with its position. */
export interface TextPiece {
  readonly at: number;
  readonly text: string;
  /** Absent: the text itself. */
  readonly placeholder?: Placeholder;
}

const BRACED = /\{\{([^{}\n]*)\}\}/g;

/** True if `text` contains something that would be read as a placeholder, known or not. */
export const hasPlaceholders = (text: string): boolean => text.search(BRACED) >= 0;

/** Splits `text` at its placeholders. The first unknown one is the fault. */
export function readPlaceholders(text: string): { pieces: TextPiece[] } | { fault: PlaceholderFault } {
  const pieces: TextPiece[] = [];
  let from = 0;
  let count = 0;
  for (const match of text.matchAll(BRACED)) {
    const [whole, inner = ''] = match;
    count += 1;
    const placeholder = count > MAX_PLACEHOLDERS ? tooMany() : readPlaceholder(inner.trim());
    if (typeof placeholder === 'string')
      return { fault: { at: match.index, length: whole.length, message: placeholder } };
    if (match.index > from) pieces.push({ at: from, text: text.slice(from, match.index) });
    pieces.push({ at: match.index, text: whole, placeholder });
    from = match.index + whole.length;
  }
  if (from < text.length) pieces.push({ at: from, text: text.slice(from) });
  return { pieces };
}

const tooMany = () => `A message can have at most ${MAX_PLACEHOLDERS.toLocaleString('en-US')} placeholders.`;
const KNOWN = 'Available: {{n}}, {{time}}, {{uuid}}, {{random:16}} and {{random:16..512}}.';

/** The placeholder between the braces, or why there is none. */
function readPlaceholder(inner: string): Placeholder | string {
  if (inner === 'n' || inner === 'time' || inner === 'uuid') return { type: inner };
  const [, first, last] = /^random:(\d+)(?:\.\.(\d+))?$/.exec(inner) ?? [];
  if (first !== undefined) {
    const wrong = [first, last ?? first].find((digits) => Number(digits) < 1 || Number(digits) > MAX_RANDOM);
    if (wrong !== undefined)
      return `{{random:…}} makes 1 to ${MAX_RANDOM.toLocaleString('en-US')} hex digits, not ${wrong}.`;
    return { type: 'random', digits: Number(first), ...(last !== undefined && { toDigits: Number(last) }) };
  }
  return `{{${inner}}} isn't a placeholder. ${KNOWN}`;
}

/** What the expansions are made from. */
export interface ExpansionSource {
  /** The message's number. */
  readonly n: number;
  /** Wall clock, µs since 1970. */
  readonly wall: number;
  /** Progress of the repetition at this message, 0 to 1; absent: it is sent on its own. */
  readonly share?: number;
  /** That many random bytes. */
  readonly random: (bytes: number) => Uint8Array;
}

/** Hex digits of a `{{random:…}}` at the progress `share` of the repetition. */
function digitsAt({ digits, toDigits = digits }: Extract<Placeholder, { type: 'random' }>, share = 0): number {
  return Math.round(digits + (toDigits - digits) * Math.min(1, Math.max(0, share)));
}

/** The text that replaces a placeholder in one message. */
function expandPlaceholder(placeholder: Placeholder, { n, wall, share, random }: ExpansionSource): string {
  switch (placeholder.type) {
    case 'n':
      return String(n);
    case 'time':
      return isoMicros(wall);
    case 'uuid':
      return uuid(random(16));
    case 'random': {
      const digits = digitsAt(placeholder, share);
      return hex(random(Math.ceil(digits / 2))).slice(0, digits);
    }
  }
}

/** The bytes of one message. */
export function expand(parts: readonly TemplatePart[], source: ExpansionSource): Uint8Array<ArrayBuffer> {
  const pieces = parts.map((part) =>
    part.type === 'bytes' ? part.bytes : ascii(expandPlaceholder(part, source), part.wide),
  );
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

const TIME_LENGTH = isoMicros(0).length;

/** Bytes of message `n`, sent on its own. */
export function expandedSize(parts: readonly TemplatePart[], n: number): number {
  const sizes = parts.map((part) => {
    if (part.type === 'bytes') return part.bytes.length;
    const { [part.type]: characters } = { n: String(n).length, time: TIME_LENGTH, uuid: 36, random: digitsOf(part) };
    return part.wide ? 2 * characters : characters;
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}

const digitsOf = (part: Placeholder): number => (part.type === 'random' ? part.digits : 0);

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

function ascii(text: string, wide?: 'le' | 'be'): Uint8Array {
  const codes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  if (!wide) return codes;
  const bytes = new Uint8Array(2 * codes.length);
  for (const [at, code] of codes.entries()) bytes[2 * at + (wide === 'be' ? 1 : 0)] = code;
  return bytes;
}

/** RFC 9562, version 4, from 16 random bytes. */
function uuid(random: Uint8Array): string {
  const bytes = random.slice(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
