import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { decodeFrame, encodeFrame } from '../src/shared/frame.ts';
import { expect, test } from './fixtures.ts';
import { AppWindow } from './window.ts';

/** What the host's log contains so far. */
const logOf = (dataDir: string) => readFileSync(join(dataDir, 'logs', 'shmscope.log'), 'utf8');

// biome-ignore lint/suspicious/noExplicitAny: what a host that has gone mad says has no type
type Mad = any;

/** Passes each answer and state of the host through `change`, which may spoil it. Returns a function that sets it. */
async function spoil(page: Page): Promise<(change: (message: Mad, method: string | undefined) => void) => void> {
  let change = (_message: Mad, _method: string | undefined) => {};
  await page.routeWebSocket(/./, (socket) => {
    const asked = new Map<number, string>();
    const host = socket.connectToServer();
    socket.onMessage((frame) => {
      const { id, method } = decodeFrame(Uint8Array.from(frame as Buffer).buffer) as { id: number; method: string };
      asked.set(id, method);
      host.send(frame);
    });
    host.onMessage((frame) => {
      const message = decodeFrame(Uint8Array.from(frame as Buffer).buffer) as Mad;
      change(message, asked.get(message.id));
      socket.send(Buffer.from(encodeFrame(message)));
    });
  });
  return (next) => {
    change = next;
  };
}

const spoilSession = (part: object) => (message: Mad) => {
  const sessions = message.state?.sessions ?? message.result?.value?.sessions;
  for (const session of Array.isArray(sessions) ? sessions : []) Object.assign(session, part);
};
const spoilAnswer = (to: string, value: Mad) => (message: Mad, method: string | undefined) => {
  if (method === to && message.result?.ok) Object.assign(message.result, { value });
};

const spoilState = (part: object) => (message: Mad) => {
  const state = message.state ?? message.result?.value;
  if (state?.capture) Object.assign(state, part);
};
const spoilRows = (message: Mad, method: string | undefined) => {
  if (method === 'rows' && message.result?.ok) for (const row of message.result.value.rows) row.kind = {};
};

interface Case {
  readonly part: string;
  readonly change: (message: Mad, method: string | undefined) => void;
  /** Leads to the part. */
  readonly open?: (win: AppWindow) => Promise<void>;
  /** Checks that only this part is lost. */
  readonly rest: (win: AppWindow) => Locator;
}

const log = (win: AppWindow) => win.log;
const heading = (win: AppWindow) => win.title;
const CASES: readonly Case[] = [
  { part: 'toolbar', change: spoilState({ jobs: 5 }), rest: log },
  {
    part: 'notifications',
    change: spoilState({ capture: { state: 'stopped', bytes: 1, reason: null, pending: 1 } }),
    rest: log,
  },
  { part: 'session list', change: spoilSession({ counts: {} }), rest: log },
  { part: 'session header', change: spoilSession({ layout: {} }), rest: log },
  { part: 'timeline', change: spoilAnswer('timeline', {}), rest: log },
  { part: 'log', change: spoilRows, rest: heading },
  {
    part: 'selected record',
    change: spoilAnswer('payload', 5),
    open: (win) => win.row(1).click(),
    rest: log,
  },
  { part: 'composer', change: spoilAnswer('send', null), open: (win) => win.sendText('again'), rest: log },
  {
    part: 'page',
    change: spoilAnswer('captures', {}),
    open: (win) => win.page.keyboard.press('Control+o'),
    rest: (win) => win.sessions,
  },
  {
    part: 'page',
    change: spoilAnswer('settings', {}),
    open: (win) => win.page.keyboard.press('Control+,'),
    rest: (win) => win.sessions,
  },
];

async function loadedAgain(broken: Locator): Promise<void> {
  const button = broken.getByRole('button', { name: 'Reload' });
  if (await broken.isVisible()) await button.click();
  await expect(broken).toBeHidden({ timeout: 500 });
}

