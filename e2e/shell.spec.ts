import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './fixtures.ts';
import { AppWindow } from './window.ts';

test('axe finds nothing in captures, settings, palette, shortcuts and export', async ({ page, names }) => {
  const win = new AppWindow(page);
  const clean = async () => {
    const axe = new AxeBuilder({ page }).exclude('[data-tabster-dummy]').setLegacyMode(true);
    expect((await axe.analyze()).violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
  };
  await win.open('server', names);
  for (const [keys, name] of [
    ['Control+Shift+P', 'Commands'],
    ['?', 'Keyboard shortcuts'],
    ['Control+s', 'Export'],
  ] as const) {
    await win.title.click();
    await page.keyboard.press(keys);
    await expect(page.getByRole('dialog', { name })).toBeVisible();
    await clean();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog', { name })).toBeHidden();
  }
  for (const name of ['Captures', 'Settings']) {
    await win.button(name).click();
    await expect(win.title).toHaveText(name);
    await clean();
  }
});

test('the palette finds a command by its words and runs it', async ({ page }) => {
  const win = new AppWindow(page);
  await expect(win.button('New server session')).toBeVisible();
  await page.keyboard.press('Control+Shift+P');
  await page.getByRole('combobox', { name: 'Command' }).fill('client new');
  await page.keyboard.press('Enter');
  await expect(win.dialog).toBeVisible();
});

test('a new window leads to a first message with one press', async ({ page }) => {
  const win = new AppWindow(page);
  await win.button('Open both ends').click();
  await expect(win.log).toContainText('Hello from the client');
  await expect(win.items).toHaveCount(2);
});
