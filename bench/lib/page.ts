import { readFileSync } from 'node:fs';
import { chromium, type Page } from '@playwright/test';
import { chromiumLaunch } from '../../e2e/hosts/chromium.ts';

/** The window in a browser, with its one session's log in view. */
export interface OpenPage {
  /** ms between the frames since the last call. */
  readonly frames: () => Promise<number[]>;
  /** Bytes, after a garbage collection. */
  readonly heap: () => Promise<number>;
  /** Of the page's process, in bytes. */
  readonly rss: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Of the page, not of this process. */
declare const window: { benchFrames: number[]; requestAnimationFrame: (step: (time: number) => void) => void };

export async function openPage(url: string): Promise<OpenPage> {
  const browser = await chromium.launch(chromiumLaunch());
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(url);
    await page.locator('button.session-select').first().click();
    await page.getByRole('grid', { name: 'Log' }).waitFor();
    await page.evaluate(collectFrames);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const overall = await browser.newBrowserCDPSession();
    const rendererPid = async () => {
      const { processInfo } = await overall.send('SystemInfo.getProcessInfo');
      // The browser keeps spare ones: the page's is the one that has worked.
      const [busiest] = processInfo.filter(({ type }) => type === 'renderer').sort((a, b) => b.cpuTime - a.cpuTime);
      if (!busiest) throw new Error('The browser has no page.');
      return busiest.id;
    };
    return {
      frames: () => takeFrames(page),
      heap: async () => {
        await session.send('HeapProfiler.collectGarbage');
        const { metrics } = await session.send('Performance.getMetrics');
        return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value as number;
      },
      rss: async () => processRss(await rendererPid()),
      close: () => browser.close(),
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/** Resident memory of a process, in bytes. */
export function processRss(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}

function collectFrames(): void {
  window.benchFrames = [];
  let last = 0;
  const step = (time: number) => {
    if (last > 0) window.benchFrames.push(time - last);
    last = time;
    window.requestAnimationFrame(step);
  };
  window.requestAnimationFrame(step);
}

const takeFrames = (page: Page): Promise<number[]> =>
  page.evaluate(() => {
    const frames = window.benchFrames;
    window.benchFrames = [];
    return frames;
  });
