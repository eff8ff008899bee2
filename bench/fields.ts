import { type Capture, openCapture } from '../src/main/capture/capture.ts';
import { batchOf, committed, post, sessionOf, temporaryFolder } from '../src/main/capture/testing.ts';
import { type CompiledTypes, FORM } from '../src/shared/types/compiled/compiled.ts';
import { workers } from './lib/built.ts';
import { type Finding, finding, option, report } from './lib/report.ts';
import { median } from './lib/statistics.ts';

/**
 * Filters by a field over 1,000,000 messages of 64 bytes, one in 10,000 of which matches: ms until all were scanned ÷
 * those of `hex:` for the same bytes in the same messages, in turns. A field with a fixed position in a struct, the
 * same with messages in both directions and two types, and a field of Protobuf.
 */
const ROUNDS = option('rounds', 5);
const RECORDS = option('records', 1_000_000);
const BATCH = 1000;
/** Batches posted before a commit is waited for. */
const UNACKNOWLEDGED = 8;
const SIZE = 64;
const RARITY = 10_000;
/** Of the time that `hex:` takes. */
const NEEDED = { fixed: 1.5, proto: 10 };

const STRUCT = 1;
const PROTO = 2;
const scalar = (name: string) => ({ kind: 'scalar', name }) as const;
const TYPES: CompiledTypes = {
  form: FORM,
  libraries: [
    {
      abi: 'windows-x64',
      types: [
        [
          'struct order',
          {
            kind: 'struct',
            members: [
              { name: 'id', type: scalar('uint64_t') },
              { name: 'flags', type: scalar('uint32_t') },
              { name: 'price', type: scalar('uint32_t') },
              { name: 'rest', type: { kind: 'array', of: scalar('uint32_t'), count: 12 } },
            ],
          },
        ],
      ],
    },
  ],
  proto: {
    messages: [
      [
        'Order',
        [
          { number: 1, name: 'id', type: 'fixed64', repeated: false },
          { number: 2, name: 'price', type: 'fixed32', repeated: false },
          { number: 3, name: 'note', type: 'string', repeated: false },
        ],
      ],
    ],
    enums: [],
  },
  bindings: [],
};
const bound = (type: string): CompiledTypes => ({ ...TYPES, bindings: [{ type, abi: 'windows-x64', line: 1 }] });

/** Can't be confused with anything else in the messages. */
const needle = (round: number) => 0xc0ffee00 + round;
const priceOf = (seq: number) => (seq % RARITY < ROUNDS ? needle(seq % RARITY) : seq % 1000);

function structOf(seq: number): Buffer {
  const bytes = Buffer.alloc(SIZE);
  bytes.writeUInt32LE(seq, 0);
  bytes.writeUInt32LE(priceOf(seq), 12);
  return bytes;
}

/** Fields 1, 2 and a text that fills the message. */
function protoOf(seq: number): Buffer {
  const bytes = Buffer.alloc(SIZE, 'x');
  bytes[0] = (1 << 3) | 1;
  bytes.writeBigUInt64LE(BigInt(seq), 1);
  bytes[9] = (2 << 3) | 5;
  bytes.writeUInt32LE(priceOf(seq), 10);
  bytes[14] = (3 << 3) | 2;
  bytes[15] = SIZE - 16;
  return bytes;
}

async function fill(capture: Capture, session: number, messageOf: (seq: number) => Buffer): Promise<void> {
  const port = capture.connect(sessionOf(session));
  for (let first = 0; first < RECORDS; first += BATCH) {
    post(
      port,
      batchOf(
        session,
        first,
        Array.from({ length: BATCH }, (_, i) => ({ bytes: messageOf(first + i) })),
      ),
    );
    const isPause = (first / BATCH) % UNACKNOWLEDGED === UNACKNOWLEDGED - 1;
    if (isPause || first + BATCH >= RECORDS) await committed(port, first + BATCH);
  }
}

/** ms until everything was scanned, and how many were found. */
async function search(capture: Capture, session: number, filter: string): Promise<{ ms: number; hits: number }> {
  const startedAt = performance.now();
  for (let from = 0; ; ) {
    const { total, progress } = await capture.rows({ session, filter, from, count: 50 });
    if (progress.complete) return { ms: performance.now() - startedAt, hits: total };
    from = total;
  }
}

async function compared(
  capture: Capture,
  name: string,
  session: number,
  type: string,
  atMost: number,
): Promise<Finding> {
  const [fields, hexes]: [number[], number[]] = [[], []];
  let hits = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(needle(round));
    const hex = await search(capture, session, `hex:"${bytes.toString('hex')}"`);
    const field = await search(capture, session, `${type}.price:${needle(round)}`);
    if (field.hits !== hex.hits || field.hits === 0) throw new Error(`${field.hits} hits and ${hex.hits} of hex:.`);
    hits = field.hits;
    fields.push(field.ms);
    hexes.push(hex.ms);
  }
  const [field, hex] = [median(fields), median(hexes)];
  return finding(name, `${hits} hits, ${field.toFixed(1)} ms ÷ ${hex.toFixed(1)} ms`, field / hex, { atMost });
}

const folder = temporaryFolder();
const capture = await openCapture({ folder: folder.path, workerPath: workers.capture });
try {
  await fill(capture, STRUCT, structOf);
  await fill(capture, PROTO, protoOf);
  await capture.ask('bindTypes', { session: STRUCT, types: bound('order') });
  await capture.ask('bindTypes', { session: PROTO, types: bound('Order') });
  // Threads started, the file in the disk cache.
  await search(capture, STRUCT, 'order.price:1 hex:"00"');
  await search(capture, PROTO, 'Order.price:1 hex:"00"');
  report([
    await compared(capture, 'filter by a field at a fixed place ÷ hex:', STRUCT, 'order', NEEDED.fixed),
    await compared(capture, 'filter by a field of Protobuf ÷ hex:', PROTO, 'Order', NEEDED.proto),
  ]);
} finally {
  await capture.close();
  folder.remove();
}
