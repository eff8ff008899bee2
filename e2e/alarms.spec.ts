import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { AppWindow } from './window.ts';

const page = (win: AppWindow) => win.page.getByRole('region', { name: 'Alarms' });
const field = (win: AppWindow) => page(win).getByRole('combobox', { name: /^New alarm for/ });
const alarms = (win: AppWindow) => page(win).getByRole('combobox', { name: 'Alarm', exact: true });
const row = (win: AppWindow, text: string) =>
  page(win)
    .getByRole('row')
    .filter({ has: win.page.locator(`input[value='${text}']`) });

async function add(win: AppWindow, text: string): Promise<void> {
  await field(win).fill(text);
  await field(win).press('Enter');
  await expect(field(win)).toHaveValue('');
}

test('an alarm is set for a channel, fires once, marks the log and leads to its record', async ({
  win,
  peer,
  names,
}) => {
  await win.open('server', names);
  await win.page.keyboard.press('Control+Shift+A');
  await add(win, 'dir:in "boom" for 2');
  await expect(row(win, 'dir:in "boom" for 2')).toContainText('armed');

  const client = await peer('x64', ['client', ...names.peerArgs, 'echo']);
  await client.waitFor('ready');
  await win.item(names).click();
  for (const [n, text] of ['boom', 'calm', 'boom', 'boom'].entries()) {
    await win.sendText(text);
    await expect.poll(() => win.received()).toBe(n + 1);
  }
  await expect(win.rows('dir:in "boom" for 2: 2 records in a row passed.')).toHaveCount(1);
  await expect(win.counter('alarms')).toHaveText('1');
  // It is also shown to those who want less motion.
  await expect(win.sessions.locator('.alarm-flash')).toHaveCSS('animation-name', 'alarm-flash');
  // Behind the words, which stay readable.
  await expect(win.sessions.locator('.alarm-flash')).toHaveCSS('z-index', '-1');

  await win.page.getByRole('button', { name: 'Alarms', exact: true }).click();
  await expect(row(win, 'dir:in "boom" for 2').getByRole('cell').nth(2)).toHaveText('1');
  await page(win)
    .getByRole('button', { name: /2 records in a row passed/ })
    .click();
  await expect(win.title).toHaveText(names.section);
  await expect(win.log.locator('[aria-selected="true"]')).toContainText('2 records in a row passed');
});

test('a mistake is underlined and described, and nothing is set until it is fixed', { tag: '@exhaustive' }, async ({
  win,
  names,
}) => {
  await win.open('server', names);
  await win.page.keyboard.press('Control+Shift+A');
  await field(win).fill('silent 5');
  await field(win).press('Enter');
  await expect(field(win)).toHaveAttribute('aria-invalid', 'true');
  await expect(field(win)).toHaveAccessibleDescription(/^silent needs a time with its unit/);
  await expect(win.page.locator('.f-wrong')).toHaveText('5');
  await expect(alarms(win)).toHaveCount(0);
  await field(win).press('s');
  await field(win).press('Enter');
  await expect(alarms(win)).toHaveValue('silent 5s');
});

test('an alarm is changed in its place, completed as it is typed, and removed', { tag: '@exhaustive' }, async ({
  win,
  names,
}) => {
  await win.open('server', names);
  await win.page.keyboard.press('Control+Shift+A');
  await field(win).pressSequentially('mis');
  await expect(win.page.getByRole('option', { name: /^missed/ })).toBeVisible();
  await field(win).press('ArrowDown');
  await field(win).press('Tab');
  await field(win).press('Enter');
  await expect(alarms(win)).toHaveValue('missed');
  await alarms(win).fill('anomaly overrun');
  await alarms(win).press('Enter');
  await expect(row(win, 'anomaly overrun')).toContainText('armed');
  await alarms(win).fill('anomaly nonsense');
  await alarms(win).press('Enter');
  await expect(alarms(win)).toHaveAccessibleDescription(/no anomaly “nonsense”/);
  await alarms(win).press('Escape');
  await expect(alarms(win)).toHaveValue('anomaly overrun');
  await page(win).getByRole('button', { name: 'Remove anomaly overrun' }).click();
  await expect(alarms(win)).toHaveCount(0);
});

test('alarms are kept for their channel: a later session has them, and so has a window that is reloaded', {
  tag: '@exhaustive',
}, async ({ win, names }) => {
  await win.open('server', names);
  await win.page.keyboard.press('Control+Shift+A');
  await add(win, 'silent 100ms');
  await expect(row(win, 'silent 100ms')).toContainText('fired');
  await win.item(names).click();
  await win.choose('Close', 'Close and remove from list');
  await win.open('server', names);
  await expect(win.rows('silent 100ms: no message for')).toHaveCount(1);
  await expect(win.item(names).locator('.alarm-mark')).toHaveText('1');
  await win.page.reload();
  await expect(win.button('Server')).toBeVisible();
  await win.page.keyboard.press('Control+Shift+A');
  await expect(row(win, 'silent 100ms')).toContainText('fired');
});

test('when an alarm fired is told by the clock that the log shows', { tag: '@exhaustive' }, async ({
  host,
  launch,
  names,
}) => {
  test.skip(host !== 'posix', 'zones of host and page are apart only where both are started here');
  const { page: opened } = await launch([], { zones: { host: 'UTC', page: 'Asia/Kolkata' } });
  const win = new AppWindow(opened);
  await win.open('server', names);
  await win.button('Local time').click();
  await win.page.getByRole('menuitemradio', { name: 'UTC' }).click();
  await win.page.keyboard.press('Control+Shift+A');
  await add(win, 'silent 50ms');
  const fired = page(win).getByRole('button', { name: /no message for/ });
  const [hour, minute] = (await fired.innerText()).split(':').map(Number);
  const now = new Date();
  const late = now.getUTCHours() * 60 + now.getUTCMinutes() - ((hour ?? 0) * 60 + (minute ?? 0));
  expect((late + 1440) % 1440).toBeLessThan(3);
});

/** Records the page's system notifications. */
const listen = (page: Page) =>
  page.evaluate(() => {
    const said: string[] = [];
    class Fake {
      static readonly permission = 'granted';
      static readonly requestPermission = async () => 'granted';
      constructor(title: string, { body }: { body: string }) {
        said.push(`${title}, ${body}`);
      }
    }
    Object.assign(globalThis, { Notification: Fake, said });
  });

const said = (page: Page) => page.evaluate(() => (globalThis as unknown as { said: string[] }).said);

test('the system says so when an alarm fires, if the user wants it', async ({ win, names }) => {
  await win.open('server', names);
  await listen(win.page);
  await win.page.keyboard.press('Control+Shift+A');
  await add(win, 'silent 50ms');
  await expect(row(win, 'silent 50ms')).toContainText('fired');
  expect(await said(win.page)).toEqual([]);
  await page(win).getByRole('switch', { name: 'Notify me on this desktop' }).check();
  await add(win, 'silent 60ms');
  await expect.poll(() => said(win.page)).toEqual([expect.stringMatching(/: silent 60ms, no message for /)]);
});
