import { setTimeout as sleep } from 'node:timers/promises';
import { readFloods } from './lib/captured.ts';
import { type Delay, receivingServer, startHost } from './lib/host.ts';
import { openPage } from './lib/page.ts';
import { figure, names, startPeer } from './lib/peer.ts';
import { finding, option, report } from './lib/report.ts';
import { quantile } from './lib/statistics.ts';

/**
 * A peer floods as fast as the channel takes it while the window is open: is everything in the capture, does the window stay smooth, does the
 * main thread? By turns with phases without traffic, which are what the frames are held against.
 */
const SECONDS = option('seconds', 60);
const PHASES = 4;
const SIZE = option('size', 64);
/** For what a phase leaves behind to be written and shown. */
const SETTLE_MS = 1000;

const name = `Flood${process.pid}`;
const phaseMs = (SECONDS / PHASES) * 1000;
const quiet: number[] = [];
const flooded: number[] = [];
const acknowledged: number[] = [];
const delays: Delay[] = [];

const host = await startHost();
try {
  await host.open(receivingServer(name));
  const page = await openPage(host.url);
  try {
    await sleep(SETTLE_MS);
    for (let phase = 0; phase < PHASES; phase++) {
      await page.frames();
      await sleep(phaseMs);
      quiet.push(...(await page.frames()));

      await host.watchDelay();
      const args = ['client', ...names(name), 'flood', '--seconds', String(SECONDS / PHASES), '--size', String(SIZE)];
      const output = await startPeer({ preset: 'gcc-x64', args }).output;
      delays.push(await host.delay());
      flooded.push(...(await page.frames()));
      acknowledged.push(figure(output, /acknowledged (\d+)/));
      await sleep(SETTLE_MS);
    }
  } finally {
    await page.close();
  }
  const { messages, wrong, complaints } = readFloods(await host.close(), acknowledged, SIZE);

  const sent = acknowledged.reduce((sum, n) => sum + n);
  const p95 = (frames: number[]) => quantile(frames, 0.95);
  const worst = (of: keyof Delay) => Math.max(...delays.map((delay) => delay[of]));
  const ms = (n: number) => `${n.toFixed(1)} ms`;
  const rate = Math.round(sent / SECONDS);
  report([
    finding(
      'flood: messages missed or wrong',
      `${sent} acknowledged (${rate}/s of ${SIZE} B), ${messages} captured, ${sent - messages} missed, ${wrong} wrong, ${complaints} anomalies and errors`,
      Math.abs(sent - messages) + wrong,
      { atMost: 0 },
    ),
    finding(
      "flood: window's p95 frame ÷ quiet",
      `${ms(p95(flooded))} ÷ ${ms(p95(quiet))} (${flooded.length} and ${quiet.length} frames)`,
      p95(flooded) / p95(quiet),
      { atMost: 1.5 },
    ),
    finding(
      "flood: delay of main's event loop, p99",
      `of the worst phase; p50 ${ms(worst('p50'))}, longest ${ms(worst('max'))}`,
      worst('p99'),
      { atMost: 20, unit: ' ms' },
    ),
  ]);
} finally {
  host.remove();
}
