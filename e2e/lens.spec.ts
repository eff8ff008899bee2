import type { Layout } from '../src/shared/domain.ts';
import { expect, test } from './fixtures.ts';
import type { PeerArch } from './hosts/peer.ts';
import type { Names } from './names.ts';
import type { AppWindow } from './window.ts';

/** Arguments for a peer that sends a text once, and receives. */
const greeter = (role: 'server' | 'client', layout: Layout, names: Names) => [
  ...[role, ...names.peerArgs, '--layout', layout, '--until-stdin-closes'],
  ...['greet', `{"from":"${role}","says":"hello"}`],
];

const verdict = ({ page }: AppWindow) => page.getByRole('region', { name: 'Verdict' });
const bytes = ({ page }: AppWindow) => page.getByRole('table');

async function lookAt(win: AppWindow, section: string): Promise<void> {
  await win.button('Layout lens').click();
  const field = win.page.getByLabel('Section to inspect');
  await field.fill(section);
  await field.press('Enter');
}

test('two programs of different layouts are reported, with the bytes that prove it', async ({ win, peer, names }) => {
  const starts: [PeerArch, string[]][] = [
    ['x64', greeter('server', 'fixed64', names)],
    ['any', greeter('client', 'fixed', names)],
  ];
  for (const [arch, args] of starts) await (await peer(arch, args)).waitFor('sent');
  await lookAt(win, names.section);
  await expect(verdict(win)).toContainText('they use different layouts');
  await expect(verdict(win)).toContainText('their lengths and data start 4 and 8 bytes apart');
  await expect(verdict(win).getByRole('list', { name: 'Layouts' })).toHaveText(/server fixed64 .*client fixed /);
  const [header] = await bytes(win).getByRole('row', { name: /^12 / }).all();
  await expect(header?.locator('.proves') ?? bytes(win)).toHaveCount(4);
  await expect(header ?? bytes(win)).toContainText('upper half');
  await expect(header ?? bytes(win)).toContainText('length C→S 32');
  await verdict(win)
    .getByRole('button', { name: /Offset 12 holds 32/ })
    .hover();
  await expect(bytes(win).locator('.lit')).toHaveText(['20', '00', '00', '00']);
});

test('a session is looked at where it is selected, and its anomaly leads there', async ({ win, peer, names }) => {
  await win.open('server', names, { layout: 'fixed' });
  await (await peer('x64', greeter('client', 'fixed64', names))).waitFor('sent');
  await win.sendText('a message of the server');
  await win.rows('layout-mismatch').first().click();
  await win.detail.getByRole('button', { name: 'Open in the layout lens' }).click();
  await expect(win.detail.getByRole('region', { name: 'Verdict' })).toContainText('they use different layouts');
  await win.button('Show the lens as a page').click();
  await expect(win.page.getByRole('heading', { level: 1, name: 'Layout lens' })).toBeVisible();
  await expect(verdict(win)).toContainText('Or open this session with layout "fixed64"');
});

test('what is written meanwhile is reported as it is, and one layout for both is no mismatch', {
  tag: '@exhaustive',
}, async ({ win, peer, names }) => {
  await (await peer('any', greeter('server', 'sized', names))).waitFor('sent');
  await lookAt(win, names.section);
  await expect(verdict(win)).toContainText('Only one side is known so far');
  await (await peer('x64', greeter('client', 'sized', names))).waitFor('sent');
  await expect(verdict(win)).toContainText('Both sides use the same layout');
  await expect(win.page.getByRole('region', { name: 'If both used one layout' })).toContainText('If both used sized');
});

test('a section that is not there, and one that goes, are reported with the reason', { tag: '@exhaustive' }, async ({
  win,
  peer,
  names,
}) => {
  await lookAt(win, names.section);
  await expect(win.page.getByRole('alert')).toContainText(`There is no section named "${names.section}"`);
  const server = await peer('x64', greeter('server', 'sized', names));
  await server.waitFor('sent');
  await expect(verdict(win)).toBeVisible();
  await expect(win.page.getByRole('alert')).toHaveCount(0);
  server.closeInput();
  await server.exited;
  await expect(win.page.getByRole('alert')).toBeVisible();
});

test('two servers on one pair of events are reported, with the names of both', async ({
  win,
  peer,
  names,
  newNames,
}) => {
  const other = newNames();
  const args = ['--name', other.section, '--event-s2c', names.eventS2c, '--event-c2s', names.eventC2s];
  await (await peer('x64', ['server', ...args, '--until-stdin-closes', 'echo'])).waitFor('ready');
  await win.open('server', names);
  const bare = ({ section }: Names) => section.replace('Local\\', '');
  await win
    .rows('event-crosstalk')
    .filter({ hasText: bare(other) })
    .first()
    .click();
  await expect(win.detail).toContainText(`The channels "${bare(names)}" and "${bare(other)}" use the same events`);
});
