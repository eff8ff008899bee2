import { isUtf8 } from 'node:buffer';
import * as v from 'valibot';
import { integer, MAX_BUFFER_SIZE } from '../../../shared/domain.ts';
import type { FailureCode } from '../../../shared/failure.ts';
import { isoMicros, JSONL_FORMAT, JSONL_VERSION, type LoggedSession } from '../../../shared/json-record.ts';
import type { SeenRecord } from '../../../shared/log.ts';
import { objectNameSchema } from '../../../shared/object-name.ts';
import { kindSchema } from '../../../shared/record-kind.ts';
import { laneViewSchema, viewpointSchema } from '../../../shared/session-kind.ts';
import { codecOf } from '../../../shared/text/codecs.ts';
import { type Encoding, encodingSchema } from '../../../shared/text/encodings.ts';
import { SHORT_LINE } from './lines.ts';
import { type SplitLine, splitLongLine } from './long-line.ts';

const count = (what: string) => integer(what, 0, Number.MAX_SAFE_INTEGER);
const micros = (what: string) => integer(what, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);

/** Lone surrogates and NUL are kept. */
const text = (what: string) =>
  v.pipe(v.string(`${what} must be text.`), v.maxLength(64 * 1024, `${what} is longer than 65,536 characters.`));

/** A tap may not know an event. */
const eventNameSchema = v.union([v.literal(''), objectNameSchema]);

const sessionSchema = v.strictObject({
  role: viewpointSchema,
  section: objectNameSchema,
  eventS2c: eventNameSchema,
  eventC2s: eventNameSchema,
  openedAt: micros('openedAt'),
});

const headSchema = v.strictObject({
  format: v.literal(JSONL_FORMAT),
  version: v.literal(JSONL_VERSION),
  ...sessionSchema.entries,
  /** Omitted if the file was written while the records came. */
  records: v.optional(count('records')),
});

/** The payload of a record. */
export const contentEntries = {
  text: v.optional(
    v.pipe(
      v.string(),
      v.check((text) => text.isWellFormed(), 'text has half a surrogate pair.'),
    ),
  ),
  /** Encoding of `text`; omitted: UTF-8. */
  encoding: v.optional(encodingSchema),
  hex: v.optional(v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{2})*$/i, 'hex is not hex.'))),
};

const recordSchema = v.strictObject({
  seq: count('seq'),
  time: v.string(),
  kind: kindSchema,
  direction: v.optional(laneViewSchema),
  size: integer('size', 0, MAX_BUFFER_SIZE),
  ...contentEntries,
  /** How a declared type decoded the payload: not imported, since the payload is. */
  fields: v.optional(v.unknown()),
  /** From any version: an unknown one is shown as it is. */
  code: v.optional(v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,63}$/, 'code is not a code.'))),
  detail: v.optional(text('detail')),
  count: v.optional(integer('count', 1, Number.MAX_SAFE_INTEGER), 1),
  wall: micros('wall'),
  mono: micros('mono'),
  unread: v.optional(count('unread')),
  mark: v.optional(text('mark')),
  note: v.optional(text('note')),
  /** Of the record that opens a session, if no line before it describes the session. */
  session: v.optional(sessionSchema),
});

/** Complete JSON is right or wrong for good; this may be the start of something. */
export class BrokenLine extends RangeError {
  override readonly name = 'BrokenLine';
}

/** What a line is: `session` if it starts one, `promised` if it announces how many records follow. */
export interface ImportedLine {
  readonly session: LoggedSession | null;
  readonly promised: number | null;
  readonly record: ImportedRecord | null;
}

export interface ImportedRecord {
  readonly head: Omit<SeenRecord, 'lane'> & { readonly unreadMicros: number | null };
  readonly mark: string | null;
  readonly note: string | null;
  readonly bytes: Uint8Array;
}

/**
 * Parses one line. `isFirst`: it must start a session. Throws {@link BrokenLine} if it isn't JSON, else an Error that
 * says what is wrong.
 */
