import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import type { AppWindow } from './window.ts';

const timeline = (win: AppWindow) => win.page.getByRole('region', { name: 'Timeline', exact: true });
const plot = (win: AppWindow) => win.page.getByRole('application', { name: 'Timeline plot' });
const track = (win: AppWindow, name: string) => timeline(win).getByRole('img', { name: new RegExp(`^${name}: `) });
const names = (win: AppWindow) => timeline(win).getByRole('button', { name: /^Track / });
const cursor = (win: AppWindow, letter: string) => win.page.getByRole('slider', { name: `Cursor ${letter}` });
const words = (win: AppWindow) => timeline(win).locator('.timeline-words').first();

async function toggle(win: AppWindow, ...tracks: readonly string[]): Promise<void> {
  await win.button('Tracks').click();
  for (const name of tracks) await win.page.getByRole('menuitemcheckbox', { name, exact: true }).click();
  await win.page.keyboard.press('Escape');
}

/** Drags between two shares of the plot's width. */
async function drag(win: AppWindow, from: number, to: number, key?: 'Control' | 'Shift'): Promise<void> {
  const box = await boxOf(plot(win));
  const y = box.y + 12;
  if (key) await win.page.keyboard.down(key);
  await win.page.mouse.move(box.x + from * box.width, y);
  await win.page.mouse.down();
  await win.page.mouse.move(box.x + to * box.width, y, { steps: 4 });
  await win.page.mouse.up();
  if (key) await win.page.keyboard.up(key);
}

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (!box) throw new Error('It is not shown.');
  return box;
}

/** Three messages, and how they are drawn. */
async function threeMessages(win: AppWindow, section: Parameters<AppWindow['open']>[1]): Promise<void> {
  await win.open('server', section, { overrun: 'overwrite' });
  for (const text of ['one', 'two', 'three']) await win.sendText(text);
  await expect(timeline(win).getByRole('img', { name: /^Timeline from .*3 messages/ })).toBeVisible();
}

test('tracks are added, ordered, resized and removed, and are there again after a reload', {
  tag: '@exhaustive',
}, async ({ win, names: section }) => {
  await win.open('server', section);
  await expect(names(win)).toHaveText(['Rate', 'Slots']);
  await toggle(win, 'Latency', 'Bytes', 'Rate');
  await expect(names(win)).toHaveText(['Slots', 'Latency', 'Bytes']);
  await win.choose('Track Bytes', 'Move up');
  await expect(names(win)).toHaveText(['Slots', 'Bytes', 'Latency']);
  const edge = timeline(win).getByRole('separator', { name: 'Height of Bytes' });
  await edge.focus();
  for (const _ of [1, 2, 3]) await edge.press('ArrowDown');
  await expect(edge).toHaveAttribute('aria-valuenow', '72');
  await win.choose('Track Latency', 'Remove');
  await win.page.reload();
  await expect(names(win)).toHaveText(['Slots', 'Bytes']);
  await expect(edge).toHaveAttribute('aria-valuenow', '72');
  await win.choose('Tracks', 'Reset tracks');
  await expect(names(win)).toHaveText(['Rate', 'Slots']);
});

test('each track says what it shows, in both directions', async ({ win, names: section }) => {
  await threeMessages(win, section);
  await toggle(win, 'Fill', 'Anomalies', 'Marks');
  await expect(track(win, 'Fill')).toHaveAccessibleName(/S→C 0 % to 0\.0\d+ %/);
  await expect(track(win, 'Anomalies')).toHaveAccessibleName(/[12] anomalies/);
  await win.row(1).click();
  await win.page.keyboard.press('Control+m');
  await expect(track(win, 'Marks')).toHaveAccessibleName('Marks: 1 of 1 mark');
});

test('the wheel zooms at the pointer, dragging with Shift moves, and a drag selects a span to filter by', {
  tag: '@exhaustive',
}, async ({ win, names: section }) => {
  await threeMessages(win, section);
  await expect(words(win)).toHaveText('Entire session');
  const box = await boxOf(plot(win));
  await win.page.mouse.move(box.x + box.width / 2, box.y + 10);
  for (const _ of [1, 2, 3]) await win.page.mouse.wheel(0, -200);
  await win.page.mouse.move(box.x, box.y - 60);
  await expect(words(win)).toHaveText(/^\d\d:\d\d:\d\d/);
  const before = await timeline(win)
    .getByRole('img', { name: /^Timeline from/ })
    .getAttribute('aria-label');
  await drag(win, 0.1, 0.9, 'Shift');
  const moved = timeline(win).getByRole('img', { name: /^Timeline from/ });
  await expect(moved).not.toHaveAccessibleName(before ?? '');
  await win.button('Show all').click();
  await win.page.mouse.move(box.x, box.y - 60);
  await expect(words(win)).toHaveText('Entire session');
  await drag(win, 0, 0.99);
  await win.button('Filter the log').click();
  await expect(win.page.getByRole('combobox', { name: 'Filter' })).toHaveValue(/^after:.* before:.*/);
});

