import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from './fixtures.ts';
import type { Arch } from './hosts/peer.ts';
import { ROOT } from './hosts/process.ts';
import type { AppWindow } from './window.ts';

const HEADER = readFileSync(join(ROOT, 'native', 'order.h'), 'utf8');
/** What the compilers of this system make of the struct of order.h. */
const SYSTEM = process.platform === 'win32' ? 'Windows' : 'Linux';
const programOf = (arch: Arch) => `${SYSTEM} ${arch}`;

const orders = (args: readonly string[], count: number) => [
  ...['client', ...args, 'struct', '--count', String(count), '--interval', '0'],
];
const dialog = (win: AppWindow) => win.page.getByRole('dialog', { name: 'Decode as…' });
const field = (win: AppWindow, name: RegExp) =>
  win.detail.getByRole('treegrid', { name: 'Fields' }).getByRole('row', { name });

test('a pasted header and a choice make a message fields, with the values that the program gave them', async ({
  win,
  peer,
  names,
}) => {
  await win.open('server', names, {});
  await (await peer('x86', orders(names.peerArgs, 2))).waitFor(/^order/);
  await win.log
    .getByRole('row', { name: /message/ })
    .first()
    .click();
  await win.detail.getByRole('tab', { name: 'Fields' }).click();
  await win.button('Decode this channel as…').click();
  await dialog(win).getByRole('textbox', { name: 'Declarations' }).fill(HEADER);
  const fitting = dialog(win).getByRole('radio', { name: /as long as the message/ });
  await expect(fitting).toHaveAccessibleName(new RegExp(`^order, ${programOf('x86')}, \\d+ bytes`));
  await fitting.check();
  await expect(dialog(win)).toContainText('hdr.seq 1, account 40001');
  await dialog(win).getByRole('button', { name: 'Decode' }).click();
  await expect(field(win, /^side BUY 1/)).toBeVisible();
  await field(win, /^account/).click();
  await win.page.keyboard.press('End');
  await expect(field(win, /^crc/)).toHaveAttribute('aria-selected', 'true');
  await win.page.keyboard.press('ArrowUp');
  await expect(field(win, /^price 104\.625 double/)).toHaveAttribute('aria-selected', 'true');
  await win.showDetail('Hex');
  await expect(win.detail.locator('.hex-bytes :is(.selected, .cursor)')).toHaveText([
    ...['00 ', '00 ', '00 ', '00 ', '00 ', /^28/, /^5a/, /^40/],
  ]);
});

test('the page tells which types move between two ABIs, why, and how to declare them', async ({ win }) => {
  const { page } = win;
  await page.keyboard.press('Alt+y');
  await page.getByRole('button', { name: 'Paste declarations' }).click();
  const text = page.getByRole('textbox', { name: /^Text of/ });
  await text.fill(HEADER);
  await expect(page.getByRole('region', { name: 'Type order' })).toContainText('Declare “account” as uint64_t');
  await page.getByRole('combobox', { name: 'First ABI' }).selectOption('Windows x64');
  await page.getByRole('combobox', { name: 'Second ABI' }).selectOption('Linux x64');
  const opened = page.getByRole('region', { name: 'Type order' });
  await expect(opened).toContainText('“struct order_header hdr” is 8 bytes on Windows x64 and 16 on Linux x64');
  await expect(opened.getByRole('row', { name: /^seq long 4 4 8 8$/ })).toHaveClass(/differs/);
  await expect(opened.getByRole('row', { name: /^kind uint16_t 0 2 0 2$/ })).not.toHaveClass(/differs/);
  await expect(opened.getByRole('row', { name: /^padding 4 4$/ })).toBeVisible();

  await text.fill(HEADER.replace('double price', 'dobule price'));
  await expect(page.getByRole('list', { name: 'Problems' })).toContainText('“dobule” is not declared');
  await expect(page.locator('.code-mark')).toHaveText(/dobule/);
  await expect(page.getByRole('navigation', { name: 'Files' })).toContainText('types.h');
});

test('a file that changes outside while it is edited is said, and nothing is overwritten', async ({
  win,
  sharedData,
}) => {
  const { page } = win;
  const file = join(sharedData, 'types', 'quote.h');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, 'struct quote { int bid; };\n');
  await page.keyboard.press('Alt+y');
  const files = page.getByRole('navigation', { name: 'Files' });
  await files.getByRole('button', { name: 'quote.h' }).click();
  const text = page.getByRole('textbox', { name: 'Text of quote.h' });
  await expect(text).toHaveValue('struct quote { int bid; };\n');
  writeFileSync(file, 'struct quote { long bid; };\n');
  await expect(text).toHaveValue('struct quote { long bid; };\n');
  await text.fill('struct quote { short bid; };\n');
  writeFileSync(file, 'struct quote { char bid; };\n');
  await expect(page.getByRole('alert')).toContainText('Nothing was overwritten');
  await text.press('Control+s');
  expect(readFileSync(file, 'utf8')).toBe('struct quote { char bid; };\n');
  await page.getByRole('button', { name: 'Keep mine, to be saved over it' }).click();
  await text.press('Control+s');
  await expect(win.button('Save')).toHaveAttribute('aria-disabled', 'true');
  expect(readFileSync(file, 'utf8')).toBe('struct quote { short bid; };\n');
});
