import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { startHost } from './lib/host.ts';
import { scrollAbout } from './lib/log-page.ts';
import { type OpenPage, openPage } from './lib/page.ts';
import { names, startPeer } from './lib/peer.ts';
import { type Finding, finding, option, report } from './lib/report.ts';
import { quantile } from './lib/statistics.ts';
import { openTakers, type Taker } from './lib/traffic.ts';

/**
 * The cost of a log column that is decoded: frames while scrolling all over, and while messages arrive, compared with
 * the same log without it. By turns, so that a slow moment of the machine affects both.
 */
const RECORDS = option('records', 20_000);
const TURNS = option('turns', 20);
const SECONDS = option('seconds', 3);
const JUMPS = 10;
/** A field with a fixed position, a text, and a nested one. */
const COLUMNS = ['price', 'symbol', 'hdr.seq'];
const BINDINGS = {
  types: [join(import.meta.dirname, '../native/order.h')],
  bindings: [{ type: 'order', abi: 'linux-x64' }],
};

interface Frames {
  readonly scrolling: number[];
  readonly live: number[];
}

/**
 * Orders from a peer; each is sent when the previous one was read, or this many ms after it. `count` 0: until it is
 * stopped.
 */
const orders = ({ name }: Taker, count: number, interval: number) =>
  startPeer({
    preset: 'gcc-x64',
    args: ['client', ...names(name), 'struct', '--count', String(count), '--interval', String(interval)],
  });

async function inMenu(page: Page, change: (menu: ReturnType<Page['getByRole']>) => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  await change(page.getByRole('region', { name: 'Fields' }));
  await page.keyboard.press('Escape');
}

async function show({ page }: OpenPage): Promise<void> {
  await inMenu(page, async (menu) => {
    for (const path of COLUMNS) await menu.getByRole('combobox', { name: 'Add a field' }).selectOption(path);
  });
  await page.getByRole('columnheader', { name: 'price' }).waitFor();
}

async function hide({ page }: OpenPage): Promise<void> {
  await inMenu(page, async (menu) => {
    for (const path of COLUMNS) await menu.getByRole('button', { name: `${path}: remove`, exact: true }).click();
  });
  await page.getByRole('columnheader', { name: 'price' }).waitFor({ state: 'detached' });
}

async function scrolled({ page, frames }: OpenPage): Promise<number[]> {
  await frames();
  await scrollAbout(
    page,
    Array.from({ length: JUMPS }, () => Math.random()),
  );
  return frames();
}

async function followed({ page, frames }: OpenPage, taker: Taker): Promise<number[]> {
  await page.getByRole('grid', { name: 'Log' }).press('End');
  const peer = orders(taker, 0, 1);
  await peer.ready;
  await frames();
  await sleep(SECONDS * 1000);
  const seen = await frames();
  await peer.stop();
  return seen;
}

async function measured(page: OpenPage, taker: Taker, into: Frames): Promise<void> {
  into.scrolling.push(...(await scrolled(page)));
  into.live.push(...(await followed(page, taker)));
}

function compared(what: string, decoded: readonly number[], plain: readonly number[]): Finding {
  const [own, other] = [quantile(decoded, 0.95), quantile(plain, 0.95)];
  const frames = `${decoded.length} and ${plain.length} frames`;
  const measuredAs = `${own.toFixed(1)} ms ÷ ${other.toFixed(1)} ms (${frames})`;
  return finding(`columns: p95 frame while ${what} ÷ without`, measuredAs, own / other, { atMost: 1.1 });
}

const host = await startHost([], { bindings: JSON.stringify(BINDINGS) });
try {
  const [taker] = (await openTakers(host, 'Columns', 1)) as [Taker];
  await orders(taker, RECORDS, 0).output;
  const page = await openPage(host.url);
  const [decoded, plain]: [Frames, Frames] = [
    { scrolling: [], live: [] },
    { scrolling: [], live: [] },
  ];
  try {
    for (let turn = 0; turn < TURNS; turn++) {
      await measured(page, taker, plain);
      await show(page);
      await measured(page, taker, decoded);
      await hide(page);
    }
  } finally {
    await page.close();
  }
  report([
    compared('scrolling', decoded.scrolling, plain.scrolling),
    compared('messages come in', decoded.live, plain.live),
  ]);
} finally {
  host.remove();
}
