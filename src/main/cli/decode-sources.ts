import { createReadStream } from 'node:fs';
import * as v from 'valibot';
import { MAX_BUFFER_SIZE } from '../../shared/domain.ts';
import { parseHex } from '../../shared/hex/hex.ts';
import { JSONL_FORMAT } from '../../shared/json-record.ts';
import { laneSeenAs, laneViewSchema, viewpointSchema } from '../../shared/session-kind.ts';
import { codecOf } from '../../shared/text/codecs.ts';
import { encodingSchema } from '../../shared/text/encodings.ts';
import type { CompiledTypes } from '../../shared/types/compiled/compiled.ts';
import { isSqliteFile } from '../capture/store/sqlite-file.ts';
import { captureMessages } from './captures/messages.ts';
import { UsageError } from './exit-status.ts';
import type { Payload } from './payload.ts';

export interface PayloadPlace {
  /** A capture, a log, or `-`. */
  readonly file: string | undefined;
  readonly hex: string | undefined;
  readonly filter: string | undefined;
  /** By which a filter reads the messages. */
  readonly types: CompiledTypes;
  /** worker.ts of the capture, for regular expressions. */
  readonly captureWorker: string;
}

/** The messages of a capture, of a log of JSON lines, or one message. */
export async function* payloadsOf({ file, hex, filter, types, captureWorker }: PayloadPlace): AsyncGenerator<Payload> {
  if (filter !== undefined && (file === undefined || file === '-')) {
    throw new UsageError('--filter looks through captures alone.');
  }
  if (file === undefined) yield { bytes: bytesOf(hex ?? '') };
  else if (file === '-') yield* fromStream(process.stdin);
  else if (isSqliteFile(file)) yield* captureMessages(file, { filter: filter ?? '', captureWorker, types });
  else if (filter !== undefined) throw new UsageError('--filter looks through captures alone: import the log first.');
  else yield* fromStream(createReadStream(file));
}

function bytesOf(text: string): Uint8Array {
  const parsed = parseHex(text);
  if (parsed.ok) return parsed.bytes;
  throw new UsageError(`--hex: ${parsed.message}`);
}

/** Records as they come, where the first line is one; else all of it is one message. */
async function* fromStream(stream: AsyncIterable<Buffer>): AsyncGenerator<Payload> {
  let rest = Buffer.alloc(0);
  let log: LogLines | undefined;
  let isLog: boolean | undefined;
  for await (const chunk of stream) {
    rest = Buffer.concat([rest, chunk]);
    if (rest.length > MAX_BUFFER_SIZE) throw new UsageError('This is longer than the largest message.');
    isLog ??= looksLikeLog(rest);
    if (!isLog) continue;
    log ??= new LogLines();
    const end = rest.lastIndexOf('\n');
    if (end < 0) continue;
    for (const line of rest.toString('utf8', 0, end).split('\n')) yield* log.message(line);
    rest = rest.subarray(end + 1);
  }
  if (!log) yield { bytes: rest };
  else if (rest.length > 0) yield* log.message(rest.toString('utf8'));
}

/** Undefined while the first line is not whole. */
function looksLikeLog(head: Buffer): boolean | undefined {
  if (head.length === 0) return undefined;
  if (head[0] !== 0x7b) return false;
  const end = head.indexOf('\n');
  if (end < 0) return undefined;
  const line = jsonOf(head.toString('utf8', 0, end));
  return v.is(lineSchema, line) || v.is(headSchema, line);
}

const sessionSchema = v.object({ role: viewpointSchema, section: v.string() });
const headSchema = v.object({ format: v.literal(JSONL_FORMAT), ...sessionSchema.entries });
const lineSchema = v.object({
  seq: v.number(),
  kind: v.string(),
  direction: v.optional(laneViewSchema),
  wall: v.optional(v.number(), 0),
  text: v.optional(v.string()),
  encoding: v.optional(encodingSchema, 'utf-8'),
  hex: v.optional(v.string()),
  session: v.optional(sessionSchema),
});

/** The lines of a log, one after the other: an earlier one tells of the session. */
class LogLines {
  #session: v.InferOutput<typeof sessionSchema> | undefined;

  *message(text: string): Generator<Payload> {
    if (text.trim() === '') return;
    const line = jsonOf(text);
    if (v.is(headSchema, line)) {
      this.#session = line;
      return;
    }
    const parsed = v.safeParse(lineSchema, line);
    if (!parsed.success) throw new UsageError(`This line is not a record: ${text.slice(0, 100)}`);
    const { kind, seq, wall, direction = null, text: content, encoding, hex, session } = parsed.output;
    this.#session = session ?? this.#session;
    if (kind !== 'message') return;
    const encoded = content === undefined ? undefined : codecOf(encoding).encode(content);
    const bytes = encoded?.ok ? encoded.bytes : Buffer.from(hex ?? '', 'hex');
    const lane = this.#session && direction ? laneSeenAs(this.#session.role, direction) : null;
    yield { head: { seq, wall, direction, lane, ...(this.#session && { channel: this.#session.section }) }, bytes };
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
