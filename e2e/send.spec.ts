import { expect, test } from './fixtures.ts';

test('hex is sent as the bytes that it says, text turns into hex and back', { tag: '@exhaustive' }, async ({
  win,
  peer,
  names,
}) => {
  await win.open('server', names);
  const client = await peer('any', ['client', ...names.peerArgs, 'receive', '--count', '2', '--timeout', 'none']);
  await client.waitFor('ready');
  await win.sendHex('00 ff 0D0a\n80');
  await client.waitFor('message 5 00ff0d0a80');
  await win.expectRow(1, { direction: 'out', kind: 'message', size: 5, preview: '00 ff 0d 0a 80' });

  await win.field.fill('e2 9c 93');
  await win.composer.getByRole('tab', { name: 'Text' }).click();
  await expect(win.field).toHaveValue('✓');
  await win.field.press('Control+Enter');
  await client.waitFor('message 3 e29c93');
});

test("bytes that aren't text stay hex, and nothing of them is lost", { tag: '@exhaustive' }, async ({ win, names }) => {
  await win.open('server', names);
  await win.composer.getByRole('tab', { name: 'Hex' }).click();
  await win.field.fill('c3 28');
  await win.composer.getByRole('tab', { name: 'Text' }).click();
  await expect(win.composer).toContainText("These bytes aren't UTF-8");
  await expect(win.field).toHaveValue('c3 28');
});

test('invalid hex is not sent, and its place is shown', { tag: '@exhaustive' }, async ({ win, names }) => {
  await win.open('server', names);
  await win.composer.getByRole('tab', { name: 'Hex' }).click();
  await win.field.fill('00 11\n2g');
  const fault = win.composer.getByRole('button', { name: '"g" at line 2, position 2 is not a hex digit (0–9, a–f).' });
  await expect(fault).toBeVisible();
  await expect(win.field).toHaveAttribute('aria-invalid', 'true');
  await win.field.press('Control+Enter');
  await fault.click();
  const selected = '[document.activeElement.selectionStart, document.activeElement.selectionEnd]';
  expect(await win.page.evaluate(selected)).toEqual([7, 8]);

  await win.field.fill('0');
  await expect(win.composer).toContainText('A byte needs two digits; "0" at position 1 is on its own.');
  await expect(win.send).toBeDisabled();
  await win.expectRowCount(1);
});

test('a payload over the capacity is refused as it is typed, one that fills the buffer is sent', async ({
  win,
  peer,
  names,
}) => {
  await win.open('server', names, { bufferSize: 64 });
  await win.field.fill(`${'x'.repeat(63)}é`);
  await expect(win.composer).toContainText('65 of 64 bytes');
  await expect(win.composer).toContainText(
    '1 byte too long: the buffer holds 64, and Shmscope never truncates messages.',
  );
  await win.field.press('Control+Enter');
  await expect(win.send).toBeDisabled();

  const client = await peer('x64', ['client', ...names.peerArgs, 'receive']);
  await client.waitFor('ready');
  await win.sendText('y'.repeat(64));
  await client.waitFor(`message 64 ${'79'.repeat(64)}`);
  await win.expectRow(1, { direction: 'out', kind: 'message', size: 64 });
  await win.expectRowCount(2);
  await win.expectGauge('s2c', '100 percent, 64 bytes, read');
});

test('an empty message is a message', { tag: '@exhaustive' }, async ({ win, peer, names }) => {
  await win.open('server', names);
  const client = await peer('any', ['client', ...names.peerArgs, 'echo']);
  await client.waitFor('ready');
  await win.composer.getByRole('button', { name: 'Send empty message' }).click();
  await win.expectRow(1, { direction: 'out', kind: 'message', size: 0, preview: 'empty message' });
  await win.expectRow(2, { direction: 'in', kind: 'message', size: 0, preview: 'empty message' });
  await win.row(2).click();
  await expect(win.detail).toContainText('Empty message (0 bytes).');
  await expect(win.counter('in')).toHaveText('1 0 B');
});

test('a refused overrun keeps the message in the composer, and its anomaly stands red in the log', async ({
  win,
  peer,
  names,
}) => {
  await win.open('server', names, { overrun: 'refuse' });
  await win.sendText('unread');
  await win.expectGauge('s2c', '1 percent, 6 bytes, unread');
  await win.sendText('not to be lost');
  await expect(win.composer).toContainText(
    /Not sent\. The message was not sent: the peer has not read #1 for .+; refused\./,
  );
  await expect(win.field).toHaveValue('not to be lost');
  await win.expectRow(2, {
    direction: 'out',
    kind: 'anomaly',
    preview: /^overrun — The peer has not read #1 for [\d,]+ ms; refused\.$/,
  });
  await expect(win.row(2).getByText('anomaly')).toHaveCSS('color', 'rgb(179, 38, 30)');
  await expect(win.counter('anomalies')).toHaveText('1');
  await expect(win.item(names)).toContainText('▲ 1');

  const client = await peer('x64', ['client', ...names.peerArgs, 'receive', '--count', '2']);
  await client.waitFor('message 6 756e72656164');
  await win.field.press('Control+Enter');
  await client.waitFor('message 14 6e6f7420746f206265206c6f7374');
});

test('a send that waits is sent when the peer reads in time, and refused when it does not', async ({
  win,
  peer,
  names,
}) => {
  await win.open('server', names);
  await win.sendText('unread');
  await win.sendText('waits for it');
  await expect(win.composer).toContainText(
    /Not sent\. .* has not read #1 for [\d,]+ ms; waited 1,\d\d\d ms, refused\./,
  );
  const client = await peer('x64', ['client', ...names.peerArgs, 'receive', '--count', '0', '--timeout', 'none']);
  await client.waitFor('message 6 756e72656164');
  await win.field.press('Control+Enter');
  await client.waitFor('message 12 776169747320666f72206974');
  await expect(win.composer).toContainText('Sent as #3, 12 bytes');
});

test('an overwrite is reported and recorded', { tag: '@exhaustive' }, async ({ win, names }) => {
  await win.open('server', names);
  await win.sendText('to be overwritten');
  await win.expectRow(1, { direction: 'out', kind: 'message' });
  await win.composer.getByLabel('If unread').selectOption('overwrite');
  await win.sendText('stands now');
  await expect(win.composer).toContainText('Sent as #3, 10 bytes, overwrote an unread message');
  await win.expectRow(2, {
    direction: 'out',
    kind: 'anomaly',
    preview: /^overrun — The peer has not read #1 .*overwritten\.$/,
  });
  await win.expectRow(3, { direction: 'out', kind: 'message', preview: 'stands now' });
  await win.expectGauge('s2c', '1 percent, 10 bytes, unread');
});
