import { afterAll, beforeAll, expect, test } from 'vitest';
import { codecOf } from '../../../shared/text/codecs.ts';
import type { Encoding, EncodingChoice } from '../../../shared/text/encodings.ts';
import { type Capture, openCapture } from '../capture.ts';
import { batchOf, committed, post, sessionOf, temporaryFolder, workerPath } from '../testing.ts';

const write = (text: string, encoding: Encoding) => {
  const encoded = codecOf(encoding).encode(text);
  if (!encoded.ok) throw new RangeError(text);
  return encoded.bytes;
};

/** By number. */
const PAYLOADS = [
  write('für Öl', 'utf-8'),
  write('für Öl', 'utf-16le'),
  write('für Öl', 'utf-16be'),
  write('für Öl', 'windows-1252'),
  // In UTF-16 LE only at odd positions: "xf", "ür" across other units.
  Uint8Array.of(0x78, 0x66, 0x00, 0xfc, 0x00, 0x72, 0x00, 0x79),
  write('日本ソ\\', 'shift_jis'),
  write('ΟΔΟΣ', 'windows-1253'),
  write('ΟΔΟΣ και 1', 'utf-16le'),
  write('\ufeff日本', 'utf-16le'),
  write('Straße', 'utf-16le'),
  Uint8Array.of(0x66, 0xfc, 0x72, 0x81),
];

const folder = temporaryFolder();
let capture: Capture;
beforeAll(async () => {
  capture = await openCapture({ folder: folder.path, workerPath });
  const port = capture.connect(sessionOf(1));
  const done = committed(port, PAYLOADS.length);
  post(
    port,
    batchOf(
      1,
      0,
      PAYLOADS.map((bytes) => ({ bytes })),
    ),
  );
  await done;
});
afterAll(async () => {
  await capture.close();
  folder.remove();
});

async function seqs(filter: string, encoding?: EncodingChoice): Promise<number[]> {
  for (;;) {
    const query = { session: 1, filter, from: 0, count: 100, ...(encoding && { encoding }) };
    const { rows, progress } = await capture.rows(query);
    if (progress.complete) return rows.map(({ seq }) => seq);
  }
}

test.each<[string, EncodingChoice | undefined, number[]]>([
  ['für', undefined, [0]],
  ['für', 'utf-16le', [1]],
  ['für', 'utf-16be', [2]],
  ['für', 'windows-1252', [3, 10]],
  ['für', 'auto', [0, 1, 2]],
  ['"FÜR ö"i', 'utf-16le', [1]],
  ['"FÜR ö"i', 'windows-1252', [3]],
  ['"FÜR ö"i', 'auto', [0, 1, 2]],
  ['utf16:"für" or cp1252:"für"', undefined, [1, 3, 10]],
  ['utf8:"für"', 'utf-16le', [0]],
  ['auto:"für"', 'windows-1252', [0, 1, 2]],
  ['cp1253:"οδος"i', undefined, [6]],
  ['"οδος"i', 'auto', [7]],
  ['"STRASSE"i', 'auto', [9]],
  ['日本', 'auto', [8]],
  ['日本', 'shift_jis', [5]],
  ['sjis:"\\\\"', undefined, [5]],
  ['sjis:"ソ"', undefined, [5]],
  ['/^f\\p{L}r Öl$/', 'utf-16le', [1]],
  ['/^f\\p{L}r Öl$/', 'windows-1252', [3]],
  ['/^f\\p{L}r Öl$/', 'auto', [0, 1, 2]],
  ['utf16:/^ΟΔ.Σ/ or sjis:/ソ./', undefined, [5, 7]],
  ['not "ü"', 'auto', [3, 5, 6, 7, 8, 9, 10]],
  ['hex:"66 00 fc"', 'auto', [1, 2, 4]],
])('%s, read as %s, finds %j', async (filter, encoding, found) => {
  expect(await seqs(filter, encoding)).toEqual(found);
});

test('find looks in the encoding of the listing', async () => {
  const needle = { type: 'text', text: 'ÖL', ignoreCase: true } as const;
  const query = { session: 1, filter: '', needle, from: 0, direction: 'next', encoding: 'utf-16le' } as const;
  for (;;) {
    const { hit, hits, progress } = await capture.ask('find', query);
    if (!progress.complete) continue;
    expect(hit?.seq).toBe(1);
    expect(hits).toBe(1);
    break;
  }
});
