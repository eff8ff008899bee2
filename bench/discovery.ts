import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Looks } from './lib/discovery.child.ts';
import { type Finding, finding, option, report } from './lib/report.ts';
import { median, quantile } from './lib/statistics.ts';
import { windowsNode } from './lib/tools.ts';

/**
 * How long discovery takes to look at this many named objects, a third of them channels, and whether the main thread
 * notices: on POSIX and under Wine, whose server handles every call on one thread.
 */
const OBJECTS = option('objects', 1000);
const LOOKS = option('rounds', 20);
const CHILD = 'bench/lib/discovery.child.ts';

/** ms. Under Wine each call waits for another process, which on Windows it does not. */
const MOST_LOOK = { POSIX: 50, Wine: 100 } as const;
/** ms that a timer of the main thread may come later than when nothing is looked for. */
const MOST_LATE = 5;

const folder = mkdtempSync(join(tmpdir(), 'shmscope-bench-'));
const output = join(folder, 'discovery.out');
const args = [CHILD, String(OBJECTS), String(LOOKS)];

const SYSTEMS = {
  POSIX: () =>
    spawn('/bin/sh', ['-c', 'exec "$0" "$@" > "$OUT"', process.execPath, ...args], {
      env: { ...process.env, OUT: output, SHMSCOPE_RUNTIME_DIR: join(folder, 'run') },
      stdio: 'inherit',
    }),
  Wine: () => windowsNode(args, { stdout: output }),
} as const;

async function measure(start: () => ReturnType<typeof spawn>): Promise<Looks> {
  const [status] = await once(start(), 'close');
  if (status !== 0) throw new Error(`${CHILD} ended with status ${status}: ${readFileSync(output, 'utf8')}`);
  return JSON.parse(readFileSync(output, 'utf8'));
}

const ms = (n: number) => `${n.toFixed(1)} ms`;

function findings(system: keyof typeof SYSTEMS, { channels, looks, answers, late }: Looks): Finding[] {
  const figures = `${channels} channels; fastest ${ms(Math.min(...looks))}, p90 ${ms(quantile(looks, 0.9))}, answer ${ms(median(answers))}`;
  const [looking, idle] = [median(late.looking), median(late.idle)];
  const lateness = `latest timer, median: looking ${ms(looking)}, idle ${ms(idle)}`;
  return [
    finding(`discovery: look at ${OBJECTS} objects, median, ${system}`, figures, median(looks), {
      ...{ atMost: MOST_LOOK[system], unit: ' ms' },
    }),
    finding(`discovery: main thread held up by it, ${system}`, lateness, Math.max(0, looking - idle), {
      ...{ atMost: MOST_LATE, unit: ' ms' },
    }),
  ];
}

try {
  const found: Finding[] = [];
  for (const system of ['POSIX', 'Wine'] as const) found.push(...findings(system, await measure(SYSTEMS[system])));
  report(found);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
