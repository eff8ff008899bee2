import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { AppWindow } from './window.ts';

const filter = (win: AppWindow) => win.toolbar.getByRole('combobox', { name: 'Filter' });
const item = (win: AppWindow, name: string | RegExp) => win.page.getByRole('menuitem', { name });

/** Six outgoing messages, which nobody reads, each overwriting the previous one. */
async function talk(win: AppWindow, names: Parameters<AppWindow['open']>[1]) {
  await win.open('server', names, { overrun: 'overwrite' });
  for (const text of ['one', 'two', 'three', 'two again', 'größe', 'six']) {
    await win.sendText(text);
    await expect(win.rows(text).first()).toBeVisible();
  }
  await filter(win).fill('kind:message');
  await win.expectRowCount(6);
}

/** What the next copy puts into the clipboard. */
async function copied(win: AppWindow, copy: () => Promise<void>): Promise<string> {
  await win.page.evaluate(`{
    const { setData } = DataTransfer.prototype;
    globalThis.copiedText = null;
    DataTransfer.prototype.setData = function (type, text) {
      globalThis.copiedText = text;
      return setData.call(this, type, text);
    };
  }`);
  await copy();
  await expect.poll(() => win.page.evaluate('globalThis.copiedText')).not.toBeNull();
  return String(await win.page.evaluate('globalThis.copiedText'));
}

test('what is found is counted and walked, round at the ends, and marked in the previews', async ({ win, names }) => {
  await talk(win, names);
  await win.log.focus();
  await win.page.keyboard.press('Control+f');
  const bar = win.page.getByRole('search', { name: 'Find in the log' });
  await bar.getByRole('textbox', { name: 'Find' }).fill('TWO');
  await expect(bar.getByRole('status')).toHaveText('1 of 2');
  await expect(win.row(1)).toHaveAttribute('aria-selected', 'true');
  await expect(win.log.locator('mark')).toHaveText(['two', 'two']);
  await win.page.keyboard.press('F3');
  await expect(win.row(3)).toHaveAttribute('aria-selected', 'true');
  await expect(bar.getByRole('status')).toHaveText('2 of 2');
  await win.page.keyboard.press('Enter');
  await expect(bar.getByRole('status')).toHaveText('1 of 2');
  await win.page.keyboard.press('Shift+F3');
  await expect(bar.getByRole('status')).toHaveText('2 of 2');
  await bar.getByRole('button', { name: 'Hex' }).click();
  await bar.getByRole('textbox', { name: 'Find' }).fill('c3 ??');
  await expect(bar.getByRole('status')).toHaveText('1 of 1');
  await expect(win.log.locator('mark')).toHaveText(['ö', 'ß']);
  await bar.getByRole('textbox', { name: 'Find' }).fill('c3 x');
  await expect(bar.getByRole('status')).toHaveText(/not a hex digit/);
  await win.page.keyboard.press('Escape');
  await expect(bar).toBeHidden();
  await expect(win.log).toBeFocused();
});

test('rows are selected together and copied in each form', { tag: '@exhaustive' }, async ({ win, names }) => {
  await talk(win, names);
  await win.row(0).click();
  await win.row(2).click({ modifiers: ['Shift'] });
  await win.row(1).click({ modifiers: ['Control'] });
  await win.row(4).click({ modifiers: ['Control'] });
  await expect(win.log.locator('[aria-selected="true"]')).toHaveCount(3);
  expect(await copied(win, () => win.page.keyboard.press('Control+c'))).toBe('one\nthree\ngröße');
  const copyAs = async (form: string) => {
    await win.page.keyboard.press('Shift+F10');
    await item(win, 'Copy as (3 rows)').click();
    await item(win, form).click();
  };
  expect(await copied(win, () => copyAs('Hex'))).toBe('6f 6e 65\n74 68 72 65 65\n67 72 c3 b6 c3 9f 65');
  expect(await copied(win, () => copyAs('Rust byte string'))).toContain(String.raw`b"gr\xc3\xb6\xc3\x9fe"`);
  const json = await copied(win, () => copyAs('JSON record'));
  expect(json.split('\n').map((line) => JSON.parse(line).text)).toEqual(['one', 'three', 'größe']);
  await win.log.press('Control+a');
  await expect(win.log.locator('[aria-selected="true"]')).toHaveCount(6);
});

