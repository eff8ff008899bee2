import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CompiledTypes, FORM } from '../../../shared/types/compiled/compiled.ts';
import { type Capture, openCapture } from '../capture.ts';
import { batchOf, committed, post, type Sample, sessionOf, temporaryFolder, workerPath } from '../testing.ts';

const MESSAGES = 3000;
const types = (member: string): CompiledTypes => ({
  form: FORM,
  libraries: [
    {
      abi: 'windows-x86',
      types: [
        [
          'struct order',
          {
            kind: 'struct',
            members: [
              { name: 'id', type: { kind: 'scalar', name: 'uint32_t' } },
              { name: member, type: { kind: 'scalar', name: 'int32_t' } },
            ],
          },
        ],
      ],
    },
  ],
  proto: null,
  bindings: [{ type: 'order', abi: 'windows-x86', line: 1 }],
});

const folder = temporaryFolder();
let capture: Capture;

/** Every seventh is too short for a price. */
function payload(seq: number): Buffer {
  const bytes = Buffer.alloc(seq % 7 === 0 ? 6 : 64);
  bytes.writeUInt32LE(seq, 0);
  if (bytes.length > 8) bytes.writeInt32LE((seq % 100) - 50, 4);
  return bytes;
}

beforeAll(async () => {
  capture = await openCapture({ folder: folder.path, workerPath });
  const port = capture.connect(sessionOf(1));
  post(
    port,
    batchOf(
      1,
      0,
      Array.from({ length: MESSAGES }, (_, seq) => ({ bytes: payload(seq), direction: seq % 2 ? 'in' : 'out' })),
    ),
  );
  await committed(port, MESSAGES);
  await capture.ask('bindTypes', { session: 1, types: types('price') });
});

afterAll(async () => {
  await capture.close();
  folder.remove();
});

async function found(filter: string, session = 1): Promise<number[]> {
  for (;;) {
    const { rows, progress } = await capture.rows({ session, filter, from: 0, count: MESSAGES });
    if (progress.complete) return rows.map(({ seq }) => seq);
  }
}
/** A session whose messages all have 64 bytes, with a record of another kind among them. */
async function uniform(session: number, more: readonly Sample[] = []): Promise<void> {
  const port = capture.connect(sessionOf(session));
  const samples: Sample[] = Array.from({ length: 5000 }, (_, seq) => {
    const bytes = Buffer.alloc(64);
    bytes.writeInt32LE(seq % 100, 4);
    return seq === 2500 ? { kind: 'timeout', direction: null } : { bytes };
  });
  post(port, batchOf(session, 0, [...samples, ...more]));
  await committed(port, samples.length + more.length);
  await capture.ask('bindTypes', { session, types: types('price') });
}

test.each<[string, number, readonly Sample[]]>([
  ['of one size', 2, []],
  ['of which the last is longer', 3, [{ bytes: Buffer.alloc(128) }]],
  ['among other bytes', 4, [{ kind: 'snapshot', direction: null, bytes: Buffer.alloc(64, 7) }]],
])('messages %s are found as all others are', async (_, session, more) => {
  await uniform(session, more);
  const expected = Array.from({ length: 5000 }, (_, seq) => seq).filter((seq) => seq % 100 === 7 && seq !== 2500);
  expect(await found('order.price:7', session)).toEqual(expected);
  expect(await found('order.price:7 seq:<100', session)).toEqual([7]);
});

const passing = (is: (seq: number, price: number) => boolean) =>
  Array.from({ length: MESSAGES }, (_, seq) => seq).filter((seq) =>
    is(seq, seq % 7 === 0 ? Number.NaN : (seq % 100) - 50),
  );

test.each<[string, (seq: number, price: number) => boolean]>([
  ['order.price:>40', (_, price) => price > 40],
  ['order.price:-3', (_, price) => price === -3],
  ['not order.price:*', (seq) => seq % 7 === 0],
  ['order.id:100..200 dir:in', (seq) => seq >= 100 && seq <= 200 && seq % 2 === 1],
  ['order.price:0 or order.id:1', (seq, price) => price === 0 || seq === 1],
])('%s finds exactly the messages that it means', async (filter, means) => {
  expect(await found(filter)).toEqual(passing(means));
});

test('with other types the same log is searched again', async () => {
  await expect(found('order.cost:1')).rejects.toMatchObject({ code: 'filter-invalid' });
  await capture.ask('bindTypes', { session: 1, types: types('cost') });
  expect(await found('order.cost:1')).toEqual(passing((_, price) => price === 1));
  await expect(found('order.price:1')).rejects.toThrow('at “order.price”');
  await capture.ask('bindTypes', { session: 1, types: types('price') });
});
