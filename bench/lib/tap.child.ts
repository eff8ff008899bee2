import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openCapture } from '../../src/main/capture/capture.ts';
import { openKernel } from '../../src/main/kernel/open.ts';
import { SessionRegistry } from '../../src/main/session/registry.ts';
import { type OpenTap, TAP_MODES, type TapMode, type TapSnapshot } from '../../src/shared/session.ts';
import { totalMessages } from '../../src/shared/session-counts.ts';

/**
 * `node tap.child.ts MODE SETTLE NAME…`: taps these channels, like the window, and records them into a capture. Prints
 * `attached` when all are open and `SETTLE` ms have passed, and a {@link TapResult} for each as JSON when their ends
 * have gone.
 */
const [mode = '', settle = '', ...names] = process.argv.slice(2);
if (!TAP_MODES.includes(mode as TapMode)) throw new Error(`There is no mode ${mode}.`);

const MEASURE_MS = 250;

export interface TapResult {
  readonly name: string;
  readonly seen: number;
  readonly missed: number;
}

/** As built, except under Wine's Node.js, which gets sources here. */
async function workerPaths(): Promise<{ readonly session: string | URL; readonly capture: string }> {
  if (process.platform !== 'win32') return (await import('./built.ts')).workers;
  const source = (path: string) => new URL(`../../src/main/${path}/worker.ts`, import.meta.url);
  return { session: source('session'), capture: source('capture') as never };
}

const workers = await workerPaths();
const folder = mkdtempSync(join(tmpdir(), 'shmscope-tap-'));
const capture = await openCapture({ folder, workerPath: workers.capture });
const kernel = await openKernel();
const registry = new SessionRegistry({ kernel, sink: capture, workerPath: workers.session, onChange: () => {} });

const optionsOf = (name: string): OpenTap => ({
  ...{ kind: 'tap', role: 'tap', section: name, eventS2c: `${name}S2C`, eventC2s: `${name}C2S` },
  ...{ layout: 'sized', mode: mode as TapMode, follow: false },
});
const taps: { name: string; id: number }[] = [];
for (const name of names) taps.push({ name, id: (await registry.open(optionsOf(name))).id });
await sleep(Number(settle));
console.log('attached');
const before = process.cpuUsage();
const startedAt = performance.now();
let cpu = 0;
// Up to the last look before an end: releasing the channels isn't part of it.
const measuring = setInterval(() => {
  const { user, system } = process.cpuUsage(before);
  cpu = (user + system) / 1000 / (performance.now() - startedAt);
}, MEASURE_MS);
await Promise.race(taps.map(({ id }) => registry.get(id).ended));
clearInterval(measuring);
for (const { id } of taps) await registry.get(id).ended;
const results = taps.map(({ name, id }): TapResult => {
  const { counts } = registry.snapshot(id) as TapSnapshot;
  return { name, seen: totalMessages(counts), missed: counts.missed };
});
console.log(JSON.stringify({ cpu, results }));
await registry.close();
await capture.close();
rmSync(folder, { recursive: true, force: true });
