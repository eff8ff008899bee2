import { expect, test } from './fixtures.ts';

const JSON_TEXT = '{"cmd":"status","id":18446744073709551615,"list":[1,2]}';

test('bytes are selected by mouse and keyboard on both sides, inspected and found', async ({ win, names }) => {
  await win.open('server', names);
  await win.sendHex('00 01 02 03 44 45 ad be ef 01 02 03 04 05 06 07 ff ad 11 ef');
  await win.row(1).click();
  await win.showDetail('Hex');
  const bytes = win.detail.getByRole('region', { name: 'Bytes in hex, 20 bytes' });
  const selected = bytes.locator('.hex-ascii .selected, .hex-ascii .cursor');
  await bytes.locator('.hex-bytes [data-at="4"]').click();
  await expect(selected).toHaveText(['D']);
  await win.page.keyboard.press('Shift+ArrowRight');
  await expect(selected).toHaveText(['D', 'E']);
  const inspector = win.detail.getByRole('region', { name: 'Data inspector' });
  await expect(inspector.getByRole('button', { name: 'u16 LE 17732, copy' })).toBeVisible();
  await inspector.getByRole('button', { name: /^Byte order/ }).click();
  await expect(inspector.getByRole('button', { name: 'u16 BE 17477, copy' })).toBeVisible();
  await inspector.getByRole('button', { name: 'All values' }).click();
  await expect(inspector.getByRole('button', { name: /^u64 LE \d+, copy/ })).toBeVisible();
  await inspector.getByRole('button', { name: 'All values' }).click();
  await inspector.getByRole('button', { name: /^Byte order/ }).click();

  await bytes.press('Control+f');
  await win.detail.getByLabel('Find as').selectOption('hex');
  const find = win.detail.getByLabel('Find', { exact: true });
  await find.fill('ad ?? ef');
  await find.press('Enter');
  await expect(win.detail).toContainText('0x0006 (6) · 3 selected');
  await find.press('Enter');
  await expect(win.detail).toContainText('0x0011 (17) · 3 selected');
  await find.press('Enter');
  await expect(win.detail).toContainText('at 6, wrapped to the start');
  await find.press('Shift+Enter');
  await expect(win.detail).toContainText('at 17, wrapped to the end');
  await win.detail.getByLabel('Go to offset').fill('0x10');
  await win.detail.getByLabel('Go to offset').press('Enter');
  await expect(win.detail).toContainText('0x0010 (16)');
});

test('text is found and marked, with its case or without', { tag: '@exhaustive' }, async ({ win, names }) => {
  await win.open('server', names);
  await win.sendText('one TWO größe two');
  await win.row(1).click();
  await win.showDetail('Text');
  await win.detail.getByRole('button', { name: 'Find in the payload' }).click();
  const find = win.detail.getByLabel('Find', { exact: true });
  await find.fill('two');
  await find.press('Enter');
  await expect(win.detail.locator('mark')).toHaveText('two');
  await win.detail.getByRole('button', { name: 'Match case' }).click();
  await find.press('Enter');
  await expect(win.detail).toContainText('at 16');
  await find.press('Enter');
  await expect(win.detail.locator('mark')).toHaveText('TWO');
  await find.fill('nowhere');
  await find.press('Enter');
  await expect(win.detail).toContainText('Not found');
});

test('a selection goes on below the bytes in view while the pointer is held there', { tag: '@exhaustive' }, async ({
  win,
  names,
}) => {
  await win.open('server', names);
  await win.sendText('0123456789abcdef'.repeat(200));
  await win.row(1).click();
  await win.showDetail('Hex');
  const bytes = win.detail.getByRole('region', { name: /^Bytes in hex/ });
  await bytes.locator('[data-at="3"]').first().hover();
  await win.page.mouse.down();
  const box = await bytes.boundingBox();
  if (!box) throw new Error('The bytes are not in view');
  await win.page.mouse.move(box.x + 100, box.y + box.height + 60);
  await expect(bytes).toContainText('0c70');
  await win.page.mouse.move(box.x + 100, box.y - 200);
  await expect(bytes).toContainText('0000');
  await expect(bytes.locator('.cursor').first()).toHaveAttribute('data-at', '0');
  await win.page.mouse.up();
});

