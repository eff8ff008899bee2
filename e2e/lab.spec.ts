import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, needs32Bit, test } from './fixtures.ts';
import { peerPath, runs32 } from './hosts/peer.ts';
import type { HostKind } from './hosts/running-app.ts';
import type { Names } from './names.ts';
import type { AppWindow } from './window.ts';

const lab = (win: AppWindow) => win.page.getByRole('region', { name: 'Lab', exact: true });
const dialog = (win: AppWindow) => win.page.getByRole('dialog', { name: /^(Start a|Change saved) peer$/ });
const started = (win: AppWindow, name: string | RegExp) =>
  lab(win).getByRole('rowgroup', { name: 'Started' }).getByRole('row').filter({ hasText: name });
const saved = (win: AppWindow) => lab(win).getByRole('rowgroup', { name: 'Saved' }).getByRole('row');
const output = (win: AppWindow) => win.page.getByRole('region', { name: /^Output of/ });

async function beginPeer(win: AppWindow, names: Names): Promise<Locator> {
  await win.button('Peer').click();
  const form = dialog(win);
  await form.getByLabel('Section', { exact: true }).fill(names.section);
  await form.getByLabel('Event server → client').fill(names.eventS2c);
  await form.getByLabel('Event client → server').fill(names.eventC2s);
  return form;
}

async function choose(win: AppWindow, row: Locator, entry: string): Promise<void> {
  await row.getByRole('button', { name: /^More for/ }).click();
  await win.page.getByRole('menuitem', { name: entry }).click();
}

test('a 32-bit peer of a session misbehaves on a cue: its death is told in the lab and in the session', async ({
  win,
  names,
  host,
}) => {
  await needs32Bit(host);
  await win.open('server', names);
  await win.button('Peer').click();
  const form = dialog(win);
  await form.getByRole('combobox', { name: 'Channel' }).selectOption(names.section);
  await expect(form.getByLabel('Event server → client')).toHaveValue(names.eventS2c);
  await form.getByLabel('32 bit').check();
  await form.getByLabel('What it does').selectOption('die-sending-after-event');
  await form.getByLabel('Do it only when a line is sent').check();
  await form.getByRole('button', { name: 'Start' }).click();

  await expect(output(win)).toContainText('ready');
  await expect(started(win, names.section.slice(6))).toContainText('32-bit client');
  await output(win).getByLabel('Line for its standard input').fill('now');
  await win.button('Send line').click();
  await expect(started(win, names.section.slice(6))).toContainText(/ended: (SIGKILL \(killed\)|exit code)/);
  await win.item(names).click();
  await expect(win.rows(/The peer shm-peer(\.exe)? \(32-bit, process \d+\) ended on its own: /)).toHaveCount(1);
});

test('a peer is suspended, resumed, stopped and started again, and its channel is tapped from there', {
  tag: '@exhaustive',
}, async ({ win, names }) => {
  const form = await beginPeer(win, names);
  await form.getByLabel('Server', { exact: true }).check();
  await form.getByRole('button', { name: 'Start' }).click();
  const row = started(win, names.section.slice(6));
  await expect(output(win)).toContainText('ready');
  await row.getByRole('button', { name: 'Suspend echo' }).click();
  await expect(row).toContainText('suspended');
  await row.getByRole('button', { name: 'Resume echo' }).click();
  await expect(row).toContainText('running');
  await win.button('Tap its channel').click();
  await expect(win.title).toHaveText(names.section);
  await expect(win.badges).toContainText('tap');
  await win.button('Lab').click();
  await row.getByRole('button', { name: 'Stop echo' }).click();
  await expect(row).toContainText('stopped from here: exit code 0 (no error)');
  await row.getByRole('button', { name: 'Start echo again' }).click();
  await expect(row).toHaveCount(2);
  await expect(row.first()).toContainText('running');
  await choose(win, row.first(), 'Kill');
  await expect(row.first()).toContainText('stopped from here');
});

test('where the system runs no 32-bit programs, the form says why before anything is started', async ({
  win,
  host,
}) => {
  test.skip(await runs32(host), 'This system runs them.');
  await win.button('Peer').click();
  await expect(dialog(win).getByLabel('32 bit')).toBeDisabled();
  await expect(dialog(win)).toContainText('does not run 32-bit programs');
});

