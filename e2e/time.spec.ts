import { expect, test } from './fixtures.ts';
import { AppWindow } from './window.ts';

const filterOf = (win: AppWindow) => win.toolbar.getByRole('combobox', { name: 'Filter' });
const timeOf = (win: AppWindow, position: number) => win.row(position).getByRole('gridcell').nth(1);

/** A page whose Date is wrong by some ms; the monotonic clock continues as ever. */
const skewed = (ms: number) => `{
  const { now } = Date;
  Date.now = () => now() + ${ms};
  globalThis.Date = new Proxy(Date, {
    construct: (target, args) => Reflect.construct(target, args.length === 0 ? [target.now()] : args),
  });
}`;

const HOUR = 3_600_000;

/** A host on this system and its page in a browser in another zone. */
const NEW_YORK = { host: 'UTC', page: 'America/New_York' };

const PLACES = [
  ['an hour ahead in New York', NEW_YORK, HOUR],
  ['an hour behind in New York', NEW_YORK, -HOUR],
  ['a day behind beyond the date line', { host: 'Pacific/Pago_Pago', page: 'Pacific/Kiritimati' }, -24 * HOUR],
] as const;

for (const [what, zones, by] of PLACES)
  test(`a browser whose clock is ${what} shows what the host's clock says`, {
    tag: '@exhaustive',
  }, async ({ host, launch, names }) => {
    test.skip(host !== 'posix', 'zones of host and page are apart only where both are started here');
    const { page } = await launch([], { zones, pageScript: skewed(by) });
    const win = new AppWindow(page);
    await win.open('server', names);
    await win.sendText('one');
    await win.expectRowCount(2);

    const time = await timeOf(win, 1).innerText();
    const title = (await timeOf(win, 1).getAttribute('title')) ?? '';
    expect(Math.abs(Date.parse(title.replace(' ', 'T').replace(/ (?=[+-])/, '')) - Date.now())).toBeLessThan(60_000);
    await filterOf(win).fill(`after:${time}`);
    await win.expectRowCount(1);
    await win.expectRow(0, { seq: 1, preview: 'one' });
    await filterOf(win).fill('');

    const timeline = page.getByRole('img', { name: /^Timeline from/ });
    const seconds = async () => {
      const words = (await timeline.getAttribute('aria-label')) ?? '';
      const [from = 0, to = 0] = [...words.matchAll(/(\d\d):(\d\d):(\d\d)/g)].map(
        ([, h, m, s]) => (Number(h) * 60 + Number(m)) * 60 + Number(s),
      );
      return (to - from + 86_400) % 86_400;
    };
    expect(await seconds()).toBeLessThan(60);
    // It grows with the session once that is older than the shortest one that is drawn.
    await expect.poll(seconds, { timeout: 30_000 }).toBeGreaterThan(11);
    expect(await seconds()).toBeLessThan(60);
    // The age of the unread message, in the gauge.
    await expect(page.locator('.gauge-state').first()).toHaveText(/^unread \d\d\.\d s$/);
  });

test('a local time that was there twice, or never, is reported with both choices and resolved by one', {
  tag: '@exhaustive',
}, async ({ host, launch, names }) => {
  test.skip(host !== 'posix', 'zones of host and page are apart only where both are started here');
  const { page } = await launch([], { zones: NEW_YORK });
  const win = new AppWindow(page);
  await win.open('server', names);
  await win.sendText('one');
  await win.expectRowCount(2);

  await filterOf(win).fill('dir:out before:2020-11-01T01:30');
  await expect(filterOf(win)).toHaveAccessibleDescription(
    'The clock showed 01:30:00 on 2020-11-01 twice, before and after it was put back. Write 2020-11-01T01:30:00-04:00 or 2020-11-01T01:30:00-05:00.',
  );
  await expect(page.locator('.f-wrong')).toHaveText('2020-11-01T01:30');
  await win.expectRowCount(2);
  await win.button('2020-11-01T01:30:00-05:00').click();
  await expect(filterOf(win)).toHaveValue('dir:out before:2020-11-01T01:30:00-05:00');
  await expect(filterOf(win)).toHaveAttribute('aria-invalid', 'false');
  await win.expectRowCount(0);

  await filterOf(win).fill('after:2020-03-08T02:30');
  await expect(filterOf(win)).toHaveAccessibleDescription(/^The clock never showed 02:30:00 on 2020-03-08/);
  await filterOf(win).fill('after:2020-03-08T02:30Z');
  await win.expectRowCount(2);

  await page.keyboard.press('Control+g');
  const goTo = page.getByRole('dialog', { name: 'Go to' });
  await goTo.getByRole('textbox').fill('2020-11-01 01:30');
  await goTo.getByRole('button', { name: 'Go' }).click();
  await expect(goTo).toContainText('2020-11-01T01:30:00-04:00 or 2020-11-01T01:30:00-05:00');
});

test('the span that is shown filters to its own records, whatever the zone', { tag: '@exhaustive' }, async ({
  host,
  launch,
  names,
}) => {
  test.skip(host !== 'posix', 'zones of host and page are apart only where both are started here');
  const { page } = await launch([], { zones: { host: 'Australia/Lord_Howe', page: 'America/New_York' } });
  const win = new AppWindow(page);
  await win.open('server', names);
  await win.sendText('one');
  await win.expectRowCount(2);
  const plot = await page.getByRole('application', { name: 'Timeline plot' }).boundingBox();
  if (!plot) throw new Error('there is no timeline');
  await page.mouse.move(plot.x, plot.y + 10);
  await page.mouse.down();
  await page.mouse.move(plot.x + plot.width - 4, plot.y + 10, { steps: 4 });
  await page.mouse.up();
  await win.button('Filter the log').click();
  await expect(filterOf(win)).toHaveValue(
    /^after:\d{4}-\d\d-\d\dT[\d:.]+-0[45]:00 before:\d{4}-\d\d-\d\dT[\d:.]+-0[45]:00$/,
  );
  await win.expectRowCount(2);
});
