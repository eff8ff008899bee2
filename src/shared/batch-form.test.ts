import { expect, test } from 'vitest';
import { packBatch, unpackBatch } from './batch-form.ts';
import type { RecordBatch, RecordDraft } from './log.ts';

const record: RecordDraft = {
  ...{ seq: 0, kind: 'message', lane: 's2c', wall: 1_700_000_000_000_001, mono: 0, size: 3, offset: 0 },
  ...{ code: null, detail: null, count: 1, unreadMicros: null },
};

test('a batch comes out of its packed form as it went in', () => {
  const batch: RecordBatch = {
    session: 7,
    records: [
      record,
      { ...record, seq: 1, lane: 'c2s', offset: 3, size: 0, unreadMicros: 0 },
      { ...record, seq: 2, kind: 'anomaly', lane: null, code: 'overrun', detail: '', count: 2 ** 40 },
      {
        ...record,
        seq: 3,
        kind: 'error',
        code: 'os-error',
        detail: 'half \ud800, NUL \0',
        wall: -1,
        mono: 2 ** 53 - 1,
      },
      { ...record, seq: 4, kind: 'timeout', lane: null, detail: 'message' },
    ],
    payload: Uint8Array.of(1, 2, 3),
    reads: [{ seq: 0, lane: 's2c', mono: 5, unreadMicros: 9 }],
  };
  expect(unpackBatch(structuredClone(packBatch(batch)))).toEqual(batch);
});

test('what is not as it has to be comes out as it is, for whoever checks it', () => {
  const odd = { ...record, kind: 'toString', lane: '__proto__', mono: 0.5, size: -1, count: Number.NaN };
  const batch = { session: -1, records: [odd], payload: new Uint8Array(), reads: [] } as unknown as RecordBatch;
  expect(unpackBatch(packBatch(batch))).toEqual(batch);
});
