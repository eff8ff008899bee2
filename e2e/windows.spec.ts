import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { type RunningApp, watchProblems } from './hosts/running-app.ts';
import type { Names } from './names.ts';
import { AppWindow } from './window.ts';

/** The window opened by `act`, once it has an address. */
async function opened({ page, url, problems }: RunningApp, act: () => Promise<void>): Promise<AppWindow> {
  const before = new Set(page.context().pages());
  const more = () =>
    page
      .context()
      .pages()
      .filter((one: Page) => !before.has(one) && one.url() === url);
  await act();
  await expect.poll(() => more().length).toBe(1);
  const [found] = more();
  if (!found) throw new Error('The window is gone.');
  found.on('close', () => problems.push(...seen));
  const seen = watchProblems(found);
  return new AppWindow(found);
}

/** A server session in the first window, and the window that `keys` opens beside it. */
async function openTwo(app: RunningApp, names: Names, keys: string): Promise<[AppWindow, AppWindow]> {
  const first = new AppWindow(app.page);
  await first.open('server', names);
  const second = await opened(app, () => app.page.keyboard.press(keys));
  await expect(second.title).toHaveText(names.section);
  return [first, second];
}

const filterOf = (win: AppWindow) => win.toolbar.getByRole('combobox', { name: 'Filter' });

test('a session in a window of its own is looked at there on its own', { tag: ['@look', '@exhaustive'] }, async ({
  app,
  page,
  newNames,
}) => {
  const first = new AppWindow(page);
  const [one, two] = [newNames(), newNames()];
  await first.open('server', one, { overrun: 'overwrite' });
  await first.sendText('hello');
  await first.open('server', two);
  const second = await opened(app, () => page.keyboard.press('Alt+n'));
  await expect(second.title).toHaveText(two.section);

  await first.item(one).click();
  await expect(first.title).toHaveText(one.section);
  await expect(second.title).toHaveText(two.section);
  await second.item(one).getByRole('button').click({ button: 'right' });
  const third = await opened(app, () => second.page.getByRole('menuitem', { name: /^Open in a new window/ }).click());
  await expect(third.title).toHaveText(one.section);

  await filterOf(third).fill('kind:message');
  await third.expectRowCount(1);
  await filterOf(first).fill('not kind:message');
  await expect(first.rows('hello')).toHaveCount(0);
  await third.expectRowCount(1);
  await first.sendText('to both windows');
  await expect(third.rows('to both windows')).toHaveCount(1);
  await second.page.reload();
  await expect(second.title).toHaveText(two.section);
  for (const win of [second, third]) await win.page.close();
  await expect(first.title).toHaveText(one.section);
});

test('what is set in one window is so in the other, and neither undoes what the other keeps', {
  tag: ['@look', '@exhaustive'],
}, async ({ app, page, names }) => {
  const [first, second] = await openTwo(app, names, 'Alt+Shift+N');
  for (const [win, name] of [
    [first, 'of the first'],
    [second, 'of the second'],
  ] as const) {
    await filterOf(win).fill('dir:out');
    await win.button('Filters').click();
    await win.page.getByRole('menuitem', { name: /^Save/ }).click();
    await win.page.getByRole('textbox', { name: 'Name' }).fill(name);
    await win.page.keyboard.press('Enter');
    await expect(win.page.getByRole('dialog')).toBeHidden();
  }
  await first.button('Filters').click();
  await expect(page.getByRole('menuitem', { name: /^of the/ })).toHaveCount(2);
  await page.keyboard.press('Escape');
  await second.button('Theme').click();
  await second.page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  const handle = (win: AppWindow) => win.page.getByRole('separator', { name: 'Height of the log' });
  await expect(handle(second)).toHaveAttribute('aria-valuenow', '68');
  await handle(first).press('ArrowUp');
  await expect(handle(second)).toHaveAttribute('aria-valuenow', '66');
  await second.page.close();
});

test('the app goes on in the window that is left, and ends with the last', { tag: '@app' }, async ({
  app,
  page,
  names,
}) => {
  const [, second] = await openTwo(app, names, 'Alt+n');
  await page.close();
  await second.sendText('still here');
  await expect(second.rows('still here')).toHaveCount(1);
  const closed = new Promise((resolve) => second.page.context().browser()?.once('disconnected', resolve));
  await second.page.close();
  await closed;
});
