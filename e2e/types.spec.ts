import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { expect, test } from './fixtures.ts';
import type { Arch } from './hosts/peer.ts';
import { ROOT } from './hosts/process.ts';
import type { AppWindow } from './window.ts';

const HEADER = readFileSync(join(ROOT, 'native', 'order.h'), 'utf8');
/** What this system's compilers make of the struct in order.h. */
const SYSTEM = process.platform === 'win32' ? 'Windows' : 'Linux';
const programOf = (arch: Arch) => `${SYSTEM} ${arch}`;

const orders = (args: readonly string[], count: number) => [
  ...['client', ...args, 'struct', '--count', String(count), '--interval', '0'],
];
const dialog = (win: AppWindow) => win.page.getByRole('dialog', { name: 'Decode as…' });
const field = (win: AppWindow, name: RegExp) =>
  win.detail.getByRole('treegrid', { name: 'Fields' }).getByRole('row', { name });

/** Moves down the tree to the field, by keyboard. */
async function walkTo(win: AppWindow, name: RegExp): Promise<void> {
  const tree = win.detail.getByRole('treegrid', { name: 'Fields' });
  const selected = tree.locator('[aria-selected="true"]');
  await tree.press('Home');
  for (let step = 0; step < 20 && !name.test((await selected.textContent()) ?? ''); step++)
    await tree.press('ArrowDown');
  await expect(selected).toHaveText(name);
}

/** Pastes the header and binds the selected message's channel, like a tester who has both. */
async function decodeAs(win: AppWindow, arch: Arch): Promise<void> {
  await win.showDetail('Fields');
  await win.button('Decode this channel as…').click();
  await dialog(win).getByRole('textbox', { name: 'Declarations' }).fill(HEADER);
  await dialog(win)
    .getByRole('radio', { name: new RegExp(`^order, ${programOf(arch)}`) })
    .check();
  await dialog(win).getByRole('button', { name: 'Decode' }).click();
  await expect(dialog(win)).toHaveCount(0);
}

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
  await walkTo(win, /^sideBUY 1/);
  await field(win, /^side/).click();
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

test('a file that changes outside while it is edited is reported, and nothing is overwritten', {
  tag: '@exhaustive',
}, async ({ win, sharedData }) => {
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
  await page.getByRole('button', { name: 'Keep mine and overwrite it' }).click();
  await text.press('Control+s');
  await expect(win.button('Save')).toHaveAttribute('aria-disabled', 'true');
  expect(readFileSync(file, 'utf8')).toBe('struct quote { short bid; };\n');
});

