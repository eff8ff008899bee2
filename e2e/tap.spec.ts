import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import type { Peer, PeerArch } from './hosts/peer.ts';
import type { Names } from './names.ts';
import { AppWindow } from './window.ts';

type StartPeer = (arch: PeerArch, args: readonly string[]) => Promise<Peer>;

/** A 64-bit server that answers a 32-bit client, which asks a few times a second. */
async function talkingPair(peer: StartPeer, { peerArgs }: Names): Promise<readonly [Peer, Peer]> {
  const server = await peer('x64', ['server', ...peerArgs, 'talk', '--interval', '1000000']);
  await server.waitFor('ready');
  const client = await peer('any', ['client', ...peerArgs, 'talk', '--interval', '150']);
  return [server, client];
}

/** The server's answer, which the client also gives to its first message. */
const replies = (win: AppWindow) => win.rows(/S→C.*"reply"/);

test('a tap shows what two programs of different bitness say to each other, and can do nothing but look', async ({
  win,
  peer,
  names,
}) => {
  await talkingPair(peer, names);
  await win.openTap(names);
  await expect(win.badges).toContainText('tapsized16 KiB per directionopen');
  await expect(win.rows('C→S').first()).toBeVisible();
  const reply = replies(win).first();
  await expect(reply).toBeVisible();

  await expect(win.composer).toHaveCount(0);
  for (const name of ['Send close', 'Receive', 'Stop receiving']) await expect(win.button(name)).toHaveCount(0);
  await expect(win.page.getByText(/^event (set|clear)$/)).toHaveCount(2);
  await expect(win.counter('S→C')).not.toHaveText(/^0/);
  await expect(win.counter('latency p50 / p99')).toHaveText(/\d .*\/ \d/);
  await expect(win.item(names)).toContainText(/tap · sized · \d+\/s/);

  await win.log.press('Home');
  await reply.click();
  await expect(win.detail).toContainText('server to client');
  await expect(win.detail.getByRole('button', { name: 'Resend' })).toHaveCount(0);

  await win.button('Read-only').click();
  const rights = win.page.getByRole('dialog', { name: 'Rights held' });
  await expect(rights.getByRole('definition')).toHaveText(['FILE_MAP_READ', 'EVENT_QUERY_STATE', 'EVENT_QUERY_STATE']);
  await expect(rights.getByRole('term')).toHaveText([names.section, names.eventS2c, names.eventC2s]);
  await win.page.keyboard.press('Escape');
  await expect(rights).toHaveCount(0);
});

test('the log of a tap is filtered by lane, from its chips and from the menu of a row', { tag: '@exhaustive' }, async ({
  win,
  peer,
  names,
}) => {
  await talkingPair(peer, names);
  await win.openTap(names);
  const reply = replies(win).first();
  await expect(reply).toBeVisible();
  await win.log.press('Home');
  await reply.getByText('S→C').click({ button: 'right' });
  await win.page.getByRole('menuitem', { name: 'Only lane S→C' }).click();
  const filter = win.page.getByRole('combobox', { name: 'Filter' });
  await expect(filter).toHaveValue('lane:s2c');
  await expect(win.rows('C→S')).toHaveCount(0);
  await expect(win.toolbar.getByRole('button', { name: 'S→C' })).toHaveAttribute('aria-pressed', 'true');

  await win.toolbar.getByRole('button', { name: 'S→C' }).click();
  await win.toolbar.getByRole('button', { name: 'C→S' }).click();
  await expect(filter).toHaveValue('lane:c2s');
  await expect(win.rows('C→S').first()).toBeVisible();
  await expect(win.rows('S→C')).toHaveCount(0);
});

test('the mode of a tap is changed while it looks', { tag: '@exhaustive' }, async ({ win, peer, names }) => {
  await talkingPair(peer, names);
  await win.openTap(names, { mode: 'gentle' });
  await win.button('Tap mode: gentle').click();
  await win.page.getByRole('menuitemradio', { name: /^full speed/ }).click();
  await expect(win.button('Tap mode: full speed')).toBeVisible();
  await win.button('Tap mode: full speed').click();
  await win.page.getByRole('menuitemradio', { name: /^adaptive/ }).click();
  await expect(win.button('Tap mode: adaptive')).toBeVisible();
});

test('a tap of nothing says so in the dialog, and offers to wait for the channel', async ({ win, peer, names }) => {
  await win.fillTap(names);
  await expect(win.dialog).toContainText('A tap only observes.');
  await win.submit();
  await expect(win.dialog.getByRole('alert')).toContainText("Couldn't open the tap");
  await win.dialog.getByRole('button', { name: 'Wait for the channel' }).click();
  await expect(win.badges).toContainText('waiting');
  await expect(win.status).toContainText('Waiting for the channel: There is no section named');
  await talkingPair(peer, names);
  await expect(win.badges).toContainText('open');
  await expect(replies(win).first()).toBeVisible();
});

