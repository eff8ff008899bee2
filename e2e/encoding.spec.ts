import { expect, test } from './fixtures.ts';
import type { AppWindow } from './window.ts';

const filterBy = async (win: AppWindow, text: string) => {
  const line = win.toolbar.getByRole('combobox', { name: 'Filter' });
  await line.fill(text);
  await line.press('Enter');
};
const hexOf = (text: string, encoding: BufferEncoding) => Buffer.from(text, encoding).toString('hex');

test('UTF-16 is read, found and copied as text; a code page is when it is chosen, and stays chosen', async ({
  win,
  names,
}) => {
  await win.open('server', names, { overrun: 'overwrite' });
  await win.sendHex(hexOf('Grüße, Οδός\0', 'utf16le'));
  await win.sendHex(hexOf('für Öl', 'latin1'));
  await expect(win.row(1)).toContainText('Grüße, Οδός');
  await expect(win.rows('66 fc 72')).toHaveCount(1);
  await win.row(1).click();
  const text = win.detail.getByRole('region', { name: 'Payload as text' });
  await expect(text).toHaveText('Grüße, Οδός\\0');
  await expect(win.detail.getByLabel('Encoding')).toHaveValue('auto');

  await filterBy(win, '"ΟΔΌΣ"i');
  await expect(win.rows('Grüße')).toHaveCount(1);
  await filterBy(win, 'cp1252:"für"');
  await expect(win.rows('66 fc 72')).toHaveCount(1);
  await filterBy(win, '');

  await win.rows('66 fc 72').click();
  await win.detail.getByLabel('Encoding').selectOption('windows-1252');
  await expect(text).toHaveText('für Öl');
  await expect(win.rows('für Öl')).toHaveCount(1);
  await win.page.reload();
  await expect(win.rows('für Öl')).toHaveCount(1);
});

test('text is sent in the encoding that is chosen, and refused where that lacks a character', {
  tag: '@exhaustive',
}, async ({ win, names }) => {
  await win.open('server', names, { overrun: 'overwrite' });
  const { composer, field, send } = win;
  await composer.getByLabel('Encoding').selectOption('windows-1252');
  await field.fill('für →');
  await expect(composer).toContainText("Windows-1252 can't encode “→” (at position 5).");
  await expect(send).toHaveAttribute('aria-disabled', 'true');
  await field.fill('für');
  await send.click();
  await expect(win.rows('66 fc 72')).toHaveCount(1);
  await composer.getByLabel('Encoding').selectOption('utf-16le');
  await field.fill('für {{n}}');
  await send.click();
  await expect(win.rows('für 2')).toHaveCount(1);
});

test('a JSON is a tree despite NULs behind it, and in UTF-16', { tag: '@exhaustive' }, async ({ win, names }) => {
  await win.open('server', names, { overrun: 'overwrite' });
  await win.sendHex(hexOf('{"10":1,"9":[1.0,-0,1e400],"a":"x","a":"y"}\0', 'utf8'));
  await win.sendHex(hexOf('\ufeff{"name":"Οδός"}', 'utf16le'));
  await win.row(1).click();
  await win.detail.getByRole('tab', { name: 'JSON' }).click();
  const tree = win.detail.getByRole('region', { name: 'Payload as a JSON tree' });
  await expect(tree).toHaveText(/10:1.*9:.*1\.0.*-0.*1e400.*a:"x".*a:"y"/s);
  await expect(win.detail).toContainText('1 NUL after it');
  await win.rows('Οδός').click();
  await expect(tree).toContainText('name:"Οδός"');
});
