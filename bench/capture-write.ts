import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openCapture } from '../src/main/capture/capture.ts';
import { batchOf, post, sessionOf, temporaryFolder } from '../src/main/capture/testing.ts';
import type { CommitReply, RecordBatch } from '../src/shared/log.ts';
import { workers } from './lib/built.ts';
import { startHost } from './lib/host.ts';
import { figure, names, startPeer } from './lib/peer.ts';
import { finding, option, report } from './lib/report.ts';
import { median, spread } from './lib/statistics.ts';
import { openTakers, type Taker } from './lib/traffic.ts';

/**
 * Records per second into the capture ÷ plain batched inserts of the same records with the same SQLite, and ÷ the
 * messages per second that an endpoint receives from a peer that only sends, in turns. "Plain" is the fastest way with
 * one row per record: a rowid table that includes the payload, on this thread, nothing acknowledged.
 */
const ROUNDS = option('rounds', 5);
const RECORDS = option('records', 300_000);
const BATCH = 1000;
const PAYLOAD = new Uint8Array(200).fill(65);
/** What an endpoint would leave unacknowledged. */
const WINDOW = 32 * BATCH;
const NEEDED = { plain: 0.6, taken: 1.5 };
const NAMES = { plain: 'plain inserts', taken: 'messages that an endpoint takes' };
const FLOOD_SECONDS = option('seconds', 1);

const batches = (): RecordBatch[] =>
  Array.from({ length: RECORDS / BATCH }, (_, i) => batchOf(1, i * BATCH, Array(BATCH).fill({ bytes: PAYLOAD })));

const perSecond = (startedAt: number) => Math.round((RECORDS / (performance.now() - startedAt)) * 1000);

function plain(folder: string): number {
  const db = new DatabaseSync(join(folder, 'plain.sqlite'));
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
  db.exec('CREATE TABLE record (session, seq, kind, direction, wall, mono, size, code, detail, payload BLOB)');
  const insert = db.prepare('INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const all = batches();
  const startedAt = performance.now();
  for (const { session, records, payload } of all) {
    db.exec('BEGIN');
    for (const r of records) {
      const bytes = payload.subarray(r.offset, r.offset + r.size);
      insert.run(session, r.seq, 2, 1, r.wall, r.mono, r.size, r.code, r.detail, bytes);
    }
    db.exec('COMMIT');
  }
  const rate = perSecond(startedAt);
  db.close();
  return rate;
}

async function captured(folder: string): Promise<number> {
  const capture = await openCapture({ folder, workerPath: workers.capture });
  const port = capture.connect(sessionOf(1));
  const all = batches();
  const startedAt = performance.now();
  await new Promise<void>((resolve) => {
    let sent = 0;
    const send = (committed: number) => {
      for (; sent < RECORDS && sent - committed < WINDOW; sent += BATCH) {
        post(port, all[sent / BATCH] as RecordBatch);
      }
      if (committed === RECORDS) resolve();
    };
    port.on('message', (reply: CommitReply) => 'committed' in reply && send(reply.committed));
    send(0);
  });
  const rate = perSecond(startedAt);
  await capture.close();
  return rate;
}

/** By one of the product's endpoints, from a native peer. */
async function taken({ name }: Taker): Promise<number> {
  const flood = ['flood', '--seconds', String(FLOOD_SECONDS), '--size', String(PAYLOAD.length)];
  const { output } = startPeer({ preset: 'gcc-x64', args: ['client', ...names(name), ...flood] });
  return Math.round(figure(await output, /acknowledged (\d+)/) / FLOOD_SECONDS);
}

interface Rates {
  readonly plain: number;
  readonly captured: number;
  readonly taken: number;
}

const rates: Rates[] = [];
const host = await startHost();
try {
  const [taker] = await openTakers(host, 'Write', 1);
  for (let round = 0; taker && round < ROUNDS; round++) {
    const folder = temporaryFolder();
    try {
      rates.push({ plain: plain(folder.path), captured: await captured(folder.path), taken: await taken(taker) });
    } finally {
      folder.remove();
    }
  }
} finally {
  host.remove();
}

const against = (what: 'plain' | 'taken') => {
  const ratios = rates.map((r) => r.captured / r[what]);
  const rate = (of: keyof Rates) => `${median(rates.map((r) => r[of]))}/s`;
  const measured = `${rate('captured')} ÷ ${rate(what)} of ${PAYLOAD.length} B, ${spread(ratios)}`;
  return finding(`capture ÷ ${NAMES[what]}`, measured, median(ratios), { atLeast: NEEDED[what] });
};
report([against('plain'), against('taken')]);
