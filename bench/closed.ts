import { basename } from 'node:path';
import { type Host, startHost } from './lib/host.ts';
import { closeInWindow, openInWindow, scrollAbout } from './lib/log-page.ts';
import { type OpenPage, openPage } from './lib/page.ts';
import { finding, mebibytes, option, report } from './lib/report.ts';
import { median, quantile } from './lib/statistics.ts';
import { SIZE, storedCapture } from './lib/stored.ts';

/**
 * Closed captures of 10,000, 100,000 and 5,000,000 records in the window, by turns: ms from the click on *Open* to the
 * last page, frames while scrolling all over, and the memory of the page's process.
 */
const OPENINGS = option('openings', 10);
/** Rounds of scrolling; short ones, so that a slow moment of the machine affects all captures. */
const TURNS = option('turns', 20);
const JUMPS = 10;
const LARGE = option('records', 5_000_000);
const SIZES = { small: 10_000, middle: 100_000, large: LARGE } as const;
type Name = keyof typeof SIZES;
const NAMES = Object.keys(SIZES) as Name[];

interface Shown {
  readonly host: Host;
  readonly page: OpenPage;
  readonly file: string;
  readonly opened: number[];
  readonly frames: number[];
  arrived: number;
}

async function show(records: number): Promise<Shown> {
  const file = storedCapture(records);
  const host = await startHost([file]);
  try {
    const page = await openPage(host.url, async () => {});
    return { host, page, file: basename(file), opened: [], frames: [], arrived: 0 };
  } catch (error) {
    host.remove();
    throw error;
  }
}

async function open({ page, file, opened }: Shown, records: number): Promise<void> {
  if (opened.length > 0) await closeInWindow(page.page);
  opened.push(await openInWindow(page.page, file, records - 1));
}

async function scroll(shown: Shown): Promise<void> {
  const places = Array.from({ length: JUMPS }, () => Math.random());
  await shown.page.frames();
  shown.arrived += await scrollAbout(shown.page.page, places);
  shown.frames.push(...(await shown.page.frames()));
}

const shown = new Map<Name, Shown>();
const of = (name: Name) => shown.get(name) as Shown;
try {
  for (const name of NAMES) shown.set(name, await show(SIZES[name]));
  for (let turn = 0; turn < OPENINGS; turn++) for (const name of NAMES) await open(of(name), SIZES[name]);
  for (let turn = 0; turn < TURNS; turn++) for (const name of NAMES) await scroll(of(name));

  const { opened, arrived } = of('large');
  const p95 = (name: Name) => quantile(of(name).frames, 0.95);
  const [large, middle] = [of('large').page, of('middle').page];
  const memory = async (what: 'rss' | 'heap') => ({ large: await large[what](), middle: await middle[what]() });
  const [heap, rss] = [await memory('heap'), await memory('rss')];
  const count = LARGE.toLocaleString('en-US');
  const ms = (n: number) => `${n.toFixed(1)} ms`;
  report([
    finding(
      'closed capture: click to last page',
      `${count} records of ${SIZE} B, ${opened.length} times, p95 ${ms(quantile(opened, 0.95))}; of ${SIZES.small} median ${ms(median(of('small').opened))}`,
      median(opened),
      { atMost: 300, unit: ' ms' },
    ),
    finding(
      'closed capture: p95 frame ÷ of 10,000',
      `${ms(p95('large'))} ÷ ${ms(p95('small'))}; rows there in time at ${arrived} and ${of('small').arrived} of ${TURNS * JUMPS} places`,
      p95('large') / p95('small'),
      { atMost: 1.2 },
    ),
    finding(
      "closed capture: window's memory ÷ of 100,000",
      `${mebibytes(rss.large)} ÷ ${mebibytes(rss.middle)}; JavaScript's heap ${mebibytes(heap.large)} ÷ ${mebibytes(heap.middle)}`,
      rss.large / rss.middle,
      { atMost: 1.2 },
    ),
  ]);
} finally {
  for (const { host, page } of shown.values()) {
    await page.close();
    host.remove();
  }
}
