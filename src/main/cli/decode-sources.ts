import { accessSync, constants, createReadStream, statSync } from 'node:fs';
import * as v from 'valibot';
import { MAX_BUFFER_SIZE } from '../../shared/domain.ts';
import { parseHex } from '../../shared/hex/hex.ts';
import { JSONL_FORMAT } from '../../shared/json-record.ts';
import { kindSchema } from '../../shared/record-kind.ts';
import { laneSeenAs, laneViewSchema, viewpointSchema } from '../../shared/session-kind.ts';
import { sourceText } from '../../shared/text/source-text.ts';
import type { CompiledTypes } from '../../shared/types/compiled/compiled.ts';
import { LineSplitter, SHORT_LINE } from '../capture/import/lines.ts';
import { limitOfLine, splitLongLine } from '../capture/import/long-line.ts';
import { contentEntries, payloadOf } from '../capture/import/record-line.ts';
import { Utf8Source } from '../capture/import/utf8-source.ts';
import { isSqliteFile } from '../capture/store/sqlite-file.ts';
import { fileReason } from '../files/given-file.ts';
import { captureMessages } from './captures/messages.ts';
import { throughLink } from './captures/place.ts';
import { UsageError } from './exit-status.ts';
import type { Payload } from './payload.ts';

export interface PayloadPlace {
  /** A capture, a log, or `-`. */
  readonly file: string | undefined;
  readonly hex: string | undefined;
  readonly filter: string | undefined;
  /** Types that a filter reads the messages with. */
  readonly types: CompiledTypes;
  /** worker.ts of the capture, for regular expressions. */
  readonly captureWorker: string;
}

/** The messages of a capture, of a log of JSON lines, or one message. */
export async function* payloadsOf({ file, hex, filter, types, captureWorker }: PayloadPlace): AsyncGenerator<Payload> {
  if (filter !== undefined && (file === undefined || file === '-')) {
    throw new UsageError('--filter only works on captures.');
  }
  if (file === undefined) yield { bytes: bytesOf(hex ?? '') };
  else if (file === '-') yield* fromStream(process.stdin);
  else if (isCapture(file)) yield* captureMessages(throughLink(file), { filter: filter ?? '', captureWorker, types });
  else if (filter !== undefined) throw new UsageError('--filter only works on captures: import the log first.');
  else yield* fromStream(createReadStream(file));
}

/** Throws {@link UsageError} for what can't be read. */
function isCapture(file: string): boolean {
  try {
    const found = statSync(file);
    if (found.isDirectory()) throw new Error('it is a folder');
    accessSync(file, constants.R_OK);
    // Peeking into a pipe would consume its bytes.
    return found.isFile() && isSqliteFile(file);
  } catch (error) {
    throw new UsageError(`${file} can't be read: ${fileReason(error)}.`);
  }
}

function bytesOf(text: string): Uint8Array {
  const parsed = parseHex(text);
  if (parsed.ok) return parsed.bytes;
  throw new UsageError(`--hex: ${parsed.message}`);
}

/** Records as they come if the first line is one; otherwise all of it is one message. */
async function* fromStream(stream: AsyncIterable<Buffer>): AsyncGenerator<Payload> {
  let start = Buffer.alloc(0);
  let log: LogLines | undefined;
  for await (const chunk of stream) {
    if (log) {
      yield* log.take(chunk);
      continue;
    }
    start = Buffer.concat([start, chunk]);
    if (start.length > MAX_BUFFER_SIZE) throw new UsageError('This is longer than the largest message.');
    if (!chunk.includes(LINE_FEED) || !isLog(start)) continue;
    log = new LogLines();
    yield* log.take(start);
  }
  if (!log && isLog(start)) {
    log = new LogLines();
    yield* log.take(start);
  }
  if (log) yield* log.end();
  else yield { bytes: start };
}

const LINE_FEED = 0x0a;

/** Whether its first line belongs to a log, in UTF-8 or in UTF-16 with a byte order mark. */
function isLog(start: Buffer): boolean {
  const [first = ''] = sourceText(start.subarray(0, SHORT_LINE)).trimStart().split('\n', 1);
  if (!first.startsWith('{')) return false;
  // The beginning shows that it belongs to a record that is longer.
  const line = jsonOf(first);
  return line === undefined ? isRecordStart(start) : v.is(recordSchema, line) || v.is(headSchema, line);
}

function isRecordStart(start: Buffer): boolean {
  if (start.length <= SHORT_LINE) return false;
  try {
    return limitOfLine(start) > 0;
  } catch {
    return false;
  }
}

const sessionSchema = v.object({ role: viewpointSchema, section: v.string() });
const headSchema = v.object({ format: v.literal(JSONL_FORMAT), ...sessionSchema.entries });
/** What distinguishes a record from a message in JSON. Anything else wrong with it is then a mistake. */
const recordSchema = v.object({ seq: v.number(), kind: kindSchema });
const lineSchema = v.object({
  ...recordSchema.entries,
  direction: v.optional(laneViewSchema),
  wall: v.optional(v.number(), 0),
  ...contentEntries,
  session: v.optional(sessionSchema),
});

/** The lines of a log, in order, as an import reads them: an earlier one describes the session. */
class LogLines {
  readonly #source = new Utf8Source();
  readonly #lines = new LineSplitter(limitOfLine);
  #session: v.InferOutput<typeof sessionSchema> | undefined;

  /** Throws UsageError. */
  *take(chunk: Buffer): Generator<Payload> {
    yield* orUsage(this.#messages(() => this.#lines.take(this.#source.take(chunk))));
  }

  *end(): Generator<Payload> {
    yield* this.take(this.#source.end());
    yield* orUsage(this.#messages(() => [this.#lines.rest()]));
  }

  *#messages(lines: () => Iterable<Buffer>): Generator<Payload> {
    for (const line of lines()) {
      const payload = this.#message(line);
      if (payload) yield payload;
    }
  }

  #message(whole: Buffer): Payload | undefined {
    const long = whole.length > SHORT_LINE ? splitLongLine(whole) : undefined;
    const text = (long?.json ?? whole.toString('utf8')).replace(/^\ufeff/, '');
    if (text.trim() === '') return undefined;
    const line = jsonOf(text);
    if (v.is(headSchema, line)) {
      this.#session = line;
      return undefined;
    }
    const parsed = v.safeParse(lineSchema, line);
    if (!parsed.success) throw new RangeError(`This line is not a record: ${text.slice(0, 100)}`);
    const { kind, seq, wall, direction = null, session } = parsed.output;
    this.#session = session ?? this.#session;
    if (kind !== 'message') return undefined;
    const lane = this.#session && direction ? laneSeenAs(this.#session.role, direction) : null;
    const head = { seq, wall, direction, lane, ...(this.#session && { channel: this.#session.section }) };
    return { head, bytes: payloadOf(parsed.output, long) };
  }
}

function* orUsage(payloads: Iterable<Payload>): Generator<Payload> {
  try {
    yield* payloads;
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(error.message) : error;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
