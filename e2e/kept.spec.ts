import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { AppWindow } from './window.ts';

/** The page's theme before any of its scripts have run. */
const firstTheme = async (page: Page) =>
  /<html[^>]* data-theme="(\w+)"/.exec((await (await page.reload())?.text()) ?? '')?.[1];

const filterOf = (win: AppWindow) => win.toolbar.getByRole('combobox', { name: 'Filter' });
const handleOf = (win: AppWindow) => win.page.getByRole('separator', { name: 'Height of the log' });

/** What the data folder has under a name, as JSON; undefined if nothing. */
function keptIn(dataDir: string, name: string): unknown {
  try {
    return JSON.parse(readFileSync(join(dataDir, 'kept', `${name}.json`), 'utf8'));
  } catch {
    return undefined;
  }
}

test('what the user keeps is in the data folder: a host started again, at another address, has it', {
  tag: ['@look', '@exhaustive'],
}, async ({ launch, dataDir, names, newNames }) => {
  const first = await launch();
  const win = new AppWindow(first.page);
  await win.open('server', names);
  await win.button('Theme').click();
  await first.page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await filterOf(win).fill('dir:out');
  await win.button('Filters').click();
  await first.page.getByRole('menuitem', { name: /^Save/ }).click();
  await first.page.getByRole('textbox', { name: 'Name' }).fill('mine');
  await first.page.keyboard.press('Enter');
  await handleOf(win).press('ArrowUp');
  await handleOf(win).press('ArrowUp');
  await win.sendText('recently sent');
  await expect.poll(() => keptIn(dataDir, 'split.log')).toBeCloseTo(0.64);
  await expect.poll(() => JSON.stringify(keptIn(dataDir, 'sent'))).toContain('recently sent');
  await first.close();

  const second = await launch(first.url.startsWith('http://127') ? ['--port', '0'] : []);
  const again = new AppWindow(second.page);
  await expect(second.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await again.open('server', newNames());
  await expect(handleOf(again)).toHaveAttribute('aria-valuenow', '64');
  await again.button('Filters').click();
  await expect(second.page.getByRole('menuitem', { name: /^mine/ })).toBeVisible();
  expect(await firstTheme(second.page)).toBe('dark');
});

test('what an earlier version kept in the browser is taken over, once', { tag: ['@look', '@exhaustive'] }, async ({
  app,
  page,
  dataDir,
  names,
}) => {
  const earlier = {
    'shmscope.theme': 'dark',
    'shmscope.split.log': '0.5',
    'shmscope.filters': JSON.stringify({ recent: ['dir:in'], saved: [{ name: 'old one', text: 'dir:in' }] }),
  };
  await page.evaluate(`Object.assign(localStorage, ${JSON.stringify(earlier)})`);
  await page.reload();
  const win = new AppWindow(page);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await win.open('server', names);
  await expect(handleOf(win)).toHaveAttribute('aria-valuenow', '50');
  await expect.poll(() => keptIn(dataDir, 'filters')).toMatchObject({ saved: [{ name: 'old one' }] });
  await win.button('Theme').click();
  await page.getByRole('menuitemradio', { name: 'Light' }).click();
  await expect.poll(() => keptIn(dataDir, 'theme')).toBe('light');
  expect(await firstTheme(page)).toBe('light');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  expect(await page.evaluate(`localStorage.getItem('shmscope.theme')`)).toBe('dark');
  expect(app.problems).toEqual([]);
});

test('a damaged file is set aside and reported; the others count', { tag: ['@look', '@exhaustive'] }, async ({
  launch,
  dataDir,
}) => {
  mkdirSync(join(dataDir, 'kept'));
  writeFileSync(join(dataDir, 'kept', 'filters.json'), '{"recent":["dir:in"');
  writeFileSync(join(dataDir, 'kept', 'theme.json'), '"dark"');
  const { page } = await launch();
  await expect(page.getByRole('alert')).toContainText("Couldn't read the saved filters.");
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  const [aside = ''] = readdirSync(join(dataDir, 'kept')).filter((name) => name.startsWith('filters.damaged-'));
  await expect(page.getByRole('alert')).toContainText(aside);
  expect(readFileSync(join(dataDir, 'kept', aside), 'utf8')).toBe('{"recent":["dir:in"');
});

test('two hosts on one data folder see what the other keeps', { tag: ['@served', '@exhaustive'] }, async ({
  launch,
  host,
}) => {
  test.skip(host === 'wine', 'one host at a time runs there');
  const [one, two] = [(await launch()).page, (await launch(['--port', '0'])).page];
  await new AppWindow(one).button('Theme').click();
  await one.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect(two.locator('html')).toHaveAttribute('data-theme', 'dark');
});
