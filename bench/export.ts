import { rmSync } from 'node:fs';
import { batchOf } from '../src/main/capture/testing.ts';
import { type Bench, captureOfBatches, openJobs } from '../src/main/jobs/testing.ts';
import type { RecordBatch } from '../src/shared/log.ts';
import { finding, option, report } from './lib/report.ts';
import { median } from './lib/statistics.ts';

/**
 * Records per second from a capture to JSON Lines, and the memory of the process, thread included, at its beginning and
 * end.
 */
const RECORDS = option('records', 1_000_000);
const BATCH = 1000;
const ROUNDS = option('rounds', 3);
const NEEDED = { perSecond: 100_000, memoryRatio: 1.2 };

const PAYLOAD = Buffer.from(`${'{"order":4711,"state":"filled","price":"12.50"} '.repeat(5).slice(0, 199)}\n`);

function* batches(): Generator<RecordBatch> {
  for (let first = 0; first < RECORDS; first += BATCH) yield batchOf(1, first, Array(BATCH).fill({ bytes: PAYLOAD }));
}

interface Run {
  readonly perSecond: number;
  /** MiB at 10 % and at 100 % of the records. */
  readonly early: number;
  readonly late: number;
}

const mebibytes = () => Math.round(process.memoryUsage.rss() / 1024 / 1024);

async function run(bench: Bench, capture: string): Promise<Run> {
  const startedAt = performance.now();
  const { id } = bench.jobs.startExport(capture, { session: 1, scope: { what: 'everything' }, format: 'jsonl' });
  const job = bench.jobs.get(id);
  let early = 0;
  let late = 0;
  const watch = setInterval(() => {
    if (job.snapshot.done < RECORDS / 10) return;
    early ||= mebibytes();
    late = mebibytes();
  }, 10);
  await job.ended;
  clearInterval(watch);
  const perSecond = Math.round((RECORDS / (performance.now() - startedAt)) * 1000);
  const { file, failure, done } = job.snapshot;
  if (!file || done !== RECORDS) throw new Error(failure?.message ?? `${done} records were exported.`);
  rmSync(file);
  return { perSecond, early, late };
}

const bench = openJobs();
try {
  const capture = captureOfBatches(bench.folder, batches());
  const runs: Run[] = [];
  for (let round = 0; round < ROUNDS; round++) runs.push(await run(bench, capture));
  const rates = runs.map((r) => r.perSecond);
  const worst = runs.reduce((a, b) => (a.late / a.early > b.late / b.early ? a : b));
  report([
    finding('export to JSON Lines', `${RECORDS} records of ${PAYLOAD.length} B, ${rates.join(', ')}/s`, median(rates), {
      atLeast: NEEDED.perSecond,
      unit: '/s',
    }),
    finding('export: memory at 100 % ÷ at 10 %', `${worst.late} MiB ÷ ${worst.early} MiB`, worst.late / worst.early, {
      atMost: NEEDED.memoryRatio,
    }),
  ]);
} finally {
  await bench.close();
}
