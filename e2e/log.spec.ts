import { expect, test } from './fixtures.ts';
import type { HostKind } from './hosts/running-app.ts';
import type { AppWindow } from './window.ts';

/** Messages of a flood that is over soon: a wake costs more under Wine. */
const many = (host: HostKind) => (host === 'wine' ? 5000 : 20_000);

/** A flood's message begins with its number in 8 bytes, little-endian. */
async function expectNumbered(win: AppWindow, position: number, number: number): Promise<void> {
  await win.expectRow(position, { seq: position, direction: 'in', kind: 'message', size: 64 });
  await win.row(position).click();
  const bytes = [number & 0xff, number >> 8].map((b) => b.toString(16).padStart(2, '0'));
  await expect(win.detail.locator('.hex-row').first()).toHaveText(
    new RegExp(`^0000\\s*${bytes.join(' ')} 00 00 00 00 00 00 `),
  );
}

/** The contents of the rows that are fully or partly visible. */
async function inView(win: AppWindow): Promise<string[]> {
  return win.log.locator('.log-row:not(.log-head)').allInnerTexts();
}

test('many thousands of records are all in the log: first, middle and last can be looked at', {
  tag: '@exhaustive',
}, async ({ win, peer, names, host }) => {
  const count = many(host);
  await win.open('server', names);
  const client = await peer('x64', ['client', ...names.peerArgs, 'flood', '--count', String(count), '--size', '64']);
  await client.waitFor(new RegExp(`^acknowledged ${count} `));
  const grouped = (n: number) => n.toLocaleString('en-US');
  await expect(win.counter('in')).toHaveText(new RegExp(`^${grouped(count)} `));
  await win.expectRowCount(count + 1);
  await expect(win.toolbar).toContainText(`${grouped(count + 1)} of ${grouped(count + 1)}`);
  await expect(win.counter('anomalies')).toHaveText('0');

  await win.log.focus();
  await win.log.press('Home');
  await win.expectRow(0, { seq: 0, kind: 'opened' });
  await win.row(1).click();
  await win.showDetail('Hex');
  await expectNumbered(win, 1, 0);
  await win.log.press('PageDown');
  await expectNumbered(win, 10, 9);

  const middle = Math.round(count / 2);
  await win.page.evaluate(`document.querySelector('[role=grid]').scrollTop = ${22 * middle}`);
  await expectNumbered(win, middle + 3, middle + 2);
  await win.log.press('End');
  await expectNumbered(win, count, count - 1);
  expect((await inView(win)).length, 'rows in the page').toBeLessThan(100);
});

test('scrolling up stops following, and nothing moves while messages come', async ({ win, peer, names }) => {
  await win.open('server', names);
  const client = await peer('any', [
    'client',
    ...names.peerArgs,
    'flood',
    '--seconds',
    '60',
    '--rate',
    '200',
    '--size',
    '16',
  ]);
  await client.waitFor('ready');
  await expect.poll(() => win.received()).toBeGreaterThan(60);
  await win.log.hover();
  await win.page.mouse.wheel(0, -400);
  await expect(win.page.getByRole('button', { name: 'Follow' })).toHaveAttribute('aria-pressed', 'false');
  const fresh = win.page.getByRole('button', { name: /^\+[\d,]+ new$/ });
  await expect(fresh).toBeVisible();
  const before = await inView(win);
  const news = async () => Number((await fresh.innerText()).replace(/\D/g, ''));
  const then = await news();
  await expect.poll(news).toBeGreaterThan(then + 100);
  expect(await inView(win)).toEqual(before);

  await fresh.click();
  await expect(fresh).toBeHidden();
  await expect(win.page.getByRole('button', { name: 'Follow' })).toHaveAttribute('aria-pressed', 'true');
  const last = async () =>
    Number((await win.log.getByRole('row').last().getByRole('gridcell').first().innerText()).replace(',', ''));
  const end = await last();
  await expect.poll(last).toBeGreaterThan(end + 50);
});

