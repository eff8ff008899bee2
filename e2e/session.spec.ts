import { expect, test } from './fixtures.ts';

for (const [layout, arch] of [
  ['sized', 'x64'],
  ['sized', 'x86'],
  ['fixed', 'x86'],
  ['fixed64', 'x64'],
] as const) {
  test(`a server of layout ${layout} talks with a native ${arch} client, and everything about it is shown`, async ({
    win,
    peer,
    names,
  }) => {
    await win.open('server', names, { layout });
    await expect(win.badges).toContainText(`server${layout}16 KiB per direction`);
    await win.expectGauge('s2c', '0 percent, 0 bytes, never used');
    const client = await peer(arch, ['client', ...names.peerArgs, '--layout', layout, 'echo']);
    await client.waitFor('ready');

    await win.sendText('größe ✓');
    await win.expectRow(0, { seq: 0, kind: 'opened' });
    await win.expectRow(1, { seq: 1, direction: 'out', kind: 'message', size: 11, preview: 'größe ✓' });
    await win.expectRow(2, { seq: 2, direction: 'in', kind: 'message', size: 11, preview: 'größe ✓' });
    await expect(win.composer.getByText('Sent as #1, 11 bytes')).toBeVisible();
    await expect(win.counter('in')).toHaveText('1 11 B');
    await expect(win.counter('out')).toHaveText('1 11 B');
    await expect(win.counter('anomalies')).toHaveText('0');
    await win.expectGauge('s2c', '1 percent, 11 bytes, read');
    await win.expectGauge('c2s', '1 percent, 11 bytes, read');

    await win.sendText('x'.repeat(16384));
    await win.expectRow(4, { seq: 4, direction: 'in', kind: 'message', size: 16384, preview: /^x{160}…$/ });
    await win.expectGauge('s2c', '100 percent, 16,384 bytes, read');
    await expect(win.page.getByText('100 % 16,384 of 16,384')).toHaveCount(2);
    await expect(win.counter('in')).toHaveText('2 16.0 KiB');
  });
}

test('a client finds the layout of a native x86 server by itself and talks with it', async ({ win, peer, names }) => {
  const server = await peer('x86', ['server', ...names.peerArgs, '--buffer-size', '1024', 'echo']);
  await server.waitFor('ready');
  await win.open('client', names);
  await expect(win.badges).toContainText('clientsized1 KiB per direction');
  await win.sendText('{"cmd":"status"}');
  await win.expectRow(2, { direction: 'in', kind: 'message', size: 16, preview: '{"cmd":"status"}' });
  await win.expectGauge('c2s', '2 percent, 16 bytes, read');
});

test('a client tells the layout fixed by a message that stands in its slot', { tag: '@exhaustive' }, async ({
  win,
  peer,
  names,
}) => {
  const sends = ['send', 'from a fixed server', '--timeout', 'none'];
  const server = await peer('x64', ['server', ...names.peerArgs, '--layout', 'fixed', ...sends]);
  await server.waitFor('ready');
  // The message may be there only a moment after the server is ready.
  await win.open('client', names, { wait: true });
  await expect(win.badges).toContainText('clientfixed16 KiB per direction');
  await expect(win.rows('from a fixed server')).toBeVisible();
});

for (const [layout, arch] of [
  ['fixed', 'x86'],
  ['fixed64', 'x64'],
] as const) {
  test(`a layout that the bytes can't tell is asked for, and ${layout} works when it is chosen`, async ({
    win,
    peer,
    names,
  }) => {
    const server = await peer(arch, ['server', ...names.peerArgs, '--layout', layout, 'echo']);
    await server.waitFor('ready');
    await win.fill('client', names);
    await win.submit();
    await expect(win.dialog.getByRole('alert')).toContainText('can have the layout "fixed64" or "fixed"');
    await win.dialog.getByRole('button', { name: `Open as ${layout}`, exact: true }).click();
    await expect(win.badges).toContainText(`client${layout}16 KiB per direction`);
    await win.sendText('chosen');
    await win.expectRow(2, { direction: 'in', kind: 'message', size: 6, preview: 'chosen' });
  });
}

test('two sessions at once keep their traffic apart', { tag: '@exhaustive' }, async ({
  win,
  peer,
  names,
  newNames,
}) => {
  const others = newNames();
  await win.open('server', names);
  await win.open('server', others, { layout: 'fixed' });
  const [first, second] = await Promise.all([
    peer('x64', ['client', ...names.peerArgs, 'echo']),
    peer('any', ['client', ...others.peerArgs, '--layout', 'fixed', 'echo']),
  ]);
  await Promise.all([first.waitFor('ready'), second.waitFor('ready')]);

  await win.sendText('to the second');
  await win.expectRow(2, { direction: 'in', preview: 'to the second' });
  await win.item(names).click();
  await expect(win.title).toHaveText(names.section);
  await win.expectRowCount(1);
  await win.sendText('to the first');
  await win.expectRow(2, { direction: 'in', preview: 'to the first' });
  await expect(win.item(names)).toContainText('server · sized');
  await expect(win.item(others)).toContainText('server · fixed');
  await expect(win.items.locator('.session-count')).toHaveText(['2', '2']);
});

