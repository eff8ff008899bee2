import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { ROOT } from './hosts/process.ts';
import type { Names } from './names.ts';
import { AppWindow } from './window.ts';

const FOLDER = join(ROOT, 'docs', 'screenshots');
const SCHEMES = ['light', 'dark'] as const;

test('the main screens, with native peers of both bitnesses at the other end', async ({ page, dataDir, peer }) => {
  const win = new AppWindow(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const [orders, telemetry, legacy] = ['Orders', 'Telemetry', 'Legacy'].map(named) as [Names, Names, Names];
  const [plant, scale] = ['Plant', 'Scale'].map(named) as [Names, Names];
  await startOthers(peer, plant, scale);
  await expect(win.button('Open both ends')).toBeVisible();
  await expect(page.getByRole('main')).toContainText('different layouts');
  await takePictures(page, 'welcome');

  await win.openTap(plant);
  const shown = page.getByRole('combobox', { name: 'Filter' });
  // What it leaves out includes characters whose fonts a machine without a desktop lacks.
  await shown.fill('"cmd" or "reply"');
  await shown.press('Enter');
  await expect(win.rows('"reply":40,').first()).toBeVisible();
  await win.rows('"reply":40,').first().click();
  await takePictures(page, 'tap');
  await shown.fill('');

  await win.button('Layout lens').click();
  await page.getByLabel('Section to inspect').fill(scale.section);
  await page.getByLabel('Section to inspect').press('Enter');
  await expect(page.getByRole('region', { name: 'Verdict' })).toContainText('they use different layouts');
  await takePictures(page, 'lens');

  await win.fill('client', telemetry);
  await win.submit();
  await expect(win.dialog.getByRole('alert')).toBeVisible();
  await takePictures(page, 'new-session');
  const server = await peer('x86', [
    'server',
    ...telemetry.peerArgs,
    '--buffer-size',
    '4096',
    'talk',
    '--interval',
    '150',
  ]);
  await server.waitFor('ready');
  await win.submit();
  await expect(win.title).toHaveText(telemetry.section);

  await win.open('server', legacy, { layout: 'fixed', timeoutMs: 1000 });
  const odd = await peer('x86', ['client', ...legacy.peerArgs, '--layout', 'fixed', 'misbehave', 'bad-length']);
  await odd.waitFor('done');
  await expect(win.rows('bad-length').first()).toBeVisible();

  await win.open('server', orders, { timeoutMs: 400 });
  await peer('x64', ['client', ...orders.peerArgs, 'talk', '--interval', '180']);
  // Between these numbers the peer writes nothing that needs fonts which a machine without a desktop lacks.
  await expect.poll(() => win.received(), { intervals: [50] }).toBeGreaterThan(48);
  await win.sendText('{"cmd":"status","id":7,"verbose":true}');
  await expect.poll(() => win.received(), { intervals: [50] }).toBeGreaterThan(53);
  await win.sendText('{"cmd":"read","id":8,"reg":"0x2f10"}');
  await win.field.fill('{"cmd":"read","id":9,"reg":"0x2f14"}');
  await expect.poll(() => win.received(), { intervals: [50] }).toBeGreaterThan(57);
  await win.rows('"id":8').last().click();
  await takePictures(page, 'session');

  await win.button('Statistics for this span').click();
  await expect(page.getByRole('cell', { name: /µs|ms/ }).first()).toBeVisible();
  await takePictures(page, 'figures');
  await page.keyboard.press('Escape');

  const filter = page.getByRole('combobox', { name: 'Filter' });
  await win.composer.getByRole('tab', { name: 'Hex' }).click();
  await filter.fill('dir:out or size:>1k');
  await filter.press('Enter');
  await win.rows('12,000').last().click();
  await win.showDetail('Hex');
  await takePictures(page, 'hex');

  await win.composer.getByRole('tab', { name: 'JSON' }).click();
  await win.field.fill('{"cmd":"write","n":{{n}},"at":"{{time}}","data":"{{random:64..4096}}"}');
  await win.button('Repeat…').click();
  await win.composer.getByRole('spinbutton', { name: 'Messages' }).fill('400');
  await win.composer.getByRole('spinbutton', { name: 'every' }).fill('50');
  await chooseTracks(win, 'Rate', 'Fill');
  await win.button('Start').click();
  await expect(win.composer).toContainText(/1\d\d of 400 sent/);
  for (const key of ['Escape', 'End']) await win.log.press(key);
  await takePictures(page, 'repeat');
  await win.button('Stop').click();
  await chooseTracks(win, 'Rate', 'Fill');

  await page.keyboard.press('Control+Shift+P');
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
  await takePictures(page, 'palette');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await filter.fill('');
  await importAgain(win, dataDir, 'Before the update');
  await takePictures(page, 'captures');

  await win.item(legacy).click();
  await win.log.focus();
  await win.log.press('Home');
  await win.rows('bad-length').first().click();
  await takePictures(page, 'anomaly');

  await page.keyboard.press('Alt+w');
  await expect(page.getByRole('list', { name: 'Watched sessions' }).getByRole('listitem')).toHaveCount(4);
  await page.locator('.watch-strip').nth(1).hover();
  await expect(page.locator('.watch-readout').first()).toBeVisible();
  await takePictures(page, 'watch');
});

test('messages as the fields of a C header, and what of them moves between two ABIs', async ({
  page,
  peer,
  dataDir,
}) => {
  const win = new AppWindow(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const header = readFileSync(join(ROOT, 'native', 'order.h'), 'utf8');
  const desk = named('Desk');
  mkdirSync(join(dataDir, 'types'), { recursive: true });
  writeFileSync(join(dataDir, 'types', 'order.h'), header.slice(header.indexOf('#ifndef')));
  const bindings = 'bindings:\n  - channel: Local\\Desk\n    type: order\n    abi: linux-x86\n';
  writeFileSync(join(dataDir, 'types', 'bindings.yaml'), bindings);
  await win.open('server', desk, { timeoutMs: 2000 });
  await peer('x86', ['client', ...desk.peerArgs, 'struct', '--interval', '120']);
  await expect.poll(() => win.received(), { intervals: [50] }).toBeGreaterThan(16);
  await win.log.focus();
  await win.log.press('ArrowUp');
  await win.showDetail('Fields');
  await win.button('Columns').click();
  for (const name of ['hdr.seq', 'side', 'price', 'symbol'])
    await page.getByRole('combobox', { name: 'Add a field' }).selectOption(name);
  await page.keyboard.press('Escape');
  const handle = page.getByRole('separator', { name: /log/i }).first();
  await handle.focus();
  for (let step = 0; step < 16; step++) await page.keyboard.press('ArrowUp');
  await win.composer.getByRole('tab', { name: 'Fields' }).click();
  await takePictures(page, 'fields');
  await win.button('Two ABIs').click();
  await takePictures(page, 'fields-lens');
  await page.keyboard.press('Alt+y');
  await page.getByRole('button', { name: 'order.h' }).click();
  await takePictures(page, 'types');
});

test('the lab, with peers of both bitnesses, scenarios and the matrix', async ({ page, dataDir }) => {
  const win = new AppWindow(page);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await win.button('Lab').click();
  await startPeerInLab(win, 'Server', '64 bit', 'talk');
  await startPeerInLab(win, 'Client', '32 bit', 'echo');
  const dialog = page.getByRole('dialog');
  for (const [file, expected] of [
    ['orders.yaml', 7],
    ['status.yaml', 8],
  ] as const) {
    const path = join(dataDir, file);
    writeFileSync(path, scenarioText(file === 'orders.yaml' ? 'Orders come back' : 'Status is counted on', expected));
    await win.button('Add a scenario').click();
    await dialog.getByRole('combobox').fill(path);
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(dialog).toBeHidden();
  }
  await win.button('Run the matrix').click();
  await expect(page.getByRole('status').filter({ hasText: '27 passed' })).toBeVisible({ timeout: 120_000 });
  await win.button('Run Orders come back').click();
  await expect(page.getByRole('rowgroup', { name: 'Orders come back' })).toContainText('passed');
  await win.button('Run Status is counted on').click();
  await expect(page.getByRole('region', { name: 'The step' })).toContainText('expected 8');
  await takePictures(page, 'lab');
});

async function startPeerInLab(win: AppWindow, role: string, bits: string, does: string): Promise<void> {
  await win.button('Start a peer').last().click();
  const dialog = win.page.getByRole('dialog');
  await dialog.getByLabel(role, { exact: true }).check();
  await dialog.getByLabel(bits).check();
  for (const [label, given] of [
    ['Section', 'Local\\Plant'],
    ['Event server → client', 'Local\\PlantS2C'],
    ['Event client → server', 'Local\\PlantC2S'],
  ] as const)
    await dialog.getByLabel(label, { exact: true }).fill(given);
  await dialog.getByLabel('What it does').selectOption(does);
  await dialog.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(win.page.getByText('ready')).toBeVisible();
}

const scenarioText = (name: string, id: number) => `name: ${name}
sessions: { us: client }
peers: { echo: { bits: 32, role: server, behaviour: echo } }
steps:
  - repeat: { times: 5, steps: [{ send: "order {{n}}" }, { expect: "order {{n}}" }] }
  - name: A status
    send: { json: { cmd: status, id: 7 } }
  - expect: { json: { cmd: status, id: ${id} } }
`;

type StartPeer = (arch: 'x64' | 'x86', args: readonly string[]) => Promise<{ waitFor(line: string): Promise<string> }>;

/** Programs that talk to each other, and two whose layouts differ. */
async function startOthers(peer: StartPeer, talking: Names, mismatched: Names): Promise<void> {
  const greet = (role: string, layout: string, text: string) => [
    ...[role, ...mismatched.peerArgs, '--layout', layout, '--until-stdin-closes'],
    ...['greet', text],
  ];
  await (await peer('x64', ['server', ...talking.peerArgs, 'talk', '--interval', '260'])).waitFor('ready');
  await (await peer('x86', ['client', ...talking.peerArgs, 'talk', '--interval', '190'])).waitFor('ready');
  await (await peer('x64', greet('server', 'fixed64', '{"cmd":"tare","scale":3}'))).waitFor('sent');
  await (await peer('x86', greet('client', 'fixed', '{"weight":71.4,"unit":"kg"}'))).waitFor('sent');
}

/** Exports the selected session and imports it as a capture with that title; ends on the captures page. */
async function importAgain(win: AppWindow, dataDir: string, title: string): Promise<void> {
  const { page } = win;
  await page.keyboard.press('Control+s');
  await page.getByRole('dialog', { name: 'Export' }).getByRole('button', { name: 'Export' }).click();
  await expect(win.button('1 job ended')).toBeVisible();
  const [exported = ''] = readdirSync(join(dataDir, 'exports'));
  await win.button('Captures').click();
  const chooser = page.waitForEvent('filechooser');
  await win.button('Import…').click();
  await (await chooser).setFiles(join(dataDir, 'exports', exported));
  const imported = page.locator('.captures-table tbody').filter({ hasText: 'imported-' });
  await imported.getByRole('button', { name: /^More for/ }).click();
  await page.getByRole('menuitem', { name: 'Rename…' }).click();
  await page.getByLabel('Title').fill(title);
  await win.button('Rename').click();
  await expect(win.button(`Open ${title}`)).toBeVisible();
}

function named(name: string): Names {
  const [section, eventS2c, eventC2s] = [`Local\\${name}`, `Local\\${name}S2C`, `Local\\${name}C2S`] as const;
  return {
    section,
    eventS2c,
    eventC2s,
    peerArgs: ['--name', section, '--event-s2c', eventS2c, '--event-c2s', eventC2s],
  };
}

/** Shows hidden tracks, and hides others. */
async function chooseTracks(win: AppWindow, ...tracks: readonly string[]): Promise<void> {
  await win.button('Tracks').click();
  for (const name of tracks) await win.page.getByRole('menuitemcheckbox', { name, exact: true }).click();
  await win.page.keyboard.press('Escape');
}

async function takePictures(page: Page, name: string): Promise<void> {
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
    await page.evaluate('new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)))');
    await page.screenshot({ path: join(FOLDER, `${name}-${colorScheme}.png`), animations: 'disabled' });
  }
}