test('a message of another ABI is told with its proof, and fields become columns of the log', async ({
  win,
  peer,
  names,
}) => {
  const { page } = win;
  await win.open('server', names, {});
  await (await peer('x86', orders(names.peerArgs, 3))).waitFor(/^order/);
  await win.log
    .getByRole('row', { name: /message/ })
    .first()
    .click();
  await decodeAs(win, 'x64');
  await expect(win.detail.getByRole('status')).toContainText(`It fits ${programOf('x86')} and not ${programOf('x64')}`);
  await win.button('Two ABIs').click();
  const lens = win.detail.getByRole('region', { name: 'Under two ABIs' });
  await expect(lens).toContainText('fits');
  await expect(
    lens.getByRole('button', { name: new RegExp(`bytes on ${programOf('x64')}, the message`) }),
  ).toBeVisible();
  await win.button('Two ABIs').click();

  await win.button(`Read it as ${programOf('x86')}…`).click();
  await dialog(win).getByRole('button', { name: 'Decode' }).click();
  await expect(win.detail.getByRole('status')).toHaveCount(0);
  await walkTo(win, /^account/);
  await field(win, /^account/).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Show as column' }).click();
  await expect(win.log.getByRole('columnheader', { name: 'account' })).toBeVisible();
  await expect(win.log.locator('.c-field').filter({ hasText: /^4000\d$/ })).toHaveText(['40001', '40002', '40003']);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('combobox', { name: 'Add a field' }).selectOption('symbol');
  await page.keyboard.press('Escape');
  await expect(win.rows('"INITECH"')).toHaveCount(1);
  await win.log.getByRole('columnheader', { name: 'account' }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Remove column' }).click();
  await expect(win.log.getByRole('columnheader', { name: 'account' })).toHaveCount(0);
});

test('a field is filtered by from its value, completed in the filter, and underlined where there is none', {
  tag: '@exhaustive',
}, async ({ win, peer, names, sharedData }) => {
  const { page } = win;
  await win.open('server', names, {});
  await (await peer('x64', orders(names.peerArgs, 6))).waitFor(/^order/);
  await win.log
    .getByRole('row', { name: /message/ })
    .first()
    .click();
  await decodeAs(win, 'x64');
  await walkTo(win, /^side/);
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Only side BUY' }).click();
  const filter = page.getByRole('combobox', { name: 'Filter' });
  await expect(filter).toHaveValue('order.side:BUY');
  await expect(win.log.getByRole('row', { name: /message/ })).toHaveCount(4);
  await filter.fill('order.hdr.s');
  await expect(page.getByRole('option', { name: /^order\.hdr\.seq:/ })).toBeVisible();
  await filter.fill('order.hdr.seq:>4');
  await expect(win.log.getByRole('row', { name: /message/ })).toHaveCount(2);
  await filter.fill('order.prise:>4');
  await expect(page.locator('.filter-error')).toContainText('There is no field');
  await expect(page.locator('.f-wrong')).toHaveText('order.prise');

  // Other types while the log is open: decoded again, and marks stay.
  await filter.fill('');
  await win.log.press('Control+m');
  const file = join(sharedData, 'types', 'order.h');
  writeFileSync(file, readFileSync(file, 'utf8').replace('long seq', 'long number'));
  await walkTo(win, /^number\d/);
  await expect(win.log.locator('.mark-flag')).toHaveCount(1);
});

test('a message is written as fields under the ABI of its reader, and two are compared field by field', async ({
  win,
  peer,
  names,
}) => {
  const { page, composer } = win;
  await win.open('server', names, {});
  await (await peer('x86', orders(names.peerArgs, 2))).waitFor(/^order/);
  const messages = win.log.getByRole('row', { name: /message/ });
  await messages.first().click();
  await decodeAs(win, 'x86');
  await win.button('Compare').click();
  await page.getByRole('menuitem', { name: 'Pin for comparison' }).click();
  await messages.nth(1).click();
  await win.button('Compare').click();
  await page.getByRole('menuitem', { name: 'Compare with #1' }).click();
  const comparison = page.getByRole('dialog', { name: /^Compare #1/ });
  await comparison.getByRole('tab', { name: 'Fields' }).click();
  await expect(comparison.locator('.compare-field.differing')).toHaveText([
    ...[/^hdr\.seq12$/, /^account/, /^context/, /^flagsHIDDEN 1POST_ONLY 2$/, /^quantity100200$/, /^venue12$/],
    ...[/^partialtruefalse$/, /^symbol"GLOBEX""INITECH"$/, /^price104\.625109\.25$/, /^crc/],
  ]);
  await page.keyboard.press('Escape');

  const reader = await peer('any', ['client', ...names.peerArgs, 'receive', '--count', '1']);
  await reader.waitFor('ready');
  await win.button('Resend').click();
  await page.getByRole('menuitem', { name: 'Edit and resend' }).click();
  const price = composer.getByRole('textbox', { name: 'price' });
  await expect(price).toHaveValue('109.25');
  await price.fill('cheap');
  await expect(composer.getByRole('alert')).toHaveText('A number is needed.');
  await price.fill('-0.5');
  await composer.getByRole('combobox', { name: 'side' }).selectOption('SELL');
  await composer.getByRole('checkbox', { name: 'urgent' }).check();
  await expect(composer).toContainText('CRC-32 of the bytes before it');
  await win.button('Send').click();
  const sent = (await reader.waitFor(/^message/)).split(' ').at(-1) ?? '';
  const bytes = Buffer.from(sent, 'hex');
  const crc = bytes.length - 4 - (SYSTEM === 'Windows' ? 4 : 0);
  expect(bytes.readDoubleLE(crc - 8)).toBe(-0.5);
  expect(bytes.readUInt32LE(crc)).toBe(crc32(bytes.subarray(0, crc)));
});
