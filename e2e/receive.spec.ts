import { expect, test } from './fixtures.ts';

test('continuous receiving counts each wait that ends without a message, until it is stopped', async ({
  win,
  peer,
  names,
}) => {
  await win.open('server', names, { timeoutMs: 50 });
  await expect(win.page.getByText('Receiving, 50 ms per wait')).toBeVisible();
  await expect.poll(async () => Number(await win.counter('timeouts').textContent())).toBeGreaterThan(2);
  await expect(win.rows(/timeout ×\d+No message for [\d.]+ m?s/)).toBeVisible();

  await win.button('Stop receiving').click();
  await expect(win.page.getByText('Not receiving. Messages from the peer stay in its slot.')).toBeVisible();
  const client = await peer('x64', ['client', ...names.peerArgs, 'receive']);
  await client.waitFor('ready');
  const stopped = await win.counter('timeouts').textContent();
  await win.sendText('some time later');
  await client.waitFor(/^message 15 /);
  await expect(win.rows('some time later')).toBeVisible();
  await expect(win.counter('timeouts')).toHaveText(String(stopped));
  await expect(win.counter('errors')).toHaveText('0');
});

test('what is not received stays in its slot, and is received once when asked for', async ({ win, peer, names }) => {
  await win.open('server', names, { timeoutMs: null });
  const client = await peer('any', ['client', ...names.peerArgs, 'send', 'first', 'second', '--timeout', 'none']);
  await client.waitFor('ready');
  await win.expectGauge('c2s', '1 percent, 5 bytes, unread');
  await win.expectRowCount(1);

  await win.page.getByLabel('timeout').fill('5000');
  await win.choose('Once', 'One message, up to 5,000 ms');
  await win.expectRow(1, { direction: 'in', kind: 'message', size: 5, preview: 'first' });
  await win.expectGauge('c2s', '1 percent, 6 bytes, unread');
  await expect(win.page.getByText('Not receiving')).toBeVisible();
  await win.expectRowCount(2);

  await win.choose('Once', 'One message, no timeout');
  await win.expectRow(2, { direction: 'in', kind: 'message', size: 6, preview: 'second' });
  expect(await client.exited).toBe(0);
});

test('receiving once ends with a timeout when nothing comes', { tag: '@exhaustive' }, async ({ win, names }) => {
  await win.open('server', names, { timeoutMs: null });
  await win.page.getByLabel('timeout').fill('80');
  await win.choose('Once', 'One message, up to 80 ms');
  await win.expectRow(1, { direction: 'in', kind: 'timeout', preview: 'No message for 80 ms.' });
  await expect(win.page.getByText('Not receiving')).toBeVisible();
  await expect(win.counter('timeouts')).toHaveText('1');
});

test('a wait without a limit goes on until it is cancelled, and leaves no record', { tag: '@exhaustive' }, async ({
  win,
  peer,
  names,
}) => {
  await win.open('server', names, { timeoutMs: null });
  await win.choose('Once', 'One message, no timeout');
  await expect(win.page.getByText('Waiting for one message, no timeout')).toBeVisible();
  await win.button('Cancel').click();
  await expect(win.page.getByText('Not receiving')).toBeVisible();
  await win.expectRowCount(1);

  await win.choose('Once', 'One message, no timeout');
  const client = await peer('x64', ['client', ...names.peerArgs, 'send', 'in the end']);
  expect(await client.exited).toBe(0);
  await win.expectRow(1, { direction: 'in', kind: 'message', preview: 'in the end' });
});

test('a timeout that is none is not taken, and the reason stands beside it', { tag: '@exhaustive' }, async ({
  win,
  names,
}) => {
  await win.open('server', names, { timeoutMs: null });
  for (const [typed, reason] of [
    ['0', 'Timeout must be at least 1.'],
    ['soon', 'Timeout must be a number.'],
    ['1.5', 'Timeout must be a whole number.'],
    ['99999999', 'Timeout must be at most 86,400,000.'],
  ] as const) {
    await win.page.getByLabel('timeout').fill(typed);
    await expect(win.page.locator('.receive').getByRole('alert')).toHaveText(reason);
    await expect(win.button('Receive')).toBeDisabled();
  }
  await win.page.getByLabel('timeout').fill('1,000');
  await win.button('Receive').click();
  await expect(win.page.getByText('Receiving, 1,000 ms per wait')).toBeVisible();
});
