import { expect, test } from './fixtures.ts';
import { AppWindow } from './window.ts';

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

test('a session is opened, used and ended by keyboard alone', { tag: '@look' }, async ({ win, names }) => {
  const { keyboard } = win.page;
  await expect(win.button('Server')).toBeVisible();
  await keyboard.press('Alt+s');
  await win.dialog.getByLabel('Section', { exact: true }).fill(names.section);
  await win.dialog.getByLabel('Event server → client').fill(names.eventS2c);
  await win.dialog.getByLabel('Event client → server').fill(names.eventC2s);
  await keyboard.press('Enter');
  await expect(win.title).toHaveText(names.section);
  await expect(win.button('Stop receiving')).toBeVisible();
  await keyboard.press('Alt+r');
  await expect(win.button('Receive')).toBeVisible();
  await keyboard.press('Alt+Shift+O');
  await expect(win.page.getByText('Waiting for one message, no timeout')).toBeVisible();
  await keyboard.press('Alt+r');
  await expect(win.button('Receive')).toBeVisible();

  await keyboard.press('Control+e');
  await keyboard.type('typed, sent and found');
  await keyboard.press('Control+Enter');
  await expect(win.rows('typed, sent')).toHaveCount(1);
  await keyboard.press('Control+l');
  await keyboard.type('kind:message');
  await win.expectRowCount(1);
  await keyboard.press('F6');
  await keyboard.press('Shift+F6');
  await expect(win.log).toBeFocused();
  await keyboard.press('Home');
  await expect(win.row(0)).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('Space');
  await expect(win.toolbar.getByRole('button', { name: 'Pause' })).toHaveAttribute('aria-pressed', 'true');
  await keyboard.press('Alt+6');
  await expect(win.detail.getByRole('tab', { name: 'Hex' })).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('Control+Shift+L');
  await expect(win.rows('opened')).toHaveCount(1);
  await keyboard.press('Alt+q');
  await expect(win.badges).toContainText('closed');
  await keyboard.press('Alt+Shift+Q');
  await expect(win.items).toHaveCount(0);
});