test('pausing holds the view and not the capture; End follows again', async ({ win, peer, names }) => {
  await win.open('server', names);
  const client = await peer('x64', [
    'client',
    ...names.peerArgs,
    'flood',
    '--seconds',
    '60',
    '--rate',
    '200',
    '--size',
    '16',
  ]);
  await client.waitFor('ready');
  await expect.poll(() => win.received()).toBeGreaterThan(60);
  await win.button('Pause').click();
  const rowCount = await win.log.getAttribute('aria-rowcount');
  const before = await inView(win);
  const then = await win.received();
  await expect.poll(() => win.received()).toBeGreaterThan(then + 100);
  expect(await inView(win)).toEqual(before);
  await expect(win.log).toHaveAttribute('aria-rowcount', String(rowCount));
  await expect(win.page.getByRole('button', { name: /^\+[\d,]+ new$/ })).toBeVisible();

  await win.log.focus();
  await win.log.press('End');
  await expect(win.button('Pause')).toHaveAttribute('aria-pressed', 'false');
  await expect
    .poll(async () => Number(await win.log.getAttribute('aria-rowcount')))
    .toBeGreaterThan(Number(rowCount) + 100);
});

test('a filter by direction and kind shows what it says, counts it, and can be undone', async ({
  win,
  peer,
  names,
}) => {
  // Wide enough for the kinds to have a chip each.
  await win.page.setViewportSize({ width: 1920, height: 900 });
  await win.open('server', names, { overrun: 'refuse' });
  const client = await peer('x64', ['client', ...names.peerArgs, 'echo', '--count', '2']);
  await client.waitFor('ready');
  await win.sendText('one');
  await expect(win.rows('one')).toHaveCount(2);
  await win.sendText('two');
  await expect(win.rows('two')).toHaveCount(2);
  expect(await client.exited).toBe(0);
  await win.sendText('three');
  await expect(win.rows('three')).toHaveCount(1);
  await win.sendText('four');
  await expect(win.rows('overrun')).toHaveCount(1);
  const chip = (name: string) => win.toolbar.getByRole('button', { name, exact: true });

  await chip('in').click();
  await expect(win.toolbar).toContainText('2 of 7');
  await win.expectRow(0, { seq: 2, direction: 'in', preview: 'one' });
  await win.expectRow(1, { seq: 4, direction: 'in', preview: 'two' });
  await win.expectRowCount(2);

  await chip('in').click();
  await chip('out').click();
  await chip('anomaly').click();
  await expect(win.toolbar).toContainText('1 of 7');
  await win.expectRow(0, { seq: 6, direction: 'out', kind: 'anomaly' });
  await chip('message').click();
  await expect(win.toolbar).toContainText('4 of 7');

  await chip('anomaly').click();
  await chip('message').click();
  await chip('timeout').click();
  await expect(win.toolbar).toContainText('0 of 7');
  await expect(win.page.getByText('No records match this filter.')).toBeVisible();
  await win.button('Show all records').click();
  await win.expectRowCount(7);
});

test('a filter stays true while messages come', { tag: '@exhaustive' }, async ({ win, peer, names }) => {
  await win.open('server', names);
  await win.toolbar.getByRole('button', { name: 'in', exact: true }).click();
  await expect(win.page.getByText('No records match this filter.')).toBeVisible();
  const client = await peer('any', ['client', ...names.peerArgs, 'echo']);
  await client.waitFor('ready');
  for (const [i, text] of ['a', 'b', 'c'].entries()) {
    await win.sendText(text);
    await win.expectRow(i, { seq: 2 * i + 2, direction: 'in', preview: text });
  }
  await win.expectRowCount(3);
});

