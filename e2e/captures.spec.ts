import { expect, test } from './fixtures.ts';
import { AppWindow } from './window.ts';

test('an exported log comes back by import as a capture that can be opened, renamed and deleted', async ({
  page,
  names,
}, testInfo) => {
  const win = new AppWindow(page);
  await win.open('server', names);
  await win.sendText('to be exported');
  await expect(win.row(1)).toContainText('to be exported');
  await page.keyboard.press('Control+s');
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('button', { name: '1 job ended' }).click();
  const link = page.getByRole('link', { name: /^Download / });
  test.skip((await link.count()) === 0, 'the app shows the file in its folder instead');
  const saved = testInfo.outputPath('export.jsonl');
  const download = page.waitForEvent('download');
  await link.click();
  await (await download).saveAs(saved);
  await page.keyboard.press('Escape');

  await win.button('Captures').click();
  const chooser = page.waitForEvent('filechooser');
  await win.button('Import…').click();
  await (await chooser).setFiles(saved);
  const imported = page.locator('.captures-table tbody').filter({ hasText: 'imported-' });
  await imported.getByRole('button', { name: /^More for/ }).click();
  await page.getByRole('menuitem', { name: 'Rename…' }).click();
  await page.getByLabel('Title').fill('Came back');
  await win.button('Rename').click();
  await win.button('Open Came back').click();
  await expect(win.title).toHaveText(names.section);
  await expect(win.badges).toContainText('closed');
  await expect(win.row(1)).toContainText('to be exported');

  await win.button('Close capture').click();
  await win.button('Captures').click();
  await win.button('More for Came back').click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('Came back')).toHaveCount(0);
  const size = await page.locator('.captures-table td.numeric').innerText();
  await expect(page.getByText(`1 capture, ${size}`)).toBeVisible();
});