test('JSON is a tree with all digits of its numbers; what is none says where', async ({ win, names }) => {
  await win.open('server', names, { overrun: 'overwrite' });
  await win.sendText(JSON_TEXT);
  await win.sendText('{"cmd":}');
  await win.row(1).click();
  await win.detail.getByRole('tab', { name: 'JSON' }).click();
  const tree = win.detail.getByRole('region', { name: 'Payload as a JSON tree' });
  await expect(tree).toContainText('18446744073709551615');
  await expect(tree.getByRole('listitem')).toHaveCount(6);
  await tree.getByRole('button').last().click();
  await expect(tree.getByRole('listitem')).toHaveCount(4);
  await win.rows('{"cmd":}').click();
  await expect(win.detail).toContainText('Not JSON: expected a value at position 8.');
});

test('what is selected is copied in the form that is chosen', { tag: '@exhaustive' }, async ({ win, names }) => {
  await win.open('server', names);
  await win.sendHex('41 42 22 ff');
  await win.row(1).click();
  await win.showDetail('Hex');
  await win.detail.getByRole('region', { name: /^Bytes in hex/ }).press('Control+a');
  const copied = () => win.page.evaluate('globalThis.copied');
  // What reaches the clipboard, as the page writes it.
  await win.page.evaluate(
    `document.addEventListener('copy', (event) => { globalThis.copied = event.clipboardData.getData('text/plain') }, true);
     const write = DataTransfer.prototype.setData;
     DataTransfer.prototype.setData = function (type, text) { globalThis.copied = text; write.call(this, type, text) }`,
  );
  for (const [form, text] of [
    ['As Rust byte string', 'b"AB\\"\\xff"'],
    ['As base64', 'QUIi/w=='],
    ['As hex', '41 42 22 ff'],
    ['As C array', 'const unsigned char data[4] = {\n  0x41, 0x42, 0x22, 0xff,\n};\n'],
  ] as const) {
    await win.choose('Copy', form);
    await expect.poll(copied).toBe(text);
  }
});

test('two records are compared byte by byte and line by line', { tag: '@exhaustive' }, async ({ win, names }) => {
  await win.open('server', names, { overrun: 'overwrite' });
  await win.sendText('same\nabc\nend');
  await expect(win.composer).toContainText('Sent as #1');
  await win.sendText('same\naXc\nend!');
  await expect(win.composer).toContainText('Sent as #3');
  await win.row(1).click();
  await win.choose('Compare', 'Pin for comparison');
  await win.row(3).click();
  await win.choose('Compare', 'Compare with #1');
  const dialog = win.page.getByRole('dialog', { name: 'Compare #1 with #3' });
  await expect(dialog).toContainText('12 bytes and 13 bytes, 1 more');
  await expect(dialog).toContainText('2 bytes differ in 2 places');
  await dialog.getByRole('button', { name: 'Next difference' }).click();
  await expect(dialog).toContainText('1 of 2');
  await expect(dialog.locator('.compare-hex .current')).toHaveText(['62', '58']);
  await dialog.getByRole('tab', { name: 'Lines' }).click();
  await expect(dialog).toContainText('4 lines differ');
  await dialog.getByRole('button', { name: 'Close the comparison' }).click();
  await expect(dialog).toBeHidden();
});

test('a record is sent again as it is, or edited first: text as text, other bytes in hex', async ({
  win,
  peer,
  names,
}) => {
  await win.open('server', names);
  const client = await peer('any', ['client', ...names.peerArgs, 'receive', '--count', '3', '--timeout', 'none']);
  await client.waitFor('ready');
  await win.sendText('again {{n}}');
  await client.waitFor('message 7 616761696e2031');
  await win.row(1).click();
  await win.choose('Resend', 'Resend unchanged');
  await win.expectRow(2, { direction: 'out', kind: 'message', preview: 'again 1' });
  await win.field.fill('');
  await win.choose('Resend', 'Edit and resend');
  await expect(win.field).toHaveValue('again 1');
  await win.sendHex('ff 00');
  await client.waitFor('message 2 ff00');
  await win.rows('ff 00').click();
  await win.composer.getByRole('tab', { name: 'File' }).click();
  await win.choose('Resend', 'Edit and resend');
  await expect(win.composer.getByRole('tab', { name: 'Hex' })).toHaveAttribute('aria-selected', 'true');
  await expect(win.field).toHaveValue('ff 00');
});
