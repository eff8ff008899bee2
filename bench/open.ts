import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openServices } from '../src/main/services.ts';
import { workers } from './lib/built.ts';
import { receivingServer } from './lib/host.ts';
import { finding, option, report } from './lib/report.ts';
import { quantile } from './lib/statistics.ts';

/** ms to open a server session through the services: one at a time, and sixteen, one right after the other. */
const OPENS = option('openings', 100);
const IN_A_ROW = 16;

const dataDir = mkdtempSync(join(tmpdir(), 'shmscope-bench-'));
const { services, close } = await openServices({ dataDir, host: 'headless', workers });
let opened = 0;

/** Opens `count` sessions, then closes them. */
async function openSome(count: number): Promise<number[]> {
  const took: number[] = [];
  const ids: number[] = [];
  for (let n = 0; n < count; n++) {
    const startedAt = performance.now();
    ids.push((await services.open(receivingServer(`Open${process.pid}-${opened++}`))).id);
    took.push(performance.now() - startedAt);
  }
  for (const id of ids) await services.close(id);
  for (const id of ids) await services.remove(id);
  return took;
}

async function measure(label: string, together: number) {
  const took: number[] = [];
  while (took.length < OPENS) took.push(...(await openSome(together)));
  const p95 = quantile(took, 0.95);
  const measured = `${took.length} opens, p50 ${quantile(took, 0.5).toFixed(1)} ms, longest ${Math.max(...took).toFixed(1)} ms`;
  return finding(`open: ${label}, p95`, measured, p95, { atMost: 150, unit: ' ms' });
}

try {
  // One at a time first: the sixteen leave threads that wait for work.
  report([await measure('one at a time', 1), await measure('sixteen in a row', IN_A_ROW)]);
} finally {
  await close();
  rmSync(dataDir, { recursive: true, force: true });
}
