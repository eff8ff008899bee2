import { DatabaseSync } from 'node:sqlite';
import { KIND_CODES, LANE_CODES } from '../../src/main/capture/store/codes.ts';

/** What a capture holds of the messages that floods sent, compared with what they must be. */
export interface Captured {
  readonly messages: number;
  /** Messages that aren't byte for byte the next one that was sent. */
  readonly wrong: number;
  /** Rows that report a problem: anomalies and errors. */
  readonly complaints: number;
}

/**
 * Reads what the capture `file` holds of one server session, to which floods sent one after another. `acknowledged`:
 * how many messages of each flood were acknowledged; `size`: bytes of a message.
 */
export function readFloods(file: string, session: number, acknowledged: readonly number[], size: number): Captured {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const expected = floodMessages(acknowledged, size);
    const chunk = db.prepare('SELECT data FROM chunk WHERE id = ?');
    const rows = db.prepare(
      'SELECT chunk, offset, size FROM record WHERE session = ? AND kind = ? AND lane = ? ORDER BY seq',
    );
    let [messages, wrong, id, data] = [0, 0, -1, new Uint8Array()];
    for (const row of rows.iterate(session, KIND_CODES.message, LANE_CODES.c2s)) {
      const place = row as { chunk: number; offset: number; size: number };
      if (place.chunk !== id) {
        id = place.chunk;
        data = (chunk.get(id) as { data: Uint8Array<ArrayBuffer> }).data;
      }
      const next = expected.next();
      const bytes = data.subarray(place.offset, place.offset + place.size);
      if (next.done || next.value.compare(bytes) !== 0) wrong++;
      messages++;
    }
    const count = db.prepare('SELECT count(*) AS n FROM record WHERE session = ? AND kind IN (?, ?)');
    const { n } = count.get(session, KIND_CODES.anomaly, KIND_CODES.error) as { n: number };
    return { messages, wrong, complaints: n };
  } finally {
    db.close();
  }
}

/** What shm-peer's floods send, as described in native/README.md. The yielded buffer is reused. */
function* floodMessages(counts: readonly number[], size: number): Generator<Buffer, void> {
  const message = Buffer.alloc(size);
  const cycle = Uint8Array.from({ length: 256 + size }, (_, i) => i & 0xff);
  for (const count of counts) {
    for (let number = 0; number < count; number++) {
      message.writeBigUInt64LE(BigInt(number));
      const from = (number * 31 + 8) & 0xff;
      message.set(cycle.subarray(from, from + size - 8), 8);
      yield message;
    }
  }
}