test('rows selected together are exported, under the filter and in its order', { tag: '@exhaustive' }, async ({
  page,
  names,
  dataDir,
}) => {
  const win = new AppWindow(page);
  await talk(win, names);
  await filter(win).fill('kind:message not "two"');
  await win.expectRowCount(4);
  await win.row(0).click();
  await win.row(1).click({ modifiers: ['Shift'] });
  await win.row(3).click({ modifiers: ['Control'] });
  await page.keyboard.press('Shift+F10');
  await item(win, 'Export (3 rows)…').click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await expect(dialog.getByRole('radio', { name: '3 selected rows' })).toBeChecked();
  await dialog.getByRole('button', { name: 'Export' }).click();
  await expect(win.button('1 job ended')).toBeVisible();
  const [file = ''] = readdirSync(join(dataDir, 'exports'));
  const [head, ...records] = readFileSync(join(dataDir, 'exports', file), 'utf8')
    .trimEnd()
    .split('\n');
  expect(JSON.parse(head as string).records).toBe(3);
  expect(records.map((line) => JSON.parse(line).text)).toEqual(['one', 'three', 'six']);
});

test('a value under the pointer is demanded or excluded', { tag: '@exhaustive' }, async ({ win, names }) => {
  await talk(win, names);
  await win.row(0).locator('.c-size').click({ button: 'right' });
  await item(win, 'Exclude size 3').click();
  await expect(filter(win)).toHaveValue('kind:message not size:3');
  await win.expectRowCount(3);
  await win.row(0).locator('.c-preview').click({ button: 'right' });
  await item(win, 'Only text “three”').click();
  await expect(filter(win)).toHaveValue('kind:message not size:3 "three"');
  await win.expectRowCount(1);
});

test('a mark and its note stay with the record, are listed, walked to and filtered by', { tag: '@exhaustive' }, async ({
  win,
  names,
}) => {
  await talk(win, names);
  await win.row(1).click();
  await win.page.keyboard.press('Control+m');
  await expect(win.row(1).getByRole('img', { name: 'mark' })).toBeVisible();
  await win.row(4).click({ button: 'right' });
  await item(win, 'Label and note…').click();
  await win.page.getByRole('textbox', { name: 'Mark label' }).fill('umlauts');
  await win.page.getByRole('textbox', { name: 'Note' }).fill('look here');
  await win.button('Save').click();
  await expect(win.row(4)).toContainText('umlauts');
  await win.log.focus();
  await win.page.keyboard.press('F2');
  await expect(win.row(1)).toHaveAttribute('aria-selected', 'true');
  await win.page.keyboard.press('Shift+F2');
  await expect(win.row(4)).toHaveAttribute('aria-selected', 'true');
  await win.button('Marks: 2').click();
  await expect(item(win, /umlauts/)).toBeVisible();
  await win.page.keyboard.press('Escape');
  await filter(win).fill('mark:*');
  await win.expectRowCount(2);
});

test('a record is gone to by its number and by its time', { tag: '@exhaustive' }, async ({ win, names }) => {
  await talk(win, names);
  const goTo = async (text: string) => {
    await win.log.press('Control+g');
    await win.page.getByRole('textbox', { name: 'Record number or time' }).fill(text);
    await win.page.keyboard.press('Enter');
  };
  await goTo('1');
  await expect(win.row(0)).toHaveAttribute('aria-selected', 'true');
  await goTo('23:59:59');
  await expect(win.row(5)).toHaveAttribute('aria-selected', 'true');
  await goTo('tomorrow');
  await expect(win.page.getByText('Enter a record number such as 1200')).toBeVisible();
});

test('times count from the chosen record, and from the row before', { tag: '@exhaustive' }, async ({ win, names }) => {
  await talk(win, names);
  await win.row(2).click();
  await win.page.keyboard.press('Control+t');
  await expect(win.row(2).locator('.c-time')).toHaveText('+0.000000');
  await expect(win.row(1).locator('.c-time')).toHaveText(/^−\d+\.\d{6}$/);
  await win.page.keyboard.press('Control+t');
  await expect(win.row(2).locator('.c-time')).toHaveText(/^\d\d:\d\d:\d\d\.\d{6}$/);
});

test('columns are chosen, moved and sized by keyboard, and stay so', async ({ win, names }) => {
  await talk(win, names);
  const heads = win.log.getByRole('columnheader');
  await win.button('Columns').click();
  await win.page.getByRole('checkbox', { name: 'Kind' }).uncheck();
  await win.page.getByRole('checkbox', { name: 'Time unread' }).check();
  await win.button('Size: move left').click();
  await win.page.getByRole('spinbutton', { name: 'Number: width in pixels' }).fill('120');
  await win.page.keyboard.press('Escape');
  const now = ['#', 'time', 'Δ', 'direction', 'size', 'unread', 'preview'];
  await expect(heads).toHaveText(now);
  await win.page.reload();
  await expect(heads).toHaveText(now);
  expect((await heads.first().boundingBox())?.width).toBe(120);
});
