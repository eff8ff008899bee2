import { parseHex } from '../../../shared/hex/hex.ts';
import { place } from '../../../shared/place.ts';
import {
  expandedSize,
  hasPlaceholders,
  type PlaceholderFault,
  readPlaceholders,
  type TemplatePart,
  type TextPiece,
} from '../../../shared/placeholders.ts';
import { codecOf } from '../../../shared/text/codecs.ts';
import { type Encoding, titleOf } from '../../../shared/text/encodings.ts';
import { formatByteCount } from '../../kit/format/bytes.ts';
import { jsonFault } from '../../kit/format/json.ts';
import { visibleText } from '../../kit/format/visible.ts';
import { hexLines, MAX_HEX_EDIT } from './hex-edit.ts';

export const FORMS = ['text', 'json', 'hex'] as const;
/** How a message is written. */
export type Form = (typeof FORMS)[number];
/** `fields`: the bytes of the form `hex`, as the fields of a declared type. */
export type DraftMode = Form | 'file' | 'fields';
export const MODE_WORDS: Readonly<Record<DraftMode, string>> = {
  ...{ text: 'Text', hex: 'Hex', json: 'JSON', file: 'File', fields: 'Fields' },
};

/** A file that the user has chosen. */
export interface DraftFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What is being written, in its form; or a file, with what was written kept behind it. */
export interface Draft {
  readonly mode: DraftMode;
  /** The form of `content`. */
  readonly form: Form;
  readonly content: string;
  /** In text and JSON, whether `{{n}}` and the like are expanded. */
  readonly placeholders: boolean;
  readonly file: DraftFile | null;
}

export const EMPTY_DRAFT: Draft = { mode: 'text', form: 'text', content: '', placeholders: true, file: null };

interface DraftFault extends PlaceholderFault {
  readonly ok: false;
}
export type DraftParts = { readonly ok: true; readonly parts: readonly TemplatePart[] } | DraftFault;

const bytesPart = (bytes: Uint8Array<ArrayBuffer>): TemplatePart[] =>
  bytes.length === 0 ? [] : [{ type: 'bytes', bytes }];

/**
 * What a draft stands for, its text in `encoding`: bytes, and placeholders between them that are replaced in each
 * message. Faults are positions in the content.
 */
export function draftParts(draft: Draft, encoding: Encoding = 'utf-8'): DraftParts {
  if (draft.mode === 'file') {
    if (draft.file) return { ok: true, parts: bytesPart(draft.file.bytes) };
    return { ok: false, at: 0, length: 0, message: 'Choose a file to send.' };
  }
  if (draft.form === 'hex') {
    const parsed = parseHex(draft.content);
    return parsed.ok ? { ok: true, parts: bytesPart(parsed.bytes) } : { ...parsed, length: 1 };
  }
  return textParts(draft, encoding);
}

function textParts({ form, content, placeholders }: Draft, encoding: Encoding): DraftParts {
  const encoded = codecOf(encoding).encode(content);
  if (!encoded.ok) return { ...encoded, message: lacking(content, encoded.at, encoded.length, encoding) };
  const read = placeholders ? readPlaceholders(content) : { pieces: content === '' ? [] : [{ at: 0, text: content }] };
  if ('fault' in read) {
    const message = `${read.fault.message} To send it literally, turn placeholders off.`;
    return { ok: false, ...read.fault, message };
  }
  const fault = form === 'json' ? jsonFault(asJson(read.pieces)) : null;
  if (fault) return { ok: false, ...fault, length: 1 };
  return { ok: true, parts: read.pieces.map((piece) => partOf(piece, encoding)) };
}

function lacking(content: string, at: number, length: number, encoding: Encoding): string {
  const character = content.slice(at, at + length);
  const where = `at ${place(content, at)}`;
  return character.isWellFormed()
    ? `${titleOf(encoding)} can't encode “${visibleText(character)}” (${where}). Choose another encoding or replace the character.`
    : `There is half a surrogate pair ${where}, which ${titleOf(encoding)} can't encode. Delete it or enter the bytes in hex.`;
}

const WIDE: Readonly<Partial<Record<Encoding, 'le' | 'be'>>> = { 'utf-16le': 'le', 'utf-16be': 'be' };

function partOf({ text, placeholder }: TextPiece, encoding: Encoding): TemplatePart {
  const wide = WIDE[encoding];
  if (placeholder) return { ...placeholder, ...(wide && { wide }) };
  const encoded = codecOf(encoding).encode(text);
  // All of the content was examined.
  if (!encoded.ok) throw new RangeError(`${encoding} lacks a character.`);
  return { type: 'bytes', bytes: encoded.bytes };
}