test('send close says exit to the peer, and the session stays open', async ({ win, peer, names }) => {
  await win.open('server', names);
  const client = await peer('x64', ['client', ...names.peerArgs, 'receive', '--count', '0', '--timeout', 'none']);
  await client.waitFor('ready');
  await win.sendText('last words');
  await win.button('Send close').click();
  await client.waitFor('message 10 6c61737420776f726473');
  await client.waitFor('exit');
  expect(await client.exited).toBe(4);
  await win.expectRow(2, { direction: 'out', kind: 'exit', preview: 'We sent exit.' });
  await win.expectGauge('s2c', /exit$/);
  await expect(win.badges).toContainText('open');
});

test('send close waits for a message that nobody reads, and says that it will never be seen', {
  tag: '@exhaustive',
}, async ({ win, names }) => {
  await win.open('server', names);
  await win.sendText('unread');
  await win.button('Send close').click();
  await expect(win.page.getByRole('alert')).toContainText('Exit replaced an unread message.');
  await win.expectRow(2, {
    direction: 'out',
    kind: 'anomaly',
    preview: /^overrun — The peer has not read #1 for [\d,]+ ms; exit replaced it\.$/,
  });
  await win.expectRow(3, { direction: 'out', kind: 'exit' });
  await win.button('Dismiss').click();
  await expect(win.page.getByRole('alert')).toHaveCount(0);
});

test("the peer's exit is shown, and taken back when it sends again", { tag: '@exhaustive' }, async ({
  win,
  peer,
  names,
}) => {
  const server = await peer('any', ['server', ...names.peerArgs, '--until-stdin-closes', 'misbehave', 'exit']);
  await server.waitFor('done');
  await win.open('client', names);
  await expect(win.badges).toContainText('peer exited');
  await expect(win.status).toHaveText('The peer sent exit and nothing since.');
  await win.expectRow(1, { direction: 'in', kind: 'exit', preview: 'The peer sent exit.' });
  await expect(win.item(names)).toContainText('exited');
  server.closeInput();
  await win.expectRow(2, { direction: 'in', kind: 'exit' });
  expect(await server.exited).toBe(0);

  const next = await peer('x64', ['server', '--take-over', ...names.peerArgs, 'echo']);
  await next.waitFor('ready');
  await win.expectRow(3, { direction: 'in', kind: 'anomaly', preview: /^header-changed — The server was restarted/ });
  await win.sendText('are you back?');
  await win.expectRow(5, { direction: 'in', kind: 'message', preview: 'are you back?' });
  await expect(win.badges).toContainText('open');
  await expect(win.status).toBeEmpty();
});

test('a closed session keeps its log in view until it is removed', async ({ win, peer, names }) => {
  await win.open('server', names);
  const client = await peer('x64', ['client', ...names.peerArgs, 'echo']);
  await client.waitFor('ready');
  await win.sendText('kept');
  await win.expectRow(2, { direction: 'in', preview: 'kept' });
  await win.choose('Close', 'Close and keep the log open');
  await expect(win.badges).toContainText('closed');
  await expect(win.status).toHaveText('Closed. All handles are released; the log stays.');
  await win.expectRow(2, { direction: 'in', preview: 'kept' });
  await win.expectRow(3, { kind: 'closed' });
  await expect(win.composer).toContainText("The session is closed, so it can't send.");
  await expect(win.send).toBeDisabled();
  await win.row(2).click();
  await expect(win.detail.getByLabel('Payload as text')).toHaveText('kept');

  await win.button('Remove from list').click();
  await expect(win.items).toHaveCount(0);
  // The peer still holds the channel, so the first page starts with what is running.
  await expect(win.page.getByRole('heading', { name: 'Open one end of a channel' })).toBeVisible();
});

test('a peer that is killed takes nothing along, and the next one finds the channel', async ({ win, peer, names }) => {
  await win.open('server', names);
  const first = await peer('any', ['client', ...names.peerArgs, 'echo']);
  await first.waitFor('ready');
  await win.sendText('to the first');
  await win.expectRow(2, { direction: 'in', preview: 'to the first' });
  await first.kill();

  await win.sendText('to nobody yet');
  await win.expectGauge('s2c', '1 percent, 13 bytes, unread');
  await expect(win.page.locator('.gauge-state').first()).toHaveText(/^unread \d+\.\d s$/);
  const second = await peer('x64', ['client', ...names.peerArgs, 'echo']);
  await second.waitFor('ready');
  await win.expectRow(4, { seq: 4, direction: 'in', preview: 'to nobody yet' });
  await expect(win.badges).toContainText('open');
});

test('what is being written belongs to its session', { tag: '@exhaustive' }, async ({ win, names, newNames }) => {
  const others = newNames();
  await win.open('server', names);
  await win.field.fill('half a sentence');
  await win.open('server', others);
  await expect(win.field).toHaveValue('');
  await win.item(names).click();
  await expect(win.field).toHaveValue('half a sentence');
});