/** In the format of the host's own system. */
const hostPath = (host: HostKind, file: string) => (host === 'wine' ? `Z:${file.replaceAll('/', '\\')}` : file);

test('an own program is known by its head before it starts; what it writes is shown and searched', {
  tag: '@exhaustive',
}, async ({ win, host, dataDir }) => {
  await win.button('Peer').click();
  const form = dialog(win);
  await form.getByLabel('My own program').check();
  const file = form.getByLabel('Executable');
  await file.fill(hostPath(host, dataDir));
  await expect(form).toContainText('is a folder');
  await file.fill(hostPath(host, `${dataDir}/missing`));
  await expect(form).toContainText('There is no file');
  const arch = (await runs32(host)) ? 'x86' : 'x64';
  await file.fill(hostPath(host, peerPath(host, arch)));
  await expect(form).toContainText(
    arch === 'x86' ? /32-bit (Linux|Windows) program/ : /64-bit (Linux|Windows) program/,
  );
  await form.getByLabel('Arguments').fill('--help');
  await form.getByRole('button', { name: 'Start' }).click();
  await expect(output(win)).toContainText('exit code 0 (no error)');
  const lines = output(win).locator('.output-line');
  await expect(lines.filter({ hasText: 'Exit status' })).toBeVisible();
  await output(win).getByLabel('Show lines with').fill('LOST-wake');
  await expect(lines).toHaveText([/lost-wake +a message without its event/]);
  await output(win).getByLabel('Show lines with').fill('no such words');
  await expect(output(win)).toContainText('No line matches.');
});

test('saved peers are kept, changed, duplicated, and removed with a way back', { tag: '@exhaustive' }, async ({
  win,
  names,
}) => {
  const form = await beginPeer(win, names);
  await form.getByLabel('Save as').fill('my echo');
  await form.getByRole('button', { name: 'Start' }).click();
  await expect(saved(win)).toContainText(['my echo']);
  await win.page.reload();
  await win.button('Lab').click();
  await choose(win, saved(win), 'Change…');
  await expect(form.getByLabel('Section', { exact: true })).toHaveValue(names.section);
  await form.getByLabel('What it does').selectOption('drain');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(saved(win)).toContainText(['saved · drain']);

  await choose(win, saved(win), 'Duplicate…');
  await expect(form.getByLabel('Save as')).toHaveValue('my echo (2)');
  await form.getByRole('button', { name: 'Start' }).click();
  await expect(saved(win)).toContainText(['my echo', 'my echo (2)']);
  await choose(win, saved(win).first(), 'Remove');
  await expect(saved(win)).toContainText(['my echo (2)']);
  await win.button('Undo').click();
  await expect(saved(win)).toContainText(['my echo', 'my echo (2)']);
});

const scenario = (win: AppWindow, name: string) => lab(win).getByRole('rowgroup', { name, exact: true });
const steps = (win: AppWindow) => win.page.getByRole('listbox', { name: 'Steps' }).getByRole('option');

async function addScenario(win: AppWindow, host: HostKind, file: string, text: string): Promise<void> {
  writeFileSync(file, text);
  await win.button('Add a scenario').click();
  const form = win.page.getByRole('dialog', { name: 'Add a scenario' });
  await form.getByRole('combobox').fill(hostPath(host, file));
  await form.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(form).toBeHidden();
}

/** The file that the window saves when a menu item is chosen. */
async function givenFile(win: AppWindow, entry: string | RegExp): Promise<string> {
  const given = win.page.waitForEvent('download');
  await win.page.getByRole('menuitem', { name: entry }).click();
  return readFileSync(await (await given).path(), 'utf8');
}

async function savedReport(win: AppWindow, kind: string): Promise<string> {
  await win.page
    .getByRole('region', { name: /^Run of/ })
    .getByRole('button', { name: 'Save report' })
    .click();
  return givenFile(win, kind);
}

/** Peers that an earlier test has left in the list. */
async function removeEnded(win: AppWindow): Promise<void> {
  const remove = win.button('Remove ended');
  if (await remove.isVisible()) await remove.click();
  await expect(remove).toBeHidden();
}

