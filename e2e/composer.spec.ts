import { readFileSync } from 'node:fs';
import { expect, test } from './fixtures.ts';

test('placeholders are shown expanded, counted, and sent so', async ({ win, peer, names }) => {
  await win.open('server', names);
  const client = await peer('x64', ['client', ...names.peerArgs, 'receive', '--count', '2', '--timeout', 'none']);
  await client.waitFor('ready');
  await win.field.fill('n={{n}} {{random:4}}');
  await expect(win.composer).toContainText('8 of 16,384 bytes');
  await expect(win.composer).toContainText(/e\.g\. n=1 [0-9a-f]{4}/);
  await win.field.press('Control+Enter');
  await client.waitFor(/^message 8 6e3d3120(3[0-9]|6[1-6]){4}$/);
  await expect(win.composer).toContainText(/e\.g\. n=2 /);

  await win.field.fill('{{nn}}');
  await expect(win.composer.getByRole('button', { name: /\{\{nn\}\} isn.t a placeholder/ })).toBeVisible();
  await expect(win.send).toHaveAttribute('aria-disabled', 'true');
  await win.composer.getByRole('checkbox', { name: 'Expand placeholders' }).uncheck();
  await win.field.press('Control+Enter');
  await client.waitFor('message 6 7b7b6e6e7d7d');
});

test('JSON is checked as it is typed, its fault shown, and formatted without a change to its numbers', {
  tag: '@exhaustive',
}, async ({ win, names }) => {
  await win.open('server', names);
  await win.composer.getByRole('tab', { name: 'JSON' }).click();
  await win.field.fill('{"id":}');
  const fault = win.composer.getByRole('button', { name: 'Not JSON: expected a value at position 7.' });
  await fault.click();
  const selected = '[document.activeElement.selectionStart, document.activeElement.selectionEnd]';
  expect(await win.page.evaluate(selected)).toEqual([6, 7]);
  await expect(win.send).toHaveAttribute('aria-disabled', 'true');
  await win.field.fill('{"id":18446744073709551615}');
  await win.composer.getByRole('button', { name: 'Format' }).click();
  await expect(win.field).toHaveValue('{\n  "id": 18446744073709551615\n}');
});

test('the hex editor inserts and overwrites by digit and by character, and undoes', { tag: '@exhaustive' }, async ({
  win,
  peer,
  names,
}) => {
  await win.open('server', names);
  const client = await peer('any', ['client', ...names.peerArgs, 'receive']);
  await client.waitFor('ready');
  const { composer, field } = win;
  await composer.getByRole('tab', { name: 'Hex' }).click();
  await field.focus();
  await win.page.keyboard.type('deadbeef');
  await expect(field).toHaveValue('de ad be ef');
  await win.page.keyboard.press('Home');
  await win.page.keyboard.press('Insert');
  await win.page.keyboard.type('01');
  await expect(field).toHaveValue('01 ad be ef');
  await win.page.keyboard.type('g');
  await expect(composer).toContainText('"g" is not a hex digit');
  await win.page.keyboard.press('Delete');
  await expect(field).toHaveValue('01 be ef');
  await win.page.keyboard.press('Control+z');
  await expect(field).toHaveValue('01 ad be ef');

  const paste = (text: string) =>
    win.page.evaluate(`{
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', ${JSON.stringify(text)});
      document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }`);
  await win.page.keyboard.press('Control+a');
  await paste('0000  01 ad be  ....');
  await expect(composer).toContainText('a part may be missing');
  await expect(field).toHaveValue('01 ad be ef');
  for (const text of ['0000  01 ad be ef  ....', '{0x01, 0xAD, 0xBE, 0xEF};', '\\x01\\xad\\xbe\\xef', '01:AD:BE:EF']) {
    await win.page.keyboard.press('Control+a');
    await win.page.keyboard.press('Delete');
    await expect(field).toHaveValue('');
    await paste(text);
    await expect(field).toHaveValue('01 ad be ef');
  }
  await win.page.keyboard.press('Home');
  await win.page.keyboard.press('ArrowRight');
  await win.page.keyboard.press('ArrowRight');

  await composer.getByRole('application', { name: 'Message as characters' }).focus();
  await win.page.keyboard.type('AB');
  await expect(field).toHaveValue('01 41 42 ef');
  await win.page.keyboard.press('Control+Enter');
  await client.waitFor('message 4 014142ef');
});

