import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openCapture } from '../src/main/capture/capture.ts';
import { batchOf, sessionOf, temporaryFolder, workerPath } from '../src/main/capture/testing.ts';
import type { CommitReply, RecordBatch } from '../src/shared/log.ts';
import { finding, report } from './lib/report.ts';
import { median, spread } from './lib/statistics.ts';

/**
 * Records per second into the capture ÷ plain batched inserts of the same records with the same SQLite, in turns.
 * "Plain" is the fastest way of one row a record: a rowid table with the payload in it, in this thread, nothing acknowledged.
 */
const ROUNDS = 5;
const RECORDS = 300_000;
const BATCH = 1000;
const PAYLOAD = new Uint8Array(200).fill(65);
/** What an endpoint would leave unacknowledged. */
const WINDOW = 32 * BATCH;
const NEEDED = { ratio: 0.5, perSecond: 200_000 };

const batches = (): RecordBatch[] =>
  Array.from({ length: RECORDS / BATCH }, (_, i) => batchOf(1, i * BATCH, Array(BATCH).fill({ bytes: PAYLOAD })));

const perSecond = (begun: number) => Math.round((RECORDS / (performance.now() - begun)) * 1000);

function plain(folder: string): number {
  const db = new DatabaseSync(join(folder, 'plain.sqlite'));
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  db.exec('CREATE TABLE record (session, seq, kind, direction, wall, mono, size, code, detail, payload BLOB)');
  const insert = db.prepare('INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const all = batches();
  const begun = performance.now();
  for (const { session, records, payload } of all) {
    db.exec('BEGIN');
    for (const r of records) {
      const bytes = payload.subarray(r.offset, r.offset + r.size);
      insert.run(session, r.seq, 2, 1, r.wall, r.mono, r.size, r.code, r.detail, bytes);
    }
    db.exec('COMMIT');
  }
  const rate = perSecond(begun);
  db.close();
  return rate;
}

async function captured(folder: string): Promise<number> {
  const capture = await openCapture({ folder, workerPath });
  const port = capture.connect(sessionOf(1));
  const all = batches();
  const begun = performance.now();
  await new Promise<void>((resolve) => {
    let sent = 0;
    const send = (committed: number) => {
      for (; sent < RECORDS && sent - committed < WINDOW; sent += BATCH) {
        const batch = all[sent / BATCH] as RecordBatch;
        port.postMessage(batch, [batch.payload.buffer]);
      }
      if (committed === RECORDS) resolve();
    };
    port.on('message', (reply: CommitReply) => 'committed' in reply && send(reply.committed));
    send(0);
  });
  const rate = perSecond(begun);
  await capture.close();
  return rate;
}

const rates: { plain: number; captured: number }[] = [];
for (let round = 0; round < ROUNDS; round++) {
  const folder = temporaryFolder();
  try {
    rates.push({ plain: plain(folder.path), captured: await captured(folder.path) });
  } finally {
    folder.remove();
  }
}
const rate = median(rates.map((r) => r.captured));
const ratios = rates.map((r) => r.captured / r.plain);
const figures = `${rate}/s ÷ ${median(rates.map((r) => r.plain))}/s of ${PAYLOAD.length} B, ${spread(ratios)}`;
report([
  finding('capture ÷ plain inserts', figures, median(ratios), { atLeast: NEEDED.ratio }),
  finding('capture: records', `median of ${rates.length} rounds`, rate, { atLeast: NEEDED.perSecond, unit: '/s' }),
]);
