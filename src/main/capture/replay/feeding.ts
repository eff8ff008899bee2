import type { FeedItem, FeedMessage } from '../../../shared/replay/feed.ts';
import type { CaptureFile } from '../export/capture-file.ts';
import { RecordReader, type WholeRecord } from '../export/records.ts';
import type { Recording } from './recording.ts';
import type { FeedTask } from './task.ts';

/** Of one chunk; a larger message gets a chunk of its own. */
const CHUNK_ITEMS = 256;
const CHUNK_BYTES = 256 * 1024;

type Chunk = Extract<FeedMessage, { items: unknown }>;
interface Chosen {
  readonly item: Omit<FeedItem, 'offset' | 'size'>;
  readonly bytes: Uint8Array;
}

/** Everything that is replayed, loop after loop, one chunk at a time. Throws SQLite's errors. */
export function* feedChunks(capture: CaptureFile, task: FeedTask, recording: Recording): Generator<Chunk> {
  let batch = new Batch();
  for (const chosen of chosenOf(capture, task, recording)) {
    if (!batch.hasRoomFor(chosen.bytes)) {
      yield batch.chunk(false);
      batch = new Batch();
    }
    batch.add(chosen);
  }
  yield batch.chunk(true);
}

function* chosenOf(capture: CaptureFile, { session, plan }: FeedTask, recording: Recording): Generator<Chosen> {
  const { range, chooser, begins, period } = recording;
  const reader = new RecordReader(capture.db, session);
  for (let loop = 0; loop < plan.loops; loop++) {
    const choice = chooser();
    for (const record of reader.read(range)) {
      const kind = choice.choose(record);
      // An end that has left isn't there for another loop.
      if (!kind || ((kind === 'exit' || kind === 'sendExit') && loop < plan.loops - 1)) continue;
      const at = record.mono - begins + loop * period;
      yield { item: { kind, seq: record.seq, at }, bytes: bytesOf(kind, record, plan.compare) };
    }
  }
}

const NONE = new Uint8Array();

function bytesOf(kind: FeedItem['kind'], { bytes }: WholeRecord, compares: boolean): Uint8Array {
  return kind === 'send' || (kind === 'reply' && compares) ? bytes : NONE;
}

/** Items and their payloads, one after another. */
class Batch {
  readonly #items: FeedItem[] = [];
  readonly #parts: Uint8Array[] = [];
  #size = 0;

  hasRoomFor({ length }: Uint8Array): boolean {
    if (this.#items.length === 0) return true;
    return this.#items.length < CHUNK_ITEMS && this.#size + length <= CHUNK_BYTES;
  }

  /** Its bytes are in a chunk that the next one may release. */
  add({ item, bytes }: Chosen): void {
    this.#items.push({ ...item, offset: this.#size, size: bytes.length });
    this.#parts.push(bytes);
    this.#size += bytes.length;
  }

  chunk(isLast: boolean): Chunk {
    const payload = new Uint8Array(this.#size);
    for (const [index, { offset }] of this.#items.entries()) payload.set(this.#parts[index] as Uint8Array, offset);
    return { items: this.#items, payload, isLast };
  }
}
