import { spawnSync } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { type Capture, openCapture } from '../src/main/capture/capture.ts';
import { batchOf, committed, post, sessionOf, temporaryFolder, workerPath } from '../src/main/capture/testing.ts';

/**
 * Filters over 1,000,000 records of 200 bytes: ms to the first hits and to the complete result; for literals ÷ ripgrep over the same
 * bytes in one file, in turns. Then records per second into the capture, with and without searches beside it.
 */
const ROUNDS = 3;
const RECORDS = 1_000_000;
const BATCH = 1000;
/** Rows that a window shows. */
const SCREEN = 50;
/** Batches posted before a commit is waited for. */
const UNACKNOWLEDGED = 8;
const SIZE = 200;
/** One record in so many has each round's needle. */
const RARITY = 10_000;
/** ms; records per second while searching ÷ without. */
const NEEDED = { literalFirst: 50, literalRatio: 8, first: 200, complete: 2000, writing: 0.9 };

const LITERALS: Readonly<Record<string, (round: number) => string>> = {
  literal: (round) => `"needle-${round}"`,
  hex: (round) => `hex:"${Buffer.from(`needle-${round}`).toString('hex')}"`,
};
/** A filter of another text each round: a result is kept. */
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
  readonly first: number;
  readonly complete: number;
  readonly hits: number;
}

async function search(capture: Capture, filter: string): Promise<Timing> {
  const begun = performance.now();
  let first: number | undefined;
  for (;;) {
    const { total, progress } = await capture.rows({ session: 1, filter, from: 0, count: SCREEN });
    if (total > 0) first ??= performance.now() - begun;
    if (progress.complete) {
      const complete = performance.now() - begun;
      return { first: first ?? complete, complete, hits: total };
    }
  }
}

function ripgrep(file: string, pattern: string): number {
  const begun = performance.now();
  const { status, error } = spawnSync('rg', ['-c', '--fixed-strings', pattern, file]);
  if (error || status !== 0) throw error ?? new Error(`rg ended with ${status}.`);
  return performance.now() - begun;
}

/** Records per second that are committed of 20,000 posted per second, for `ms`; and the slowest commit of twenty, in ms. */
async function write(
  port: MessagePort,
  first: number,
  ms: number,
): Promise<{ rate: number; slow: number; next: number }> {
  const delays: Promise<number>[] = [];
  const begun = performance.now();
  let next = first;
  while (performance.now() - begun < ms) {
    const due = first + Math.floor(((performance.now() - begun) / 1000) * 20) * 1000;
    for (; next < due; next += 1000) {
      const posted = performance.now();
      delays.push(committed(port, next + 1000).then(() => performance.now() - posted));
      post(port, batchOf(2, next, Array(1000).fill({ bytes: Buffer.alloc(SIZE, 65) })));
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const all = (await Promise.all(delays)).toSorted((a, b) => a - b);
  const rate = ((next - first) / (performance.now() - begun)) * 1000;
  return { rate, slow: all[Math.floor(all.length * 0.95)] ?? 0, next };
}

const median = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] as number;
const rounded = (number: number) => Number(number.toFixed(1));
let isMissed = false;
const hold = (what: string, value: number, isMet: boolean) => {
  console.log(`${isMet ? 'met   ' : 'MISSED'} ${what}: ${rounded(value)}`);
  isMissed ||= !isMet;
};

const folder = temporaryFolder();
const capture = await openCapture({ folder: folder.path, workerPath });
try {
  const file = join(folder.path, 'bytes');
  await fill(capture, file);
  // Threads started, both files in the disk cache.
  await search(capture, '"warm up"');
  ripgrep(file, 'needle-0');

  const timings = new Map<string, Timing[]>();
  const greps: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    greps.push(ripgrep(file, `needle-${round}`));
    for (const [name, filter] of Object.entries({ ...LITERALS, ...OTHERS }))
      timings.set(name, [...(timings.get(name) ?? []), await search(capture, filter(round))]);
  }
  const grep = median(greps);
  console.log(`rg -c: ${rounded(grep)} ms`);
  for (const [name, each] of timings) {
    const [first, complete] = [median(each.map((t) => t.first)), median(each.map((t) => t.complete))];
    const isLiteral = name in LITERALS;
    console.log(`${name}: ${each[0]?.hits} hits, first ${rounded(first)} ms, complete ${rounded(complete)} ms`);
    hold(`${name}, ms to the first hits`, first, first <= (isLiteral ? NEEDED.literalFirst : NEEDED.first));
    if (isLiteral) hold(`${name}, complete ÷ ripgrep`, complete / grep, complete / grep <= NEEDED.literalRatio);
    else hold(`${name}, ms to the complete result`, complete, complete <= NEEDED.complete);
  }

  const port = capture.connect(sessionOf(2));
  let next = 0;
  const rates: {
    readonly alone: number;
    readonly beside: number;
    readonly slowAlone: number;
    readonly slowBeside: number;
  }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const alone = await write(port, next, 1000);
    let isWriting = true;
    const searches = (async () => {
      for (let i = 0; isWriting; i++) await search(capture, `/ne{2}dle-${round} ${i}/`);
    })();
    const beside = await write(port, alone.next, 1000);
    isWriting = false;
    await capture.ask('cancelSearch', { session: 1 });
    await searches;
    next = beside.next;
    rates.push({ alone: alone.rate, beside: beside.rate, slowAlone: alone.slow, slowBeside: beside.slow });
  }
  const ratio = median(rates.map((r) => r.beside / r.alone));
  console.table(rates.map((r) => Object.fromEntries(Object.entries(r).map(([name, n]) => [name, rounded(n)]))));
  hold('records/s of 20,000/s committed while searching ÷ without', ratio, ratio >= NEEDED.writing);
} finally {
  await capture.close();
  folder.remove();
}
if (isMissed) process.exitCode = 1;
