import { basename } from 'node:path';
import { openCapture } from '../src/main/capture/capture.ts';
import { CaptureLibrary } from '../src/main/capture/library/library.ts';
import { temporaryFolder } from '../src/main/capture/testing.ts';
import { workers } from './lib/built.ts';
import { finding, option, report } from './lib/report.ts';
import { median, quantile } from './lib/statistics.ts';
import { PACE, placeIn, storedCapture } from './lib/stored.ts';

/**
 * Timelines and figures of a capture with many records: of the whole and of arbitrary spans, on the reader's thread and
 * back.
 */
const RECORDS = option('records', 5_000_000);
const QUESTIONS = 200;
const SPAN = RECORDS * PACE;

async function timed(ask: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await ask();
  return performance.now() - startedAt;
}

/** Spans at arbitrary positions, each half as long as the previous one, down to a millionth. */
async function many(ask: (from: number, to: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < QUESTIONS; i++) {
    const from = Math.floor(((i * 7919) % 1000) * (SPAN / 1100));
    const to = Math.min(SPAN, from + Math.ceil(SPAN / 2 ** (i % 20)));
    times.push(await timed(() => ask(from, to)));
  }
  return times;
}

const folder = temporaryFolder();
const capture = await openCapture({ folder: folder.path, workerPath: workers.capture });
const library = new CaptureLibrary({ capture, workerPath: workers.capture, onChange: () => {} });
try {
  const file = storedCapture(RECORDS);
  placeIn(folder.path, file);
  const [session = 0] = (await library.open(basename(file))).sessions;
  const timeline = (fromMono: number, toMono: number) =>
    library.ask('timeline', { session, fromMono, toMono, buckets: 2000 });
  const figures = (fromMono: number, toMono: number) => library.ask('figures', { session, fromMono, toMono });

  const ms = (n: number) => `${n.toFixed(1)} ms`;
  const measure = async (name: string, ask: typeof timeline | typeof figures) => {
    const whole = await timed(() => ask(0, SPAN));
    const times = await many(ask);
    const measured = `${RECORDS.toLocaleString('en-US')} records, p95 ${ms(quantile(times, 0.95))}; whole ${ms(whole)}`;
    return finding(`${name} of any span`, measured, median(times), { atMost: 5, unit: ' ms' });
  };
  report([await measure('timeline', timeline), await measure('figures', figures)]);
} finally {
  await library.end();
  await capture.close();
  folder.remove();
}
