import { spawnSync } from 'node:child_process';
import { setMaxListeners } from 'node:events';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { type Capture, openCapture } from '../src/main/capture/capture.ts';
import { batchOf, committed, post, sessionOf, temporaryFolder } from '../src/main/capture/testing.ts';
import { workers } from './lib/built.ts';
import { type Finding, finding, option, report } from './lib/report.ts';
import { median, quantile, spread } from './lib/statistics.ts';

/**
 * Filters over 1,000,000 records of 200 bytes: ms to the first matches and to the complete result; for literals ÷
 * ripgrep over the same bytes in one file, in turns. Then records per second into the capture, with and without
 * simultaneous searches.
 */
const ROUNDS = option('rounds', 5);
const RECORDS = option('records', 1_000_000);
const BATCH = 1000;
/** Rows that a window shows. */
const SCREEN = 50;
/** Batches posted before a commit is waited for. */
const UNACKNOWLEDGED = 8;
const SIZE = 200;
/** One record in this many has each round's needle. */
const RARITY = 10_000;
/** ms; records per second while searching ÷ without. */
const NEEDED = { literalFirst: 50, literalRatio: 8, first: 200, complete: 2000, writing: 0.9 };

const LITERALS: Readonly<Record<string, (round: number) => string>> = {
  literal: (round) => `"needle-${round}"`,
  hex: (round) => `hex:"${Buffer.from(`needle-${round}`).toString('hex')}"`,
};
/** A different filter text each round: a result is kept. */
const OTHERS: Readonly<Record<string, (round: number) => string>> = {
  'any case': (round) => `"NEEDLE-${round}"i`,
  '??': (round) => `hex:"6e 65 ?? 64 6c 65 ?? ${Buffer.from(`${round}`).toString('hex')}"`,
  regex: (round) => `/need.e-${round}.*"[a-z]+"/`,
  direction: (round) => `dir:in seq:>=${round}`,
  delta: (round) => `delta:>=${round + 1}us`,
  mixed: (round) => `dir:in size:>100 (/needle-${round}/ or code:overrun) not "absent"`,
};

