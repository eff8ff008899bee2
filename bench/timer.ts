import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onCore } from './lib/core.ts';
import { names, startPeer } from './lib/peer.ts';
import { type Finding, finding, option, report } from './lib/report.ts';
import { median, quantile } from './lib/statistics.ts';
import type { Timing } from './lib/timer.child.ts';
import { windowsNode } from './lib/tools.ts';
import { startWineServer } from './lib/wine-server.ts';

/**
 * How long the port's short waits last, and whether a plan of one message per millisecond keeps its schedule with a C
 * peer that reads them: on POSIX and under Wine by turns. Both ends and Wine's server have one core, with priority over
 * everything else there.
 */
const ROUNDS = option('rounds', 3);
const MESSAGES = option('messages', 1000);
const CORE = 0;
const CHILD = 'bench/lib/timer.child.ts';

/** Of the plan's mean interval, ms. */
const MAX_DRIFT_MS = 0.2;

const folder = mkdtempSync(join(tmpdir(), 'shmscope-bench-'));
const output = join(folder, 'timer.out');

interface System {
  readonly name: string;
  readonly peer: string;
  readonly env: NodeJS.ProcessEnv;
  readonly node: (args: string[]) => ReturnType<typeof spawn>;
}

const wine = startWineServer(CORE);
const SYSTEMS: readonly System[] = [
  {
    name: 'POSIX',
    peer: 'gcc-x64',
    env: {},
    node: (args) =>
      spawn('/bin/sh', ['-c', 'exec "$0" "$@" > "$OUT"', process.execPath, ...args], {
        env: { ...process.env, OUT: output },
      }),
  },
  {
    name: 'Wine',
    peer: 'mingw-x64',
    env: wine.env,
    node: (args) => windowsNode(args, { stdout: output, env: wine.env }),
  },
];

async function measure({ peer, env, node }: System): Promise<Timing> {
  const name = `Timer${process.pid}`;
  const reader = startPeer({ preset: peer, args: ['server', ...names(name), 'drain'], core: CORE, env });
  try {
    await reader.ready;
    await once(
      onCore(CORE, () => node([CHILD, name, String(MESSAGES)])),
      'close',
    );
    return JSON.parse(readFileSync(output, 'utf8'));
  } finally {
    await reader.stop();
  }
}

const ms = (n: number) => `${n.toFixed(2)} ms`;
const mean = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0) / numbers.length;

function findings({ name }: System, rounds: readonly Timing[]): Finding[] {
  const [{ resolutionMs, waits }] = rounds as [Timing];
  const lengths = waits.map(({ asked }, index) => {
    const took = rounds.flatMap((round) => round.waits[index]?.took ?? []);
    const figures = `mean ${ms(mean(took))}, p99 ${ms(quantile(took, 0.99))}, shortest ${ms(Math.min(...took))}`;
    const label = `timer: median wait of ${asked} ms, late, ${name}`;
    return finding(label, figures, median(took) - asked, { atMost: resolutionMs, unit: ' ms' });
  });
  const means = rounds.map(({ intervals }) => mean(intervals));
  const intervals = rounds.flatMap((round) => round.intervals);
  const figures = `means ${means.map(ms).join(', ')}; p1 ${ms(quantile(intervals, 0.01))}, p99 ${ms(quantile(intervals, 0.99))}`;
  const off = Math.max(...means.map((one) => Math.abs(one - 1)));
  const label = `timer: plan of ${MESSAGES} at 1 ms, off on average, ${name}`;
  return [...lengths, finding(label, figures, off, { atMost: MAX_DRIFT_MS, unit: ' ms' })];
}

const measured = SYSTEMS.map((system) => ({ system, rounds: [] as Timing[] }));
try {
  for (let round = 0; round < ROUNDS; round++) {
    for (const { system, rounds } of measured) rounds.push(await measure(system));
  }
  report(measured.flatMap(({ system, rounds }) => findings(system, rounds)));
} finally {
  wine.stop();
  rmSync(folder, { recursive: true, force: true });
}