const ECHOED = (expected: string) => `name: Echoed
sessions: {us: client}
peers: {echo: {bits: 64, role: server, behaviour: echo}}
timeout: 3000
steps:
  - repeat: {times: 5, steps: [{send: "order {{n}}"}, {expect: "order {{n}}"}]}
  - send: {json: {id: 7, at: [1, 2]}}
  - expect: {json: {id: 7, at: [1, ${expected}]}}
  - send: last
`;

test('a scenario that fails leads to the record, and passes once it is fixed; the matrix runs one between all ends', async ({
  win,
  host,
  dataDir,
}) => {
  const file = join(dataDir, 'echoed.yaml');
  await win.button('Lab').click();
  await removeEnded(win);
  await addScenario(win, host, file, ECHOED('3'));
  await win.button('Run Echoed').click();
  await expect(scenario(win, 'Echoed')).toContainText('failed');
  await expect(steps(win)).toHaveText([/passed: .*repeat 5 times/, /× 5/, /× 5/, /passed/, /failed/, /skipped/]);
  const detail = win.page.getByRole('region', { name: 'The step' });
  await expect(detail.getByRole('row', { name: /at\[1\]/ })).toHaveText(/3.*2/);
  expect(await savedReport(win, 'JUnit')).toMatch(/<failure message="[^"]*at\[1\]: expected 3, got 2/);
  expect(await savedReport(win, 'A page')).toMatch(/<!doctype html>.*Log of us, client.*order 5/s);
  await detail.getByRole('button', { name: /^Show record/ }).click();
  await expect(win.log.locator('[aria-selected="true"]')).toContainText('{"id":7,"at":[1,2]}');

  writeFileSync(file, ECHOED('2'));
  await win.button('Lab').click();
  await win.button('Run again').click();
  await expect(scenario(win, 'Echoed')).toContainText('passed');
  const tests = win.page.getByRole('rowgroup', { name: 'Test peers' });
  await expect(tests.getByRole('row')).toHaveCount(1);
  await tests.getByRole('button', { name: 'Test peers 2' }).click();
  await expect(tests.getByRole('row')).toHaveCount(3);
  await expect(win.button('Remove ended')).toHaveCount(0);
  await win.button('Remove ended test peers').click();
  await expect(tests).toHaveCount(0);

  await win.button('Run the matrix').click();
  await win.page
    .getByRole('button', { name: /^fixed64, .*: passed/ })
    .first()
    .click();
  await expect(steps(win).first()).toHaveText(/passed/);
  await win.button('Stop the matrix').click();
  await expect(win.page.getByRole('button', { name: /: cancelled/ })).not.toHaveCount(0);

  await expect(win.button('Run the matrix')).toBeVisible();
  await expect(win.items).toHaveCount(0);
  await win.sessions.getByRole('button', { name: /^Test sessions/ }).click();
  await expect(win.items).not.toHaveCount(0);
  await win.button('Remove test sessions from the list').click();
  await expect(win.items).toHaveCount(0);
});

test('a scenario whose steps pass fails for an anomaly that none expects, and leads to its record', {
  tag: '@exhaustive',
}, async ({ win, host, dataDir }) => {
  await win.button('Lab').click();
  const text =
    'sessions: {us: {role: server, overrun: overwrite}, them: client}\nsteps: [{send: {session: us, text: a}}';
  await addScenario(win, host, join(dataDir, 'odd.yaml'), `${text}, {send: {session: us, text: b}}]\n`);
  await win.button('Run odd').click();
  await expect(scenario(win, 'odd')).toContainText('failed');
  await expect(steps(win)).toHaveText([/passed/, /passed/]);
  const run = win.page.getByRole('region', { name: /^Run of/ });
  await expect(run.getByRole('alert')).toContainText('us recorded the anomaly overrun in s2c, which no step expects');
  await run.getByRole('button', { name: 'Show overrun of us in the log' }).click();
  await expect(win.log.locator('[aria-selected="true"]')).toContainText('overrun');
});

