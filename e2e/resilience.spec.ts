import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from './fixtures.ts';
import { AppWindow } from './window.ts';

test('a page that is loaded again finds its sessions, their logs and what goes on', async ({ win, peer, names }) => {
  await win.open('server', names);
  const client = await peer('x64', ['client', ...names.peerArgs, 'echo']);
  await client.waitFor('ready');
  await win.sendText('before');
  await win.expectRow(2, { direction: 'in', preview: 'before' });
  await win.page.reload();
  await expect(win.title).toHaveText(names.section);
  await win.expectRow(0, { kind: 'opened' });
  await win.expectRow(2, { direction: 'in', preview: 'before' });
  await expect(win.counter('in')).toHaveText('1 6 B');
  await win.sendText('after');
  await win.expectRow(4, { direction: 'in', preview: 'after' });
});

test('a host that is killed in a flood leaves its capture whole, and starts again on the same folder', {
  tag: '@exhaustive',
}, async ({ launch, peer, names, dataDir }) => {
  const app = await launch();
  const win = new AppWindow(app.page);
  await win.open('server', names);
  const client = await peer('any', ['client', ...names.peerArgs, 'flood', '--seconds', '60', '--timeout', '2000']);
  await client.waitFor('ready');
  const shown = async () => Number((await win.toolbar.locator('.log-count').innerText()).replace(/ of .*|,/g, ''));
  await expect.poll(shown).toBeGreaterThan(1000);
  const seen = await shown();
  await app.kill();

  const again = new AppWindow((await launch()).page);
  await expect(again.items).toHaveCount(0);
  const captures = readdirSync(join(dataDir, 'captures'))
    .filter((name) => name.endsWith('.sqlite'))
    .sort();
  expect(captures).toHaveLength(2);
  const { records, last, integrity } = inspect(join(dataDir, 'captures', String(captures[0])));
  expect(integrity).toBe('ok');
  expect(records, 'nothing that was shown is missing').toBeGreaterThanOrEqual(seen);
  expect(last, 'no number is missing').toBe(records - 1);

  await client.kill();
  await again.open('server', names);
  const next = await peer('x64', ['client', ...names.peerArgs, 'send', 'afterwards']);
  expect(await next.exited).toBe(0);
  await again.expectRow(1, { direction: 'in', preview: 'afterwards' });
});

/** What a capture of one session holds. */
function inspect(file: string): { records: number; last: number; integrity: string } {
  const db = new DatabaseSync(file);
  try {
    const count = db.prepare('SELECT count(*) AS records, max(seq) AS last FROM record').get();
    const check = db.prepare('PRAGMA integrity_check').get();
    return { ...count, integrity: check?.integrity_check } as ReturnType<typeof inspect>;
  } finally {
    db.close();
  }
}

test('the demo shows traffic within ten seconds of its start', async ({ launch }) => {
  const win = new AppWindow((await launch(['--demo'])).page);
  await expect(win.title).toHaveText('Local\\ShmscopeDemo');
  await expect(win.log.locator('.log-row.message').nth(3)).toBeVisible();
  await expect(win.counter('anomalies')).toHaveText('0');
});

test('a lost connection is reported, and made again by itself with nothing missing', { tag: '@served' }, async ({
  launch,
  peer,
  names,
}) => {
  const { page } = await launch();
  const win = new AppWindow(page);
  let cut: (() => Promise<void>) | undefined;
  let isDown = false;
  await page.routeWebSocket(/./, (socket) => {
    if (isDown) return void socket.close();
    socket.connectToServer();
    cut = () => socket.close();
  });
  await page.reload();
  await win.open('server', names);
  const client = await peer('x64', ['client', ...names.peerArgs, 'flood', '--count', '600', '--rate', '100']);
  await client.waitFor('ready');
  await expect.poll(() => win.received()).toBeGreaterThan(20);

  isDown = true;
  await cut?.();
  const banner = page.getByRole('alert').filter({ hasText: 'Lost the connection to the Shmscope host.' });
  await expect(banner).toBeVisible();
  await expect(page.getByText(/capturing/)).toBeHidden();
  isDown = false;
  await expect(banner).toBeHidden();
  await expect(win.title).toHaveText(names.section);
  await client.exited;
  await expect.poll(() => win.received()).toBe(600);
  await win.expectRowCount(601);
});

test('a host that is gone is reported in the window, which keeps what it shows', { tag: '@served' }, async ({
  page,
  app,
  names,
}) => {
  const win = new AppWindow(page);
  await win.open('server', names);
  await win.sendText('still in view');
  await win.expectRow(1, { direction: 'out', preview: 'still in view' });
  await app.kill();
  await expect(page.getByRole('alert')).toContainText(
    'Lost the connection to the Shmscope host. The window shows the last known state',
  );
  await win.expectRow(1, { direction: 'out', preview: 'still in view' });
  await win.field.fill('to nobody');
  await win.field.press('Control+Enter');
  await expect(win.composer).toContainText('Lost the connection to the host; the draft is kept.');
  await expect(win.send).toBeDisabled();
  await expect(win.field).toHaveValue('to nobody');
});