test('the keyboard moves the selection, and the detail shows what is selected', { tag: '@exhaustive' }, async ({
  win,
  peer,
  names,
}) => {
  await win.open('server', names);
  const client = await peer('x64', ['client', ...names.peerArgs, 'send', 'alpha', 'beta', 'gamma']);
  expect(await client.exited).toBe(0);
  await win.expectRow(3, { preview: 'gamma' });
  await expect(win.detail).toContainText('Select a record in the log to see its bytes.');
  const text = win.detail.getByLabel('Payload as text');

  await win.log.focus();
  await win.log.press('ArrowUp');
  await expect(win.row(3)).toHaveAttribute('aria-selected', 'true');
  await expect(text).toHaveText('gamma');
  await expect(win.detail).toContainText(/#3 · [\d:.]+ · 5 bytes · received/);
  await win.log.press('ArrowUp');
  await expect(text).toHaveText('beta');
  await win.log.press('Home');
  await expect(win.detail).toContainText('opened');
  await win.log.press('ArrowDown');
  await win.showDetail('Hex');
  await expect(win.detail.locator('.hex-row')).toHaveText(/^0000\s*61 6c 70 68 61\s*alpha$/);
  await win.log.focus();
  await win.log.press('Escape');
  await expect(win.detail).toContainText('Select a record in the log to see its bytes.');
});

test('time is shown as local, as UTC and since the start', { tag: '@exhaustive' }, async ({ win, names }) => {
  await win.open('server', names);
  const time = win.row(0).getByRole('gridcell').nth(1);
  await expect(time).toHaveText(/^\d\d:\d\d:\d\d\.\d{6}$/);
  const choose = async (from: string, to: string) => {
    await win.button(from).click();
    await win.page.getByRole('menuitemradio', { name: to }).click();
  };
  await choose('Local time', 'Since start');
  await expect(time).toHaveText(/^\+0:00:0\d\.\d{6}$/);
  await choose('Since start', 'UTC');
  await win.sendText('now');
  await expect(win.row(1).getByRole('gridcell').nth(2)).toHaveText(/^\+.* (µs|ms|s)$/);
  const title = await time.getAttribute('title');
  expect(Math.abs(Date.parse(title?.replace(' ', 'T') ?? '') - Date.now())).toBeLessThan(60_000);
});

test('timeouts that follow each other are one row that counts on, unfolded and folded by keyboard and mouse', async ({
  win,
  names,
}) => {
  await win.open('server', names, { timeoutMs: 50 });
  const times = async () => Number((await win.row(1).innerText()).match(/timeout ×(\d+)/)?.[1]);
  await expect.poll(times).toBeGreaterThan(3);
  await win.expectRowCount(2);
  await win.row(1).click();
  const then = await times();
  await expect.poll(times).toBeGreaterThan(then);
  await win.button('Pause').click();
  const all = async () => Number(await win.counter('timeouts').textContent());
  await expect.poll(async () => (await all()) - (await times())).toBeGreaterThan(3);
  const paused = await times();
  await win.button('Stop receiving').click();
  await expect(win.page.getByText('Not receiving')).toBeVisible();
  await win.sendText('after them');
  const fresh = win.page.getByRole('button', { name: /^\+\d+ new$/ });
  await expect(fresh).toBeVisible();
  await win.expectRowCount(2);
  expect(await times()).toBe(paused);

  await fresh.click();
  await win.expectRow(2, { kind: 'message', preview: 'after them' });
  const count = await all();
  expect(await times()).toBe(count);
  await win.row(1).click();
  await expect(win.detail).toContainText(`Timeouts${count} in a row`);
  await win.log.press('ArrowRight');
  await win.expectRowCount(count + 2);
  await win.expectRow(1, { seq: 1, kind: 'timeout', preview: 'No message for 50 ms.' });
  await win.expectRow(2, { seq: 2, kind: 'timeout', preview: 'No message for 50 ms.' });
  await win.row(3).click();
  await win.page.keyboard.press('Control+m');
  await expect(win.row(3).getByRole('img', { name: 'mark' })).toBeVisible();
  await win.row(1).click();
  await win.log.press('ArrowLeft');
  await expect(win.row(1)).toContainText('timeout ×2');
  await expect(win.row(2).getByRole('img', { name: 'mark' })).toBeVisible();
  await win.expectRowCount(count + 1);
  await win.row(4).dblclick();
  await win.expectRowCount(5);
  await win.button(`Unfold ${count - 3} timeouts`).click();
  await win.expectRowCount(count + 1);

  await win.button('Columns').click();
  await win.page.getByLabel('Fold timeouts and repeated anomalies').uncheck();
  await win.page.keyboard.press('Escape');
  await win.expectRowCount(count + 2);
  await expect(win.toolbar).toContainText(`${count + 2} of ${count + 2}`);
});

test('an anomaly that repeats is one row with how often it happened, whatever its records, unfolded and folded by keyboard', {
  tag: '@exhaustive',
}, async ({ win, peer, names }) => {
  await win.open('server', names);
  const client = await peer('x64', ['client', ...names.peerArgs, 'misbehave', 'wake-loop', '--seconds', '1']);
  await client.waitFor('done');
  // The last of them are reported a second after those before.
  await expect(win.rows('spurious-wake').first()).toBeVisible();
  const all = async () => Number((await win.counter('anomalies').innerText()).replaceAll(',', ''));
  const times = async () =>
    Number((await win.row(1).innerText()).match(/spurious-wake ×([\d,]+)/)?.[1]?.replaceAll(',', ''));
  await expect.poll(async () => (await all()) > 1 && (await times()) === (await all())).toBe(true);
  await win.expectRowCount(2);
  await win.row(1).click();
  await expect(win.detail).toContainText(/Occurred[\d,]+ times/);
  await win.log.press('ArrowRight');
  await expect(win.rows('spurious-wake')).not.toHaveCount(1);
  await win.log.press('ArrowLeft');
  await expect(win.rows('spurious-wake')).toHaveCount(1);
});