test('mistakes in a scenario are told with their places, and it can’t be run until they are fixed', {
  tag: '@exhaustive',
}, async ({ win, host, dataDir }) => {
  const file = join(dataDir, 'wrong.yaml');
  await win.button('Lab').click();
  await addScenario(win, host, file, 'sessions: {us: server}\nsteps:\n  - sent: hi\n');
  const row = scenario(win, 'wrong.yaml');
  await expect(row).toContainText('1 problem');
  await expect(row).toContainText('3:5');
  await expect(win.button('Run wrong.yaml')).toBeDisabled();
  writeFileSync(file, 'sessions: {us: server}\nsteps:\n  - wait: 60000\n');
  await row.getByRole('button', { name: 'More for wrong.yaml' }).click();
  await win.page.getByRole('menuitem', { name: 'Check again' }).click();
  await win.button('Run wrong').click();
  await expect(steps(win)).toHaveText([/running/]);
  await win.button('Stop wrong').click();
  await expect(scenario(win, 'wrong')).toContainText('cancelled');
});

test('what a session has sent is sent again to its peer, and saved as a scenario that passes', async ({
  win,
  names,
  peer,
  host,
  dataDir,
}) => {
  await win.open('server', names);
  await peer('any', ['client', ...names.peerArgs, 'echo']);
  for (const [n, text] of ['one', 'two', 'three'].entries()) {
    await win.sendText(text);
    await expect.poll(() => win.received()).toBe(n + 1);
  }
  await win.row(3).click();
  await win.row(4).click({ modifiers: ['Shift'], button: 'right' });
  await win.row(4).click({ button: 'right' });
  await win.page.getByRole('menuitem', { name: /^Replay/ }).click();
  const form = win.page.getByRole('dialog', { name: 'Replay' });
  await expect(form.getByLabel('Selected, record 3 to 4')).toBeChecked();
  await form.getByRole('button', { name: 'Start the replay' }).click();
  await expect(win.page.getByRole('region', { name: 'Replay' })).toContainText(
    '1 message sent, and the reply is the same',
  );

  await win.log.press('Control+a');
  await win.row(3).click({ button: 'right' });
  const text = await givenFile(win, /^Save as scenario/);
  await win.button('Lab').click();
  await addScenario(win, host, join(dataDir, 'again.yaml'), text);
  await win.page.getByRole('button', { name: /^Run From Test/ }).click();
  await expect(lab(win).getByRole('rowgroup', { name: /^From Test/ })).toContainText('passed');
  await expect(steps(win).first()).toContainText('“one”');
});

test('a pair of the log becomes a rule; the end answers by it from then on, and the log says which rule has', async ({
  win,
  names,
  newNames,
  peer,
}) => {
  await win.open('server', names);
  const before = await peer('any', ['client', ...names.peerArgs, 'greet', 'ping']);
  await expect.poll(() => win.received()).toBe(1);
  await win.sendText('pong');
  await win.expectGauge('s2c', /read$/);
  await before.kill();
  await win.row(1).click();
  await win.row(2).click({ modifiers: ['Shift'] });
  await win.row(2).click({ button: 'right' });
  await win.page.getByRole('menuitem', { name: 'Make a rule from this pair' }).click();
  const form = win.page.getByRole('dialog', { name: /^Answers of/ });
  await expect(form.getByLabel('What is matched')).toHaveValue('ping');
  await form.getByLabel('Send', { exact: true }).selectOption('json');
  await expect(form.getByRole('button', { name: 'Answer with these rules' })).toBeDisabled();
  await form.getByLabel('What is sent').fill('{"pong":"{{n}}"}');
  await form.getByRole('button', { name: 'Saved' }).click();
  await win.page.getByRole('menuitem', { name: 'Save and manage…' }).click();
  const sets = win.page.getByRole('dialog', { name: 'Saved rules' });
  await sets.getByLabel('Name').fill('greetings');
  await sets.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(sets).toBeHidden();
  await form.getByRole('button', { name: 'Answer with these rules' }).click();
  await expect(form).toBeHidden();
  await peer('x64', ['client', ...names.peerArgs, 'greet', 'ping']);
  await expect(win.rows('{"pong":1} — Sent by the rule “ping” in reply to')).toHaveCount(1);
  await expect(win.page.getByRole('region', { name: 'Answers' })).toContainText('1 of 1 rule on · 1 reply sent');

  await win.page.reload();
  await win.open('server', newNames());
  await win.button('Answers by rules: off').click();
  await form.getByRole('button', { name: 'Saved' }).click();
  await win.page.getByRole('menuitem', { name: 'greetings' }).click();
  await expect(form.getByLabel('What is sent')).toHaveValue('{"pong":"{{n}}"}');
});