test('a wait with a limit ends with it, and says for how long it waited', { tag: '@exhaustive' }, async ({
  win,
  names,
}) => {
  await win.fillTap(names, { waitMs: 0 });
  await win.dialog.getByLabel('Longest wait').fill('soon');
  await expect(win.dialog).toContainText('Timeout must be a number.');
  await win.dialog.getByLabel('Longest wait').fill('300');
  await win.submit();
  await expect(win.badges).toContainText('failed');
  await expect(win.status).toContainText('No channel appeared within 300 ms');
});

test('a tap of ends with different layouts says so above its log, and leads to the lens', async ({
  win,
  peer,
  names,
}) => {
  const send = (text: string) => ['send', text, '--timeout', 'none'];
  const server = await peer('x64', ['server', ...names.peerArgs, '--layout', 'fixed64', ...send('hello there')]);
  await server.waitFor('ready');
  await win.openTap(names);
  await peer('any', ['client', ...names.peerArgs, '--layout', 'fixed', ...send('and back')]);
  const note = win.page.locator('[data-pane=header]').getByText('The server uses "fixed64"');
  await expect(note).toBeVisible();
  await note.getByRole('button', { name: 'Show the bytes in the layout lens' }).click();
  await expect(win.page.getByRole('heading', { level: 1, name: 'Layout lens' })).toBeVisible();
});

test('a tap lets go when both programs have gone, and says so', { tag: '@exhaustive' }, async ({
  win,
  peer,
  names,
}) => {
  const pair = await talkingPair(peer, names);
  await win.openTap(names);
  await expect(replies(win).first()).toBeVisible();
  for (const each of pair) await each.kill();
  await expect(win.badges).toContainText('programs left');
  await expect(win.status).toContainText('Both programs have left, so the tap released the channel');
  await expect(win.rows('Both ends have closed')).toBeVisible();
  await expect(win.button('Remove from list')).toBeVisible();
});

test('a tap that follows restarts waits for the channel to come again, in the same log', async ({
  win,
  peer,
  names,
}) => {
  const pair = await talkingPair(peer, names);
  await win.openTap(names, { follow: true });
  await expect(replies(win).first()).toBeVisible();
  for (const each of pair) await each.kill();
  await expect(win.badges).toContainText('waiting');
  await talkingPair(peer, names);
  await expect(win.badges).toContainText('open');
  await win.log.press('Home');
  await expect(win.rows('Opened as tap').first()).toBeVisible();
  await win.page.getByRole('combobox', { name: 'Filter' }).fill('kind:opened');
  await win.expectRowCount(2);
});

test('what a tap saw is exported by lane, and comes back as a tap from a capture', { tag: '@exhaustive' }, async ({
  page,
  peer,
  names,
  dataDir,
}) => {
  const win = new AppWindow(page);
  const pair = await talkingPair(peer, names);
  await win.openTap(names);
  await expect(replies(win).first()).toBeVisible();
  for (const each of pair) await each.kill();
  await expect(win.badges).toContainText('programs left');

  for (const format of ['JSON Lines', 'CSV', 'Plain text', 'HTML']) await exportAs(win, format);
  await expect(win.button('4 jobs ended')).toBeVisible();
  const folder = join(dataDir, 'exports');
  const files = readdirSync(folder);
  expect(files.map((file) => file.split('.').at(-1)).sort()).toEqual(['csv', 'html', 'jsonl', 'txt']);
  const textOf = (ending: string) =>
    readFileSync(join(folder, files.find((file) => file.endsWith(ending)) ?? ''), 'utf8');
  const [, ...records] = textOf('jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const directions = new Set(records.filter(({ kind }) => kind === 'message').map(({ direction }) => direction));
  expect([...directions].sort()).toEqual(['c2s', 's2c']);
  for (const ending of ['csv', 'html', 'txt']) expect(textOf(ending), ending).toMatch(/s2c|S→C/);

  await win.button('Captures').click();
  const chooser = page.waitForEvent('filechooser');
  await win.button('Import…').click();
  await (await chooser).setFiles(join(folder, files.find((file) => file.endsWith('jsonl')) ?? ''));
  const imported = page.locator('.captures-table tbody').filter({ hasText: 'imported-' });
  await imported.getByRole('button', { name: /^Open / }).click();
  await expect(win.badges).toContainText('tapclosed');
  await expect(replies(win).first()).toBeVisible();
  await expect(win.composer).toHaveCount(0);
});

async function exportAs(win: AppWindow, format: string): Promise<void> {
  const { page } = win;
  await page.keyboard.press('Control+s');
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog
    .getByRole('radio', { name: new RegExp(`^${format}`) })
    .first()
    .check();
  await dialog.getByRole('button', { name: 'Export' }).click();
  await expect(dialog).toHaveCount(0);
}
