import { openCapture } from '../src/main/capture/capture.ts';
import { createCapture } from '../src/main/capture/create.ts';
import { Journal } from '../src/main/capture/journal.ts';
import { CaptureLibrary } from '../src/main/capture/library/library.ts';
import { batchOf, everything, sessionOf, temporaryFolder } from '../src/main/capture/testing.ts';
import { workers } from './lib/built.ts';
import { finding, option, report } from './lib/report.ts';

/**
 * A capture of many records: how long it takes to open it and show its last page, and to answer timelines and figures of the whole
 * and of spans anywhere, in the reader's thread and back. 5,000,000 records unless `--records` says otherwise.
 */
const RECORDS = option('records', 5_000_000);
const BATCH = 1000;
const QUESTIONS = 200;
/** µs between records: 20,000 a second. */
const PACE = 50;
const SPAN = RECORDS * PACE;

const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] as number;
const p95 = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length * 0.95)] as number;

function write(folder: string): { file: string; seconds: number } {
  const { db, file } = createCapture(folder);
  const journal = new Journal(db);
  journal.write({ sessions: [sessionOf(1)], batches: [] });
  const sample = (seq: number) => ({
    bytes: PAYLOAD.subarray(0, 100 + (seq % 200)),
    mono: seq * PACE,
    direction: seq % 2 ? ('out' as const) : ('in' as const),
    unreadMicros: (seq * 7919) % 1000,
  });
  const begun = performance.now();
  for (let at = 0; at < RECORDS; at += BATCH)
    journal.write({
      sessions: [],
      batches: [
        batchOf(
          1,
          at,
          Array.from({ length: BATCH }, (_, i) => sample(at + i)),
        ),
      ],
    });
  const seconds = (performance.now() - begun) / 1000;
  journal.close();
  return { file, seconds };
}
const PAYLOAD = new Uint8Array(300).fill(65);

async function timed(ask: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await ask();
  return performance.now() - begun;
}

async function many(ask: (from: number, to: number) => Promise<unknown>): Promise<{ median: number; p95: number }> {
  const times: number[] = [];
  for (let i = 0; i < QUESTIONS; i++) {
    const from = Math.floor(((i * 7919) % 1000) * (SPAN / 1100));
    const to = Math.min(SPAN, from + Math.ceil(SPAN / 2 ** (i % 20)));
    times.push(await timed(() => ask(from, to)));
  }
  return { median: median(times), p95: p95(times) };
}

const folder = temporaryFolder();
const { file, seconds } = write(folder.path);
const capture = await openCapture({ folder: folder.path, workerPath: workers.capture });
const library = new CaptureLibrary({ capture, workerPath: workers.capture, onChange: () => {} });
let session = 0;
const openMs = await timed(async () => {
  session = (await library.open(file.slice(folder.path.length + 1))).sessions[0] as number;
  await library.ask('rows', { session, filter: everything, from: RECORDS - 100, count: 100 });
});
const whole = { session, fromMono: 0, toMono: SPAN };
const wholeTimeline = await timed(() => library.ask('timeline', { ...whole, buckets: 2000 }));
const wholeFigures = await timed(() => library.ask('figures', whole));
const timelines = await many((fromMono, toMono) =>
  library.ask('timeline', { session, fromMono, toMono, buckets: 2000 }),
);
const figures = await many((fromMono, toMono) => library.ask('figures', { session, fromMono, toMono }));
await library.end();
await capture.close();
folder.remove();

const what = `${RECORDS.toLocaleString('en-US')} records, written in ${seconds.toFixed(0)} s`;
const ms = (n: number) => `${n.toFixed(1)} ms`;
const spread = (t: { median: number; p95: number }) => `median ${ms(t.median)}, p95 ${ms(t.p95)}`;
report([
  finding('Open a capture and show its last page', what, openMs, { atMost: 300, unit: ' ms' }),
  finding('Timelines of any span', `${spread(timelines)}; whole ${ms(wholeTimeline)}`, timelines.median, {
    atMost: 5,
    unit: ' ms',
  }),
  finding('Figures of any span', `${spread(figures)}; whole ${ms(wholeFigures)}`, figures.median, {
    atMost: 5,
    unit: ' ms',
  }),
]);