export function parseLine(line: Buffer, isFirst: boolean): ImportedLine {
  if (!isUtf8(line)) throw new BrokenLine('it is not valid UTF-8');
  const long = line.length > SHORT_LINE ? split(line) : undefined;
  const value = parse(long?.json ?? line.toString('utf8'));
  const { format, session } = (value ?? {}) as { format?: unknown; session?: unknown };
  if (format === JSONL_FORMAT) return headOf(value);
  if (isFirst && session === undefined)
    throw new RangeError("it isn't the first line of a Shmscope JSON Lines export or of its command line output");
  const record = checked(recordSchema, value);
  if (record.session && record.kind !== 'opened')
    throw new RangeError('only an opened record can describe its session');
  return { session: record.session ?? null, promised: null, record: restored(record, long) };
}

function headOf(value: unknown): ImportedLine {
  const { version } = value as { version?: unknown };
  if (typeof version === 'number' && version > JSONL_VERSION)
    throw new RangeError(`it was written by a newer Shmscope (format version ${version}); import it with that version`);
  const { records = null, format: _format, version: _version, ...session } = checked(headSchema, value);
  return { session, promised: records, record: null };
}

function restored(record: v.InferOutput<typeof recordSchema>, long: SplitLine | undefined): ImportedRecord {
  const bytes = payloadOf(record, long);
  if (bytes.byteLength !== record.size)
    throw new RangeError(
      `its payload has ${bytes.byteLength} bytes but its size is given as ${record.size}; the file may have been saved in another encoding`,
    );
  if (record.time !== isoMicros(record.wall)) throw new RangeError('its time and its wall clock disagree');
  const {
    text: _text,
    hex: _hex,
    encoding: _encoding,
    time: _time,
    session: _session,
    unread: unreadMicros = null,
    mark = null,
    note = null,
    ...rest
  } = record;
  const { direction = null, code = null, detail = null } = rest;
  return {
    head: { ...rest, direction, code: code as FailureCode | null, detail, unreadMicros },
    mark,
    note,
    bytes,
  };
}

/** Bytes of a long line's text, which is UTF-8. */
function encoded({ key, bytes }: SplitLine, encoding: Encoding = 'utf-8'): Uint8Array {
  return key === 'hex' || encoding === 'utf-8' ? bytes : write(Buffer.from(bytes).toString('utf8'), encoding);
}

function write(text: string, encoding: Encoding): Uint8Array {
  const result = codecOf(encoding).encode(text);
  if (!result.ok) throw new RangeError(`its text has a character that ${encoding} can't encode`);
  return result.bytes;
}

type Content = Pick<v.InferOutput<typeof recordSchema>, keyof typeof contentEntries | 'kind'>;

/** The bytes of a record, whose line may have been split. Throws RangeError if it isn't a payload. */
export function payloadOf(record: Content, long: SplitLine | undefined): Uint8Array {
  if (!long) return bytesOf(record);
  if (record[long.key] !== '') throw new RangeError(`it has ${long.key} twice`);
  return encoded(long, record.encoding);
}

function bytesOf({ text, encoding = 'utf-8', hex, kind }: Content): Uint8Array {
  if (text !== undefined && hex !== undefined) throw new RangeError('it has both text and hex');
  if (kind === 'message' && text === undefined && hex === undefined) throw new RangeError('its payload is missing');
  return hex === undefined ? write(text ?? '', encoding) : Buffer.from(hex, 'hex');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    if (text.includes('\0')) throw new RangeError("it isn't JSON: it has NULs, as when UTF-16 is appended to UTF-8");
    throw new BrokenLine('it is not JSON');
  }
}

function split(line: Buffer): SplitLine {
  try {
    return splitLongLine(line);
  } catch (error) {
    throw new BrokenLine((error as Error).message);
  }
}

function checked<Schema extends v.GenericSchema>(schema: Schema, value: unknown): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  const path = v.getDotPath(issue);
  throw new RangeError(`${path === null ? '' : `${path}: `}${issue.message.replace(/\.$/, '')}`);
}
