import { expect, type Fixtures, test } from './fixtures.ts';
import type { Names } from './names.ts';
import type { AppWindow } from './window.ts';

/** Watches a section as bytes. */
async function watch(win: AppWindow, { section }: Pick<Names, 'section'>): Promise<void> {
  await win.button('Raw').click();
  await win.dialog.getByLabel('Section', { exact: true }).fill(section);
  await win.dialog.getByRole('button', { name: 'Open raw' }).click();
}

const pane = (win: AppWindow) => win.page.getByRole('region', { name: 'Bytes of the section' });
const hex = (win: AppWindow) => pane(win).getByRole('region', { name: /^Section in hex/ });

/** A server whose channel is quiet until a client pings it. */
async function quiet(peer: Fixtures['peer'], names: Names) {
  const server = await peer('x64', ['server', ...names.peerArgs, 'echo']);
  await server.waitFor('ready');
  const ping = () => peer('x64', ['client', ...names.peerArgs, 'pingpong', '--seconds', '60', '--size', '64']);
  return { server, ping };
}

test('a section is shown as bytes; what changes in it is marked and fades, and its region is hot', async ({
  win,
  peer,
  names,
}) => {
  const { ping } = await quiet(peer, names);
  await watch(win, names);
  await expect(win.dialog).toBeHidden();
  await expect(pane(win)).toContainText('nothing changes');
  await expect(hex(win).locator('.hex-row').first()).toContainText('0000');
  await expect(hex(win).locator('.changed')).toHaveCount(0);
  const pinger = await ping();
  await expect(hex(win).locator('.changed-0').first()).toBeVisible();
  await expect(pane(win)).toContainText(/bytes\/s change/);
  await expect(pane(win).getByRole('img')).toHaveAccessibleName(/region.*, [1-9]\d* changing/);
  await pinger.kill();
  await expect(hex(win).locator('.changed')).toHaveCount(0);
  await expect(pane(win)).toContainText('nothing changes');
});

test('the cursor goes to an offset, and the inspector shows what stands there', { tag: '@exhaustive' }, async ({
  win,
  peer,
  names,
}) => {
  await quiet(peer, names);
  await watch(win, names);
  await pane(win).getByLabel('Go to offset').fill('0x200');
  await pane(win).getByLabel('Go to offset').press('Enter');
  await expect(hex(win).locator('.cursor[data-at="512"]').first()).toBeVisible();
  await expect(pane(win).getByLabel('Data inspector')).toContainText('0x0200');
  await hex(win).press('ArrowRight');
  await expect(pane(win).getByLabel('Data inspector')).toContainText('0x0201');
});

test('a section that is too large to be watched at once is read at any offset, and watched where the cursor is', {
  tag: '@exhaustive',
}, async ({ win, peer, names }) => {
  const size = ['--buffer-size', String(40 * 1024 * 1024)];
  const server = await peer('x64', ['server', ...names.peerArgs, ...size, 'echo']);
  await server.waitFor('ready');
  await win.page.keyboard.press('Alt+I');
  await win.dialog.getByLabel('Section', { exact: true }).fill(names.section);
  await win.dialog.getByRole('button', { name: 'Open raw' }).click();
  await expect(pane(win)).toContainText('(watched: 64 MiB from 0x0)');
  const here = pane(win).getByRole('button', { name: 'Watch here' });
  await expect(here).toHaveAttribute('aria-disabled', 'true');
  await pane(win).getByLabel('Go to offset').fill('0x4800010');
  await pane(win).getByLabel('Go to offset').press('Enter');
  await expect(hex(win).locator('.cursor[data-at="75497488"]').first()).toBeVisible();
  await here.click();
  await expect(pane(win)).toContainText('(watched: 8.0 MiB from 0x4800000)');
  await expect(here).toHaveAttribute('aria-disabled', 'true');
});

test('snapshots are recorded, taken by themselves, and compared', { tag: '@exhaustive' }, async ({
  win,
  peer,
  names,
}) => {
  const { ping } = await quiet(peer, names);
  await watch(win, names);
  await pane(win).getByRole('button', { name: 'Compare' }).click();
  await expect(win.page.getByText('Take two snapshots first.')).toBeVisible();
  await pane(win).getByRole('button', { name: 'Snapshot' }).click();
  await expect(win.rows(/Snapshot 1: [\d,]+ bytes\./)).toHaveCount(1);
  await pane(win).getByLabel('Time between snapshots in milliseconds').fill('100');
  const repeats = pane(win).getByRole('checkbox', { name: /on change/ });
  await repeats.click();
  await expect(repeats).toBeChecked();
  await ping();
  await expect(win.rows(/Snapshot 3/).first()).toBeVisible();
  await pane(win).getByRole('button', { name: 'Compare' }).click();
  await expect(win.page.getByRole('dialog', { name: /^Compare #/ })).toContainText(/bytes? differs?/);
});

test('a section that goes is let go of, and one that is not there says why', async ({ win, peer, names, newNames }) => {
  const { server } = await quiet(peer, names);
  await watch(win, names);
  await expect(pane(win)).toContainText('nothing changes');
  await server.kill();
  await expect(win.badges).toContainText(/closed|failed/);
  await watch(win, newNames());
  await expect(win.dialog).toContainText(/There is no section named/);
});