for (const [n, { part, change, open, rest }] of CASES.entries())
  test(`${part} that can't be drawn leaves the rest of the window, and can be loaded again (${n})`, {
    tag: n === 1 ? '@served' : ['@served', '@exhaustive'],
  }, async ({ app, page, dataDir, names }) => {
    const win = new AppWindow(page);
    const set = await spoil(page);
    await page.reload();
    await win.open('server', names, { overrun: 'overwrite' });
    await win.sendText('hello');
    await expect(win.row(1)).toContainText('hello');
    set(change);
    await page.reload();
    await expect(rest(win)).toBeVisible();
    await open?.(win);
    const broken = page.getByRole('region', { name: part, exact: true });
    await expect(broken).toContainText(`Couldn't show the ${part}. Unexpected error`);
    await expect(broken).toContainText(/under [\da-f]{8}/);
    const id = /under ([\da-f]{8})/.exec(await broken.innerText())?.[1];
    expect(logOf(dataDir)).toMatch(new RegExp(`error ${id} In the window, ${part}: \\w+: .*\n {6}at `));
    expect(logOf(dataDir)).not.toMatch(/hello|again/);
    await expect(rest(win)).toBeVisible();

    set(() => {});
    // Makes the host send its state.
    if (part !== 'page') await page.getByRole('separator', { name: 'Height of the log' }).press('ArrowUp');
    // The result of a send stays until the next.
    if (part === 'composer') await page.reload();
    // Until that state has arrived, the part breaks again.
    else await expect(() => loadedAgain(broken)).toPass();
    await expect(broken).toBeHidden();
    app.problems.length = 0;
  });

test("a dialog that can't be drawn is closed and reported", { tag: ['@served', '@exhaustive'] }, async ({
  app,
  page,
  names,
}) => {
  const win = new AppWindow(page);
  const set = await spoil(page);
  await page.reload();
  await win.open('server', names);
  set(spoilSession({ section: 5 }));
  await page.reload();
  await expect(win.log).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('alert').filter({ hasText: "Couldn't show the export dialog." })).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  app.problems.length = 0;
});

test('what nothing in the window catches is reported and logged, at most twenty times a minute', {
  tag: '@look',
}, async ({ app, page, dataDir }) => {
  await page.evaluate(`setTimeout(() => { throw new TypeError('of a timer') })`);
  await page.evaluate(`void Promise.reject(new RangeError('of a promise'))`);
  await expect(page.getByRole('alert')).toHaveCount(2);
  await expect(page.getByRole('alert').first()).toContainText('The last action may not have completed.');
  await expect.poll(() => logOf(dataDir)).toMatch(/In the window, outside any pane: TypeError: of a timer/);
  await expect.poll(() => logOf(dataDir)).toMatch(/In the window, outside any pane: RangeError: of a promise/);
  await page.evaluate(`for (let n = 0; n < 100; n++) setTimeout(() => { throw new Error('of a loop') })`);
  await expect(page.getByRole('alert').filter({ hasText: 'of a loop' })).toHaveCount(1);
  await expect.poll(() => app.problems.filter((problem) => problem.includes('of a loop')).length).toBe(100);
  await expect.poll(() => logOf(dataDir).match(/of a loop/g)?.length).toBe(18);
  app.problems.length = 0;
});

test('the log is one click away: its folder in the app, its path elsewhere', { tag: ['@look', '@exhaustive'] }, async ({
  app,
  page,
  dataDir,
  host,
}) => {
  await page.keyboard.press('Control+,');
  const help = page.getByRole('group', { name: 'Help' });
  await expect(help).toContainText('shmscope.log');
  if (host === 'standin') {
    await help.getByRole('button', { name: 'Show log' }).click();
    await expect.poll(app.output).toContain(`The folder of ${join(dataDir, 'logs', 'shmscope.log')} would be shown`);
  } else if (host !== 'electron') await expect(help.getByRole('button', { name: 'Copy log path' })).toBeVisible();
  expect(logOf(dataDir)).toMatch(/info Started: Shmscope [\d.]+, \w+, \w+, .*Node\.js/);
  if (host === 'wine') return;
  await app.close();
  expect(logOf(dataDir)).toMatch(/info Stopped\.\n$/);
});
