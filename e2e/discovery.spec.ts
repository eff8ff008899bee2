import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import type { Names } from './names.ts';
import type { AppWindow } from './window.ts';

const found = (win: AppWindow): Locator => win.page.getByRole('navigation', { name: 'Channels found' });
const short = ({ section }: Names) => section.replace('Local\\', '');
const entry = (win: AppWindow, names: Names): Locator =>
  found(win)
    .getByRole('listitem')
    .filter({ hasText: short(names) });
const details = (win: AppWindow, names: Names): Locator => win.page.getByRole('dialog', { name: names.section });
const row = (win: AppWindow, names: Names): Locator =>
  win.page
    .getByRole('main')
    .getByRole('row')
    .filter({ hasText: short(names) });

test('the first page says what runs: layout, slots, and the processes with their bits', async ({
  win,
  peer,
  names,
}) => {
  const server = await peer('x86', ['server', ...names.peerArgs, '--buffer-size', '2048', 'echo']);
  await server.waitFor('ready');
  await expect(row(win, names)).toContainText('sized2 × 2 KiBunusedunused');
  const client = await peer('x64', ['client', ...names.peerArgs, 'talk']);
  await client.waitFor('ready');
  await expect(row(win, names).getByRole('listitem').filter({ hasText: '64-bit' })).toContainText('shm-peer');
  await expect(row(win, names).getByRole('listitem').filter({ hasText: '32-bit' })).toContainText('shm-peer');
  await expect(row(win, names)).toContainText(/read, \d/);
});

test('a channel comes to the side bar with its first program and goes with its last', async ({ win, peer, names }) => {
  await expect(entry(win, names)).toHaveCount(0);
  const server = await peer('x64', ['server', ...names.peerArgs, '--layout', 'fixed', '--until-stdin-closes', 'echo']);
  await expect(entry(win, names)).toContainText('fixed64 or fixed · unused');
  server.closeInput();
  await server.exited;
  await expect(entry(win, names)).toHaveCount(0);
});

test('a tap is one click away, and takes nothing from the programs', async ({ win, peer, names }) => {
  const server = await peer('x64', ['server', ...names.peerArgs, 'echo']);
  await server.waitFor('ready');
  await peer('any', ['client', ...names.peerArgs, 'talk', '--interval', '100']);
  await entry(win, names).hover();
  await win.page
    .getByRole('button', { name: `Tap ${names.section}` })
    .first()
    .click();
  await expect(win.title).toHaveText(names.section);
  await expect(win.rows('message').first()).toBeVisible();
  await entry(win, names).getByRole('button').first().click();
  await expect(details(win, names).getByRole('row').filter({ hasText: 'only looks' })).toHaveCount(1);
});

test('connect asks with the names filled in, and the client that it opens speaks with the server', async ({
  win,
  peer,
  names,
}) => {
  const server = await peer('any', ['server', ...names.peerArgs, 'echo']);
  await server.waitFor('ready');
  await row(win, names)
    .getByRole('button', { name: /^Connect/ })
    .click();
  await expect(win.dialog.getByLabel('Event client → server')).toHaveValue(names.eventC2s);
  await win.submit();
  await expect(win.title).toHaveText(names.section);
  await win.sendText('to the one that was found');
  await expect(win.rows('to the one that was found')).toHaveCount(2);
});

test('the details tell each process’s rights and each event’s state', async ({ win, peer, names }) => {
  const server = await peer('x86', ['server', ...names.peerArgs, 'send', 'unread', '--timeout', 'none']);
  await server.waitFor('ready');
  await entry(win, names).getByRole('button').first().click();
  const dialog = details(win, names);
  await expect(dialog).toContainText('unread, 6 B');
  const process = dialog.getByRole('row').filter({ hasText: 'shm-peer' });
  await expect(process).toContainText(/32-bit\s*section\s*read, write/);
  await expect(dialog.getByRole('row').filter({ hasText: `${short(names)}-S2CS→C` })).toContainText('set');
  await expect(dialog.getByRole('row').filter({ hasText: `${short(names)}-C2SC→S` })).toContainText('clear');
  await win.page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('the details of a channel that goes say so', async ({ win, peer, names }) => {
  const server = await peer('x64', ['server', ...names.peerArgs, 'echo']);
  await server.waitFor('ready');
  await entry(win, names).getByRole('button').first().click();
  await expect(details(win, names)).toContainText('shm-peer');
  await server.kill();
  await expect(details(win, names).getByRole('alert')).toContainText('This section no longer exists');
  await expect(details(win, names).getByRole('button', { name: 'Tap', exact: true })).toBeDisabled();
});

test('ends with different layouts, and channels with the same events, are reported in the list and explained', async ({
  win,
  peer,
  names,
  newNames,
}) => {
  const send = (text: string) => ['send', text, '--timeout', 'none'];
  const old = await peer('x64', ['server', ...names.peerArgs, '--layout', 'fixed64', ...send('hello there')]);
  await old.waitFor('ready');
  await expect(entry(win, names)).toContainText('S→C unread');
  await peer('any', ['client', ...names.peerArgs, '--layout', 'fixed', ...send('and back')]);
  await expect(entry(win, names)).toContainText('different layouts');
  await entry(win, names).getByRole('button').first().click();
  await expect(details(win, names)).toContainText('The server uses "fixed64"');
  await details(win, names).getByRole('button', { name: 'Open in the layout lens' }).click();
  await expect(win.page.getByRole('main')).toContainText('The server uses "fixed64"');

  const [one, two] = [newNames(), newNames()];
  for (const { section } of [one, two]) {
    const events = ['--event-s2c', one.eventS2c, '--event-c2s', one.eventC2s];
    const server = await peer('x64', ['server', '--name', section, ...events, 'echo']);
    await server.waitFor('ready');
  }
  await expect(entry(win, one)).toContainText('shares events');
  await expect(entry(win, two)).toContainText('shares events');
  await entry(win, two).getByRole('button').first().click();
  await expect(details(win, two)).toContainText(`The same events are used with ${one.section}`);
});

test('a name of a stranger is shown inert', async ({ win, peer, names }) => {
  const section = `${names.section}\u202egnp<b>\u0007`;
  const server = await peer('x64', ['server', '--name', section, ...names.peerArgs.slice(2), 'echo']);
  await server.waitFor('ready');
  await expect(entry(win, names)).toContainText('\\u{202E}gnp<b>\\x07');
});

test('all sections are behind a switch, and any can be watched as bytes', async ({ win, peer, names }) => {
  // Smaller than its layout needs: a section, but not a channel.
  const server = await peer('x64', ['server', ...names.peerArgs, '--layout', 'fixed', 'misbehave', 'small-section']);
  await server.waitFor('ready');
  await expect(found(win).getByRole('button', { name: 'All sections' })).toBeVisible();
  await expect(entry(win, names)).toHaveCount(0);
  await win.button('All sections').click();
  await expect(entry(win, names)).toContainText('Does not look like a channel');
  await entry(win, names).getByRole('button').first().click();
  await expect(details(win, names)).toContainText('64-bit');
  await details(win, names).getByRole('button', { name: 'Watch as bytes' }).click();
  await expect(win.title).toHaveText(names.section);
});
