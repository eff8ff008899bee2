/** The programs of bench/: each tells its parent process its findings. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PINNED_NODE, ROOT, say } from './run.mjs';

/** @typedef {import('../../bench/lib/report.ts').Finding} Finding */
/** @typedef {import('./reports.mjs').Counts} Counts */

const FOLDER = join(ROOT, 'bench');

export const BENCHMARKS = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => basename(file, '.ts'));

/**
 * Runs one program; a negative `status` is a signal or a limit that ended it.
 * @param {string} name
 * @param {readonly string[]} options
 * @param {{ readonly limitMs?: number }} [limits]
 * @returns {Promise<{ readonly status: number, readonly findings: readonly Finding[] }>}
 */
export async function runBenchmark(name, options, { limitMs } = {}) {
  const child = fork(join(FOLDER, `${name}.ts`), [...options], {
    cwd: ROOT,
    execPath: PINNED_NODE,
    ...(limitMs !== undefined && { timeout: limitMs }),
  });
  /** @type {Finding[]} */
  const findings = [];
  child.on('message', (more) => findings.push(.../** @type {Finding[]} */ (more)));
  const [status] = await once(child, 'close');
  return { status: status ?? -1, findings };
}

/** The minimum for each program. One without such an option ignores it. */
const TINY = {
  ...{ records: 2000, rounds: 1, seconds: 0.1, openings: 1, turns: 1 },
  ...{ messages: 20, rate: 400, settle: 0.1 },
};
const LIMIT_MS = 60_000;
/** What `npm test` tries; `npm run test:benchmarks` tries all. */
const SAMPLE = ['capture-write', 'search', 'timer'];

/**
 * Runs programs at their smallest, so that none breaks unnoticed; their figures don't count.
 * @returns {Promise<Counts>}
 */
export async function tryBenchmarks() {
  const options = Object.entries(TINY).flatMap(([option, value]) => [`--${option}`, `${value}`]);
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const name of process.env.SHMSCOPE_EXHAUSTIVE ? BENCHMARKS : SAMPLE) {
    const startedAt = performance.now();
    const { status, findings } = await runBenchmark(name, options, { limitMs: LIMIT_MS });
    const works = status === 0 && findings.length > 0;
    counts[works ? 'passed' : 'failed']++;
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    say(`${works ? '✓' : '✗'} ${name}: ${findings.length} findings, status ${status}, ${seconds} s`);
  }
  return counts;
}