const line = (seq: number) => {
  const needle = seq % RARITY < ROUNDS ? `"needle-${seq % RARITY}"` : `"value-${(seq * 7919) % 1000}"`;
  return `${`{"order":${seq},"note":${needle},"text":"${'lorem ipsum dolor sit amet '.repeat(7)}`.slice(0, SIZE - 3)}"}\n`;
};

async function fill(capture: Capture, file: string): Promise<void> {
  const bytes = openSync(file, 'w');
  const port = capture.connect(sessionOf(1));
  for (let first = 0; first < RECORDS; first += BATCH) {
    const samples = Array.from({ length: BATCH }, (_, i) => ({ bytes: Buffer.from(line(first + i)) }));
    const batch = batchOf(1, first, samples);
    writeSync(bytes, batch.payload);
    post(port, batch);
    const isPause = (first / BATCH) % UNACKNOWLEDGED === UNACKNOWLEDGED - 1;
    if (isPause || first + BATCH === RECORDS) await committed(port, first + BATCH);
  }
  closeSync(bytes);
}

interface Timing {
  /** ms. */
  readonly first: number;
  readonly complete: number;
  readonly hits: number;
  /** Answers that reported the search's progress, and the longest wait for one, in ms. */
  readonly told: number;
  readonly longestWait: number;
}

/** Requests the rows after the known ones, answered when there are some, or everything was scanned. */
async function search(capture: Capture, filter: string): Promise<Timing> {
  const startedAt = performance.now();
  let first: number | undefined;
  let [longestWait, last, from] = [0, startedAt, 0];
  for (let told = 0; ; told++) {
    const { total, progress } = await capture.rows({ session: 1, filter, from, count: SCREEN });
    from = total;
    const now = performance.now();
    longestWait = Math.max(longestWait, now - last);
    last = now;
    if (total > 0) first ??= now - startedAt;
    if (progress.complete)
      return { first: first ?? now - startedAt, complete: now - startedAt, hits: total, told, longestWait };
  }
}

function ripgrep(file: string, pattern: string): number {
  const startedAt = performance.now();
  const { status, error } = spawnSync('rg', ['-c', '--fixed-strings', pattern, file]);
  if (error || status !== 0) throw error ?? new Error(`rg ended with ${status}.`);
  return performance.now() - startedAt;
}

const ms = (n: number) => `${n.toFixed(1)} ms`;

function literalFindings(name: string, timings: readonly Timing[], grep: number): Finding[] {
  const [first, complete] = [median(timings.map((t) => t.first)), median(timings.map((t) => t.complete))];
  return [
    finding(`search ${name}: first hits`, `${timings[0]?.hits} hits`, first, {
      atMost: NEEDED.literalFirst,
      unit: ' ms',
    }),
    finding(`search ${name}: complete ÷ ripgrep`, `${ms(complete)} ÷ ${ms(grep)}`, complete / grep, {
      atMost: NEEDED.literalRatio,
    }),
  ];
}

function otherFindings(name: string, timings: readonly Timing[]): Finding[] {
  const [first, complete] = [median(timings.map((t) => t.first)), median(timings.map((t) => t.complete))];
  const told = `told how far ${timings.map((t) => t.told).join(', ')} times, at least every ${ms(Math.max(...timings.map((t) => t.longestWait)))}`;
  return [
    finding(`search ${name}: first hits`, `${timings[0]?.hits} hits`, first, { atMost: NEEDED.first, unit: ' ms' }),
    finding(`search ${name}: complete`, told, complete, { atMost: NEEDED.complete, unit: ' ms' }),
  ];
}

/** Filters of different texts in turns, so that a slow moment of the machine affects them all. */
async function searches(capture: Capture, file: string): Promise<Finding[]> {
  const timings = new Map<string, Timing[]>();
  const greps: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    greps.push(ripgrep(file, `needle-${round}`));
    for (const [name, filter] of Object.entries({ ...LITERALS, ...OTHERS }))
      timings.set(name, [...(timings.get(name) ?? []), await search(capture, filter(round))]);
  }
  return [...timings].flatMap(([name, each]) =>
    name in LITERALS ? literalFindings(name, each, median(greps)) : otherFindings(name, each),
  );
}

/** Records per second that are committed of 20,000 posted per second for a second, and ms of each commit. */
async function write(port: MessagePort, first: number): Promise<{ rate: number; delays: number[]; next: number }> {
  const delays: Promise<number>[] = [];
  const startedAt = performance.now();
  let next = first;
  while (performance.now() - startedAt < 1000) {
    const due = first + Math.floor(((performance.now() - startedAt) / 1000) * 20) * BATCH;
    for (; next < due; next += BATCH) {
      const posted = performance.now();
      delays.push(committed(port, next + BATCH).then(() => performance.now() - posted));
      post(port, batchOf(2, next, Array(BATCH).fill({ bytes: Buffer.alloc(SIZE, 65) })));
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const all = await Promise.all(delays);
  return { rate: ((next - first) / (performance.now() - startedAt)) * 1000, delays: all, next };
}

async function writing(capture: Capture): Promise<Finding> {
  const port = capture.connect(sessionOf(2));
  // One per uncommitted batch.
  setMaxListeners(0, port);
  const ratios: number[] = [];
  const delays: { alone: number[]; beside: number[] } = { alone: [], beside: [] };
  for (let round = 0, next = 0; round < ROUNDS; round++) {
    const alone = await write(port, next);
    let isWriting = true;
    const searching = (async () => {
      for (let i = 0; isWriting; i++) await search(capture, `/ne{2}dle-${round} ${i}/`);
    })();
    const beside = await write(port, alone.next);
    isWriting = false;
    await capture.ask('cancelSearch', { session: 1 });
    await searching;
    next = beside.next;
    ratios.push(beside.rate / alone.rate);
    delays.alone.push(...alone.delays);
    delays.beside.push(...beside.delays);
  }
  const p95 = (what: keyof typeof delays) => ms(quantile(delays[what], 0.95));
  const measured = `of 20000/s with searches beside it ÷ without, ${spread(ratios)}; p95 of a commit ${p95('beside')}, ${p95('alone')}`;
  return finding('records written while searching', measured, median(ratios), { atLeast: NEEDED.writing });
}

const folder = temporaryFolder();
const capture = await openCapture({ folder: folder.path, workerPath: workers.capture });
try {
  const file = join(folder.path, 'bytes');
  await fill(capture, file);
  // Threads started, both files in the disk cache.
  await search(capture, '"warm up"');
  ripgrep(file, 'needle-0');
  report([...(await searches(capture, file)), await writing(capture)]);
} finally {
  await capture.close();
  folder.remove();
}
