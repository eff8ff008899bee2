import type { Page } from '@playwright/test';

/** The parts of the page's DOM that are used, which this process lacks. */
interface Element {
  readonly textContent: string;
  readonly scrollHeight: number;
  readonly clientHeight: number;
  scrollTop: number;
  click(): void;
}
declare const document: {
  querySelector(selector: string): Element | null;
  querySelectorAll(selector: string): Iterable<Element>;
};
declare const requestAnimationFrame: (step: () => void) => void;

/** ms from the click on a capture's *Open* until the row of record `last` is in the log. */
export async function openInWindow(page: Page, file: string, last: number): Promise<number> {
  await page.getByRole('button', { name: 'Captures', exact: true }).click();
  await page.getByRole('button', { name: `Open ${file}`, exact: true }).waitFor();
  return page.evaluate(clickAndAwait, { button: `[aria-label="Open ${file}"]`, last: last.toLocaleString('en-US') });
}

function clickAndAwait({ button, last }: { readonly button: string; readonly last: string }): Promise<number> {
  return new Promise((resolve) => {
    const startedAt = performance.now();
    document.querySelector(button)?.click();
    const look = () => {
      const shown = [...document.querySelectorAll('.log-row .c-seq')].some(({ textContent }) => textContent === last);
      if (shown) resolve(performance.now() - startedAt);
      else requestAnimationFrame(look);
    };
    look();
  });
}

export async function closeInWindow(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Close capture', exact: true }).click();
  await page.getByRole('grid', { name: 'Log' }).waitFor({ state: 'detached' });
}

/**
 * Scrolls to places all over the log (0 to 1), a jump every few frames; returns for how many of them the rows were
 * there in time.
 */
export const scrollAbout = (page: Page, places: readonly number[]): Promise<number> => page.evaluate(jump, places);

async function jump(places: readonly number[]): Promise<number> {
  const FRAMES = 6;
  const grid = document.querySelector('.log-grid') as Element;
  let arrived = 0;
  for (const place of places) {
    grid.scrollTop = place * (grid.scrollHeight - grid.clientHeight);
    for (let frame = 0; frame < FRAMES; frame++) await new Promise<void>(requestAnimationFrame);
    if (!document.querySelector('.log-row.loading')) arrived++;
  }
  return arrived;
}
