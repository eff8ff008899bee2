import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { batchOf } from '../src/main/capture/testing.ts';
import { captureOfBatches } from '../src/main/jobs/testing.ts';
import { names, startPeer } from './lib/peer.ts';
import type { Replayed } from './lib/replay.child.ts';
import { finding, option, report } from './lib/report.ts';
import { quantile } from './lib/statistics.ts';

/**
 * How exactly messages recorded a millisecond apart are sent again at their times, to a C peer that reads them; and
 * whether the last is as exact as the first. With normal scheduling: a real-time priority that all threads of a program
 * share on one core makes them wait for each other.
 */
const MESSAGES = option('messages', 10_000);
/** Of the 99th percentile of the messages, in ms. */
const MAX_LATE_MS = 1;
/** Of the mean of the last tenth compared with the first, in ms. */
const MAX_DRIFT_MS = 0.2;

const folder = mkdtempSync(join(tmpdir(), 'shmscope-bench-'));
const output = join(folder, 'replay.out');

/** Each message says when it is due, in ms. What a server receives is what its client has sent. */
function* batches() {
  for (let first = 0; first < MESSAGES; first += 1000) {
    const count = Math.min(1000, MESSAGES - first);
    const samples = Array.from({ length: count }, (_, i) => ({
      ...{ bytes: Buffer.from(String(first + i)), direction: 'in' as const, mono: (first + i) * 1000 },
    }));
    yield batchOf(1, first, samples);
  }
}

async function measure(): Promise<Replayed> {
  const name = `Replay${process.pid}`;
  const capture = captureOfBatches(folder, batches());
  const reader = startPeer({ preset: 'gcc-x64', args: ['server', ...names(name), 'drain'] });
  try {
    await reader.ready;
    const child = ['-c', 'exec "$0" "$@" > "$OUT"', process.execPath, 'bench/lib/replay.child.ts', name, capture];
    const env = { ...process.env, OUT: output };
    await once(spawn('/bin/sh', child, { env, stdio: ['ignore', 'ignore', 'inherit'] }), 'close');
    return JSON.parse(readFileSync(output, 'utf8'));
  } finally {
    await reader.stop();
  }
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0) / numbers.length;
const ms = (n: number) => `${n.toFixed(2)} ms`;

try {
  const { sent, held, late } = await measure();
  const tenth = Math.max(1, Math.floor(late.length / 10));
  const drift = Math.abs(mean(late.slice(-tenth)) - mean(late.slice(0, tenth)));
  const figures = `${sent} sent, ${held} held; p50 ${ms(quantile(late, 0.5))}, most ${ms(quantile(late, 1))}`;
  report([
    finding(`replay: error of ${MESSAGES} send times, p99`, figures, quantile(late, 0.99), {
      ...{ atMost: MAX_LATE_MS, unit: ' ms' },
    }),
    finding('replay: drift from the first to the last tenth', '', drift, { atMost: MAX_DRIFT_MS, unit: ' ms' }),
  ]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
