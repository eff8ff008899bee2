import { readFileSync } from 'node:fs';
import { chromium, type Page } from '@playwright/test';
import { chromiumLaunch } from '../../e2e/hosts/chromium.ts';

/** The window in a browser. */
export interface OpenPage {
  readonly page: Page;
  /** ms between the frames since the last call. */
  readonly frames: () => Promise<number[]>;
  /** When messages from the host arrived since the last call, in ms of the page's clock. */
  readonly messages: () => Promise<number[]>;
  /** Bytes, after a garbage collection. */
  readonly heap: () => Promise<number>;
  /** Of the page's process, in bytes. */
  readonly rss: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Of the page, not of this process. */
declare const window: {
  seen: { frames: number[]; messages: number[] };
  WebSocket: new (...args: unknown[]) => EventTarget;
  requestAnimationFrame: (step: (time: number) => void) => void;
};

/** `show` brings into view what is measured: by default the log of the first session. */
export async function openPage(url: string, show = showFirstLog): Promise<OpenPage> {
  const browser = await chromium.launch(chromiumLaunch());
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.addInitScript(watch);
    await page.goto(url);
    await show(page);
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
      page,
      frames: () => take(page, 'frames'),
      messages: () => take(page, 'messages'),
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

async function showFirstLog(page: Page): Promise<void> {
  await page.locator('button.session-select').first().click();
  await page.getByRole('grid', { name: 'Log' }).waitFor();
}

/** Resident memory of a process, in bytes. */
export function processRss(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}

function watch(): void {
  window.seen = { frames: [], messages: [] };
  let last = 0;
  const step = (time: number) => {
    if (last > 0) window.seen.frames.push(time - last);
    last = time;
    window.requestAnimationFrame(step);
  };
  window.requestAnimationFrame(step);
  window.WebSocket = class extends window.WebSocket {
    constructor(...args: unknown[]) {
      super(...args);
      this.addEventListener('message', () => window.seen.messages.push(performance.now()));
    }
  };
}

const take = (page: Page, what: keyof typeof window.seen): Promise<number[]> =>
  page.evaluate((name) => {
    const taken = window.seen[name];
    window.seen[name] = [];
    return taken;
  }, what);