test("a file is sent as its bytes; one that the buffer can't hold is not taken", async ({ win, peer, names }) => {
  await win.open('server', names, { bufferSize: 64 });
  const client = await peer('x64', ['client', ...names.peerArgs, 'receive']);
  await client.waitFor('ready');
  await win.composer.getByRole('tab', { name: 'File' }).click();
  await expect(win.composer).toContainText('Choose a file to send.');
  const file = win.composer.getByLabel('File to send');
  const bin = (name: string, size: number) => ({ name, mimeType: '', buffer: Buffer.alloc(size, 0xfe) });
  await file.setInputFiles(bin('long.bin', 65));
  await expect(win.composer).toContainText('long.bin has 65 bytes, but the buffer holds 64.');
  await file.setInputFiles(bin('whole.bin', 64));
  await expect(win.composer).toContainText('64 of 64 bytes');
  await win.send.click();
  await client.waitFor(`message 64 ${'fe'.repeat(64)}`);
});

test('a template is saved in its folder, used, exported, deleted and imported', { tag: '@exhaustive' }, async ({
  win,
  names,
}) => {
  await win.open('server', names);
  await win.field.fill('poll {{n}}');
  await win.choose('Templates', 'Save and manage…');
  const dialog = win.page.getByRole('dialog', { name: 'Templates' });
  await dialog.getByLabel('Name').fill('poll');
  await dialog.getByLabel('Folder').fill('PLC');
  await dialog.getByRole('button', { name: 'Save this message' }).click();
  await expect(dialog).toContainText('Saved “poll”.');
  const downloading = win.page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export' }).click();
  const buffer = readFileSync(await (await downloading).path());
  await dialog.getByRole('button', { name: 'Delete poll' }).click();
  await expect(dialog).toContainText('No templates yet.');
  const input = dialog.getByLabel('Templates file');
  await input.setInputFiles({ name: 'bad.json', mimeType: '', buffer: Buffer.from('{}') });
  await expect(dialog).toContainText("Couldn't import bad.json.");
  await input.setInputFiles({ name: 'templates.json', mimeType: '', buffer });
  await expect(dialog).toContainText('1 template imported.');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await win.field.fill('something else');
  await win.page.reload();
  await win.choose('Templates', 'poll');
  await expect(win.field).toHaveValue('poll {{n}}');
});

test('what was sent before can be written again', { tag: '@exhaustive' }, async ({ win, names }) => {
  await win.open('server', names, { overrun: 'overwrite' });
  await win.sendText('first');
  await expect(win.composer).toContainText('Sent as #1');
  await win.sendText('second');
  await expect(win.composer).toContainText('Sent as #3');
  await win.choose('Templates', 'first');
  await expect(win.field).toHaveValue('first');
});

test('a message is repeated by the host, each with its number, and is done', async ({ win, peer, names }) => {
  await win.open('server', names);
  const client = await peer('x64', ['client', ...names.peerArgs, 'receive', '--count', '20', '--timeout', 'none']);
  await client.waitFor('ready');
  await win.field.fill('m{{n}}');
  await win.composer.getByRole('button', { name: 'Repeat…' }).click();
  await win.composer.getByLabel('Messages', { exact: true }).fill('20');
  await win.composer.getByLabel('every').fill('5');
  await win.composer.getByRole('button', { name: 'Start' }).click();
  await expect(win.composer).toContainText('Done: 20 of 20 sent');
  expect(await client.exited).toBe(0);
  const hex = (text: string) => Buffer.from(text).toString('hex');
  expect(client.lines.filter((line) => line.startsWith('message'))).toEqual(
    Array.from({ length: 20 }, (_, i) => `message ${i < 9 ? 2 : 3} ${hex(`m${i + 1}`)}`),
  );
});

test('repeating counts what was refused, and is stopped by the user', { tag: '@exhaustive' }, async ({
  win,
  names,
}) => {
  await win.open('server', names, { overrun: 'refuse' });
  await win.field.fill('nobody reads');
  await win.composer.getByRole('button', { name: 'Repeat…' }).click();
  await win.composer.getByLabel('Until').selectOption('time');
  await win.composer.getByLabel('Seconds', { exact: true }).fill('600');
  await win.composer.getByLabel('every').fill('20');
  await win.composer.getByRole('button', { name: 'Start' }).click();
  await expect(win.composer).toContainText(/1 sent, (?:[3-9]|[1-9][\d,]+) refused · every 20 ms for 10 m 00 s/);
  await win.composer.getByRole('button', { name: 'Stop' }).click();
  await expect(win.composer).toContainText(/Stopped: 1 sent, [\d,]+ refused/);
});
