import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Page } from '@playwright/test';
import { openCapture } from '../src/main/capture/capture.ts';
import { CaptureLibrary } from '../src/main/capture/library/library.ts';
import { temporaryFolder } from '../src/main/capture/testing.ts';
import { type CompiledTypes, NO_TYPES } from '../src/shared/types/compiled/compiled.ts';
import { workers } from './lib/built.ts';
import { startHost } from './lib/host.ts';
import { openInWindow } from './lib/log-page.ts';
import { openPage, processRss } from './lib/page.ts';
import { finding, mebibytes, option, report } from './lib/report.ts';
import { quantile } from './lib/statistics.ts';
import { PACE, placeIn, storedCapture } from './lib/stored.ts';

/**
 * A field of many records over time: how fast it is read the first time, how soon it is available after that, how much
 * memory that takes, and how smoothly its plot moves, compared with the plot of the rate.
 */
const RECORDS = option('records', 5_000_000);
const SPAN = RECORDS * PACE;
const STEPS = Math.min(300, Math.ceil(RECORDS / 1000) + 10);
const BUCKETS = 600;
const TYPES: CompiledTypes = { ...NO_TYPES, bindings: [{ type: 'json', abi: 'linux-x64', line: 1 }] };
const FIELD = { path: 'order', lane: null } as const;

const file = storedCapture(RECORDS);

/** Asks a new library until everything was read. */
async function plotted(folder: string) {
  const capture = await openCapture({ folder, workerPath: workers.capture });
  const library = new CaptureLibrary({ capture, workerPath: workers.capture, onChange: () => {} });
  try {
    const [session = 0] = (await library.open(basename(file))).sessions;
    await library.ask('bindTypes', { session, types: TYPES });
    // The threads of a capture start with its first request, and stay.
    const query = { session, fromMono: 0, toMono: SPAN, buckets: BUCKETS };
    await library.ask('fieldPlot', { ...query, fields: [] });
    const before = processRss(process.pid);
    let most = before;
    const startedAt = performance.now();
    for (;;) {
      const { progress } = await library.ask('fieldPlot', { ...query, fields: [FIELD] });
      most = Math.max(most, processRss(process.pid));
      if (progress.complete) break;
    }
    return { took: performance.now() - startedAt, grown: most - before };
  } finally {
    await library.end();
    await capture.close();
  }
}

async function host() {
  const folder = temporaryFolder();
  placeIn(folder.path, file);
  try {
    const first = await plotted(folder.path);
    const again = await plotted(folder.path);
    const cache = join(folder.path, `${basename(file)}.fields`);
    if (!existsSync(cache)) throw new Error('What was read of the field was not kept.');
    const name = `${RECORDS.toLocaleString('en-US')} records`;
    const rate = `read once in ${(first.took / 1000).toFixed(1)} s`;
    return [
      finding('field plot: first answer after it was read once', `${name}, ${rate}`, again.took, {
        atMost: 300,
        unit: ' ms',
      }),
      finding('field plot: memory while it is read', `${name}, ${mebibytes(first.grown)}`, first.grown / 2 ** 20, {
        ...{ atMost: 160, unit: ' MiB' },
      }),
    ];
  } finally {
    folder.remove();
  }
}

/** ms between the frames while the plot is moved with the wheel, one step per frame. */
async function panned(page: Page, frames: () => Promise<number[]>): Promise<number> {
  const plot = page.getByRole('application', { name: 'Timeline plot' });
  await plot.hover();
  for (let n = 0; n < 4; n++) await page.mouse.wheel(0, -240);
  await frames();
  for (let n = 0; n < STEPS; n++) await page.mouse.wheel(n % 100 < 50 ? 60 : -60, 0);
  const took = await frames();
  await page.keyboard.press('Alt+Home');
  return quantile(took, 0.95);
}

async function choose(page: Page, track: string): Promise<void> {
  await page.getByRole('button', { name: 'Tracks', exact: true }).click();
  await page.getByRole('menuitemcheckbox', { name: track, exact: true }).click();
  await page.keyboard.press('Escape');
}

async function moving() {
  const running = await startHost([file], { bindings: 'bindings:\n  - { type: json, abi: linux-x64 }\n' });
  try {
    const open = await openPage(running.url, async (page) => {
      await page.getByRole('button', { name: 'Captures', exact: true }).waitFor();
    });
    try {
      const { page, frames } = open;
      await openInWindow(page, basename(file), RECORDS - 1);
      const rate = await panned(page, frames);
      await page.getByRole('button', { name: 'Tracks', exact: true }).click();
      await page.getByRole('menuitem', { name: 'Draw a field…' }).click();
      await page.getByRole('combobox', { name: 'Field' }).fill(FIELD.path);
      await page.getByRole('button', { name: 'Draw', exact: true }).click();
      await page.getByRole('img', { name: /^order: .* values$/ }).waitFor({ timeout: 600_000 });
      await page.getByRole('region', { name: 'Reading fields' }).waitFor({ state: 'detached', timeout: 600_000 });
      await choose(page, 'Rate');
      const field = await panned(page, frames);
      const measured = `p95 of frames: field ${field.toFixed(1)} ms, rate ${rate.toFixed(1)} ms`;
      return finding('field plot: moving it ÷ moving the rate', measured, field / rate, { atMost: 1.2 });
    } finally {
      await open.close();
    }
  } finally {
    running.remove();
  }
}

report([...(await host()), await moving()]);