test('two cursors measure what lies between them, by pointer and by key', { tag: '@exhaustive' }, async ({
  win,
  names: section,
}) => {
  await threeMessages(win, section);
  await drag(win, 0, 0.99, 'Control');
  const measured = win.page.getByRole('region', { name: 'Between the cursors' });
  await expect(measured).toContainText(/^Δt \d+\.\d{6} s · 3 messages \(S→C 3, C→S 0\) · 11 B · 0\.\d+\/s/);
  await cursor(win, 'B').focus();
  await win.page.keyboard.press('Shift+ArrowLeft');
  const before = await cursor(win, 'B').getAttribute('aria-valuenow');
  await plot(win).focus();
  await win.page.keyboard.press('b');
  await expect(cursor(win, 'B')).not.toHaveAttribute('aria-valuenow', before ?? '');

  await win.page.keyboard.press('Alt+g');
  const statistics = win.page.getByRole('dialog', { name: 'Statistics' });
  await expect(statistics.getByLabel('Time', { exact: true })).toHaveValue('between');
  await statistics.getByLabel('Compare with').selectOption('Entire session');
  await expect(statistics.getByRole('img', { name: /^Shares of both times/ }).first()).toBeVisible();
  await win.page.keyboard.press('Escape');
  await win.page.keyboard.press('Alt+k');
  await expect(measured).toHaveCount(0);
});

test('a click selects the nearest record, and the selected record is a line on the tracks', {
  tag: '@exhaustive',
}, async ({ win, names: section }) => {
  await threeMessages(win, section);
  await win.page.keyboard.press('Escape');
  await plot(win).focus();
  await win.page.keyboard.press('Home');
  await win.page.keyboard.press('ArrowRight');
  await expect(win.page.locator('.scope-cross')).toBeVisible();
  await win.page.keyboard.press('Enter');
  await expect(win.log.getByRole('row', { selected: true })).toHaveCount(1);
  await expect(win.page.locator('.scope-selected')).toBeVisible();
});

test('another session is shown beneath, on the same time', { tag: '@exhaustive' }, async ({
  win,
  names: section,
  newNames,
}) => {
  const other = newNames();
  await win.open('server', other);
  await win.sendText('over there');
  await threeMessages(win, section);
  await win.button('Tracks').click();
  const named = other.section.replace('Local\\', '');
  await win.page.getByRole('menuitemcheckbox', { name: `${named} · server` }).click();
  await win.page.keyboard.press('Escape');
  const beneath = timeline(win).getByRole('region', { name: `${named} · server` });
  await expect(beneath.getByRole('img', { name: /^Timeline from .*1 message of/ })).toBeVisible();
  await expect(timeline(win).getByRole('img', { name: /^Rate: / })).toHaveCount(2);
});

test('a field of the messages is drawn, as a line or as its states, and messages are laid on each other', async ({
  win,
  names: section,
  sharedData,
}) => {
  const bindings = join(sharedData, 'types', 'bindings.yaml');
  mkdirSync(dirname(bindings), { recursive: true });
  writeFileSync(bindings, 'bindings:\n  - { type: json, abi: linux-x64 }\n');
  try {
    await win.open('server', section, { overrun: 'overwrite' });
    for (const n of [3, 99, 7]) await win.sendText(`{"n":${n},"state":"${n > 9 ? 'high' : 'low'}"}`);
    for (const path of ['n', 'state']) {
      await win.choose('Tracks', 'Draw a field…');
      await win.page.getByRole('combobox', { name: 'Field' }).fill(path);
      await win.button('Draw').click();
    }
    await expect(track(win, 'n')).toHaveAccessibleName('n: 3 to 99, mean 36.3333 · 3 values');
    await expect(track(win, 'state')).toHaveAccessibleName('state: low, high');
    await win.button('Overlay sweeps').click();
    await win.page.getByRole('combobox', { name: 'Sweeps begin with' }).fill('kind:message');
    await win.page.getByRole('spinbutton', { name: 'Length in ms' }).fill('60000');
    await expect(win.page.getByRole('img', { name: /^Sweeps: 3 sweeps · S→C 3, after/ })).toBeVisible();
  } finally {
    rmSync(bindings);
  }
});

test('a trigger stops the view at what it waits for, with the records around it, and can be cancelled', {
  tag: '@exhaustive',
}, async ({ win, names: section }) => {
  await win.open('server', section, { overrun: 'overwrite' });
  await win.page.keyboard.press('Alt+j');
  const trigger = win.page.getByRole('region', { name: 'Trigger' });
  const state = trigger.getByRole('status');
  const line = trigger.getByRole('combobox', { name: 'Trigger on' });
  await line.fill('size:huge');
  await line.press('Enter');
  await expect(line).toHaveAccessibleDescription(/size: needs/);
  await trigger.getByLabel('Records before and after').fill('1');
  await line.fill('size:>3 rising');
  await line.press('Enter');
  await expect(state).toHaveText(/^armed/);
  for (const text of ['one', 'longer', 'on']) await win.sendText(text);
  await expect(state).toHaveText(/^triggered at #/);
  await expect(win.log.getByRole('row', { selected: true })).toContainText('longer');
  await expect(win.button('Pause')).toHaveAttribute('aria-pressed', 'true');
  await trigger.getByRole('button', { name: 'Arm' }).click();
  await expect(state).toHaveText(/^armed/);
  await trigger.getByRole('button', { name: 'Cancel' }).click();
  await expect(state).toHaveText('');
});