/**
 * Text of the same length in which placeholders are replaced by valid JSON: a number anywhere, or the others within a
 * string.
 */
const asJson = (pieces: readonly TextPiece[]): string =>
  pieces
    .map(({ text, placeholder }) => (placeholder ? (placeholder.type === 'n' ? '1' : 'x').repeat(text.length) : text))
    .join('');

/** The content of a JSON draft in a form that {@link formatJson} can read. */
export function jsonOf({ content, placeholders }: Draft): string {
  const read = placeholders ? readPlaceholders(content) : null;
  return read && 'pieces' in read ? asJson(read.pieces) : content;
}

/** True if every message is generated anew. */
export const isVaried = (parts: readonly TemplatePart[]): boolean => parts.some(({ type }) => type !== 'bytes');

/** The bytes of a draft without placeholders. */
function plainBytes(parts: readonly TemplatePart[]): Uint8Array {
  const bytes = new Uint8Array(expandedSize(parts, 0));
  let at = 0;
  for (const part of parts) {
    if (part.type !== 'bytes') continue;
    bytes.set(part.bytes, at);
    at += part.bytes.length;
  }
  return bytes;
}

export type Converted = { readonly ok: true; readonly draft: Draft } | { readonly ok: false; readonly message: string };
const refused = (message: string): Converted => ({ ok: false, message });

/**
 * The same bytes in another form; refused if that form can't hold them all. The file is kept beside what is written.
 */
export function converted(draft: Draft, mode: DraftMode, encoding: Encoding = 'utf-8'): Converted {
  if (mode === 'file') return { ok: true, draft: { ...draft, mode } };
  const form = mode === 'fields' ? 'hex' : mode;
  if (draft.form === form || (draft.form !== 'hex' && form !== 'hex'))
    return { ok: true, draft: { ...draft, mode, form } };
  const parsed = draftParts(
    { ...draft, mode: draft.form, form: draft.form === 'json' ? 'text' : draft.form },
    encoding,
  );
  if (!parsed.ok)
    return refused(`This can't be converted to ${form === 'hex' ? 'hex' : 'text'} yet. ${parsed.message}`);
  if (isVaried(parsed.parts))
    return refused(
      'Hex has no placeholders, so every message would be the same. Remove the placeholders or turn them off.',
    );
  const bytes = plainBytes(parsed.parts);
  const next = form === 'hex' ? hexContent(bytes) : textContent(bytes, encoding);
  if (!next.ok) return next;
  const placeholders = form === 'hex' ? draft.placeholders : !hasPlaceholders(next.content);
  return { ok: true, draft: { ...draft, mode, form, content: next.content, placeholders } };
}

type Content = { readonly ok: true; readonly content: string } | { readonly ok: false; readonly message: string };

function hexContent(bytes: Uint8Array): Content {
  if (bytes.length <= MAX_HEX_EDIT) return { ok: true, content: hexLines(bytes) };
  return {
    ok: false,
    message: `The hex editor holds up to ${formatByteCount(MAX_HEX_EDIT)}. You can still send these bytes unchanged.`,
  };
}

function textContent(bytes: Uint8Array, encoding: Encoding): Content {
  const content = codecOf(encoding).decode(bytes);
  if (content === null)
    return {
      ok: false,
      message: `These bytes aren't ${titleOf(encoding)}, so they can't be edited as text. You can still send them unchanged.`,
    };
  if (content.includes('\r'))
    return {
      ok: false,
      message:
        'These bytes contain a carriage return, which a text field would drop. You can still send them unchanged.',
    };
  return { ok: true, content };
}

/**
 * A draft that is exactly these bytes when sent in `encoding`: as text if a text field can hold them, else in hex, else
 * as a file of this name.
 */
export function draftOf(bytes: Uint8Array<ArrayBuffer>, name: string, encoding: Encoding = 'utf-8'): Draft {
  const text = textContent(bytes, encoding);
  if (text.ok) return { ...EMPTY_DRAFT, content: text.content, placeholders: !hasPlaceholders(text.content) };
  const hex = hexContent(bytes);
  if (hex.ok) return { ...EMPTY_DRAFT, mode: 'hex', form: 'hex', content: hex.content };
  return { ...EMPTY_DRAFT, mode: 'file', file: { name, bytes } };
}

/** These bytes to be written as fields; like {@link draftOf} if there are too many. */
export function fieldsDraftOf(bytes: Uint8Array<ArrayBuffer>, name: string): Draft {
  const hex = hexContent(bytes);
  return hex.ok ? { ...EMPTY_DRAFT, mode: 'fields', form: 'hex', content: hex.content } : draftOf(bytes, name);
}
