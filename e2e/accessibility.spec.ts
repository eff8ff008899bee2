import AxeBuilder from '@axe-core/playwright';
import type { Locator } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import type { AppWindow } from './window.ts';

/** What axe finds in `part`, as short as possible. */
async function findings(win: AppWindow, part = 'html'): Promise<string[]> {
  // Tabster's own sentinels for the Tab key pass the focus on at once; a tooltip comes and goes outside of every
  // landmark.
  const axe = new AxeBuilder({ page: win.page })
    .include(part)
    .exclude('[data-tabster-dummy]')
    .exclude('[role=tooltip]')
    .setLegacyMode(true);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id}: ${html} (${any[0]?.message})`));
}

const LOOKS = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  'high contrast': { colorScheme: 'dark', forcedColors: 'active' },
} as const;

/** Each theme and each part of the window once; the rest together. */
const tagOf = (look: string, sample: keyof typeof LOOKS) => (look === sample ? ['@look'] : ['@look', '@exhaustive']);

for (const [look, media] of Object.entries(LOOKS)) {
  test(`axe finds nothing in the empty window, in the dialog and in its errors: ${look}`, {
    tag: tagOf(look, 'high contrast'),
  }, async ({ win, names }) => {
    await win.page.emulateMedia(media);
    await expect(win.page.locator('html')).toHaveAttribute('data-theme', media.colorScheme);
    expect(await findings(win)).toEqual([]);
    await win.fill('client', names);
    expect(await findings(win)).toEqual([]);
    await win.submit();
    await expect(win.dialog.getByRole('alert')).toBeVisible();
    expect(await findings(win)).toEqual([]);
    await win.dialog.getByLabel('Section', { exact: true }).fill('Wrong\\prefix');
    await expect(win.dialog).toContainText('The only prefixes are');
    expect(await findings(win)).toEqual([]);
  });

  test(`axe finds nothing in a live session, a closed one and a banner: ${look}`, { tag: tagOf(look, 'dark') }, async ({
    win,
    peer,
    names,
  }) => {
    await win.page.emulateMedia(media);
    await win.open('server', names, { timeoutMs: 300, overrun: 'refuse' });
    const client = await peer('x64', ['client', ...names.peerArgs, 'echo', '--count', '1']);
    await client.waitFor('ready');
    await win.sendText('first');
    await expect(win.rows('first')).toHaveCount(2);
    await expect(win.rows('timeout').first()).toBeVisible();
    await win.rows('first').first().click();
    await client.exited;
    await win.sendText('unread');
    await win.sendText('refused');
    await expect(win.composer).toContainText('Not sent.');
    expect(await findings(win)).toEqual([]);

    await win.button('Send close').click();
    await expect(win.page.getByRole('alert')).toContainText('Exit replaced an unread message');
    await win.showDetail('Hex');
    await win.composer.getByRole('tab', { name: 'Hex' }).click();
    await win.field.fill('xx');
    expect(await findings(win)).toEqual([]);
    await win.choose('Close', 'Close and keep the log open');
    await expect(win.badges).toContainText('closed');
    expect(await findings(win)).toEqual([]);
  });

  test(`axe finds nothing on the pages, in the lists of commands and in the dialogs about a log: ${look}`, {
    tag: ['@look', '@exhaustive'],
  }, async ({ win, names }) => {
    await win.page.emulateMedia(media);
    await win.open('server', names);
    await win.sendText('{"cmd":"status"}');
    await win.row(1).click();
    await win.detail.getByRole('tab', { name: 'JSON' }).click();
    await win.button('Repeat…').click();
    await win.button('Tracks').click();
    for (const name of ['Fill', 'Latency', 'Marks']) await win.page.getByRole('menuitemcheckbox', { name }).click();
    await win.page.keyboard.press('Escape');
    await win.button('Cursors').click();
    await win.log.press('Control+f');
    await win.page.getByRole('combobox', { name: 'Filter' }).fill('size:>x');
    await expect(win.page.getByText('size: needs a number of bytes')).toBeVisible();
    expect(await findings(win)).toEqual([]);
    await win.page.getByRole('combobox', { name: 'Filter' }).fill('');
    for (const [open, shown] of [
      [() => win.button('Run a command').click(), 'Commands'],
      [() => win.log.press('?'), 'Keyboard shortcuts'],
      [() => win.button('Statistics for this span').click(), 'Statistics'],
      [() => win.button('Export…').click(), 'Export'],
    ] as const) {
      await open();
      await expect(win.page.getByRole('dialog', { name: shown })).toBeVisible();
      expect(await findings(win, '[role=dialog]')).toEqual([]);
      await win.page.keyboard.press('Escape');
      await expect(win.page.getByRole('dialog')).toHaveCount(0);
    }
    for (const page of ['Captures', 'Lab', 'Settings']) {
      await win.button(page).click();
      await expect(win.title).toHaveText(page);
      expect(await findings(win, 'main')).toEqual([]);
    }
  });
}

for (const [look, media] of Object.entries(LOOKS)) {
  test(`axe finds nothing in the channels found and in their details: ${look}`, {
    tag: tagOf(look, 'light'),
  }, async ({ win, peer, names }) => {
    await win.page.emulateMedia(media);
    const server = await peer('x64', ['server', ...names.peerArgs, '--layout', 'fixed64', 'send', 'hello there']);
    await server.waitFor('ready');
    await peer('any', ['client', ...names.peerArgs, '--layout', 'fixed', 'send', 'and back']);
    const found = win.page.getByRole('navigation', { name: 'Channels found' });
    await expect(found).toContainText('different layouts');
    await win.button('All sections').click();
    await expect(found).toContainText('Other sections');
    expect(await findings(win)).toEqual([]);
    await found
      .getByRole('button', { name: names.section.replace('Local\\', '') })
      .first()
      .click();
    await expect(win.page.getByRole('dialog')).toContainText('shm-peer');
    expect(await findings(win)).toEqual([]);
  });

  test(`axe finds nothing in a tap, in what it holds and where many are watched: ${look}`, {
    tag: ['@look', '@exhaustive'],
  }, async ({ win, peer, names }) => {
    await win.page.emulateMedia(media);
    await win.fillTap(names);
    expect(await findings(win, '[role=dialog]')).toEqual([]);
    await win.submit();
    await win.dialog.getByRole('button', { name: 'Wait for the channel' }).click();
    await expect(win.badges).toContainText('waiting');
    expect(await findings(win)).toEqual([]);
    const server = await peer('x64', ['server', ...names.peerArgs, 'talk', '--interval', '100']);
    await server.waitFor('ready');
    const client = await peer('any', ['client', ...names.peerArgs, 'talk', '--interval', '100']);
    await expect(win.rows('{"reply"').first()).toBeVisible();
    expect(await findings(win)).toEqual([]);
    await win.button('Read-only').click();
    await expect(win.page.getByRole('dialog', { name: 'Rights held' })).toBeVisible();
    expect(await findings(win, '[role=dialog]')).toEqual([]);
    await win.page.keyboard.press('Escape');
    await win.button('Tap mode: adaptive').click();
    expect(await findings(win, '[role=menu]')).toEqual([]);
    await win.page.keyboard.press('Escape');
    await win.page.keyboard.press('Alt+w');
    await win.page.locator('.watch-name').focus();
    await win.page.keyboard.press('ArrowRight');
    await expect(win.page.locator('.watch-readout')).toBeVisible();
    expect(await findings(win)).toEqual([]);
    await Promise.all([server.kill(), client.kill()]);
    await win.item(names).getByRole('button').first().click();
    await expect(win.badges).toContainText('programs left');
    expect(await findings(win)).toEqual([]);
  });
}

test('the whole way from the dialog to the answer goes by keyboard', { tag: '@look' }, async ({ win, peer, names }) => {
  const { keyboard } = win.page;
  await win.button('Server').focus();
  await keyboard.press('Enter');
  await expect(win.dialog).toBeVisible();
  for (const [label, text] of [
    ['Section', names.section],
    ['Event server → client', names.eventS2c],
    ['Event client → server', names.eventC2s],
    ['Timeout of each wait in milliseconds', '600000'],
  ] as const) {
    await tabTo(win, win.dialog.getByLabel(label, { exact: true }));
    await keyboard.press('Control+a');
    await keyboard.type(text);
  }
  await keyboard.press('Enter');
  await expect(win.title).toHaveText(names.section);
  const client = await peer('x64', ['client', ...names.peerArgs, 'echo']);
  await client.waitFor('ready');
  await tabTo(win, win.field);
  await keyboard.type('by keyboard');
  await keyboard.press('Control+Enter');
  await expect(win.rows('by keyboard')).toHaveCount(2);
  await tabTo(win, win.log, 'Shift+Tab');
  await keyboard.press('ArrowUp');
  await expect(win.detail.getByLabel('Payload as text')).toHaveText('by keyboard');
  await tabTo(win, win.button('Close'), 'Shift+Tab');
  await keyboard.press('Enter');
  await keyboard.press('Enter');
  await expect(win.badges).toContainText('closed');
});

/** Presses a button as the keyboard does. */
async function press(button: Locator): Promise<void> {
  await button.focus();
  await button.press('Enter');
}

test('a dialog that could not do its work keeps the focus, and gives it back when it is closed', {
  tag: '@look',
}, async ({ win, names }) => {
  await press(win.button('Client'));
  await win.dialog.getByLabel('Section', { exact: true }).fill(names.section);
  const submit = win.dialog.getByRole('button', { name: 'Open client' });
  await press(submit);
  await expect(win.dialog.getByRole('alert')).toContainText('There is no section');
  await expect(submit).toBeFocused();
  await win.page.keyboard.press('Escape');
  await expect(win.dialog).toBeHidden();
  await expect(win.button('Client')).toBeFocused();
});

test('when what has the focus goes away, what stands nearest gets it', { tag: '@look' }, async ({ win, names }) => {
  const { keyboard } = win.page;
  await win.open('server', names);
  await press(win.button('Stop receiving'));
  await expect(win.button('Receive')).toBeFocused();
  await press(win.button('Receive'));
  await expect(win.button('Stop receiving')).toBeFocused();

  await press(win.button('Zoom in'));
  await expect(win.button('Zoom out')).toBeEnabled();
  await press(win.button('Zoom out'));
  await expect(win.button('Zoom out')).toBeDisabled();
  await expect(win.button('Zoom out')).toBeFocused();

  await press(win.button('Columns'));
  await press(win.button('Kind: move right'));
  await expect(win.button('Kind: move right')).toBeFocused();
  await keyboard.press('Escape');
  await expect(win.button('Columns')).toBeFocused();
  await press(win.button('Export…'));
  await expect(win.page.getByRole('dialog', { name: 'Export' })).toBeVisible();
  await keyboard.press('Escape');
  await expect(win.button('Export…')).toBeFocused();

  await press(win.button('Close'));
  await keyboard.press('Enter');
  await expect(win.badges).toContainText('closed');
  await expect(win.page.locator('.header-actions :focus')).toBeVisible();
  await press(win.button('Remove from list'));
  await expect(win.button('New server session')).toBeFocused();
});

test('a dialog that is closed by a press beside it gives the focus back', { tag: '@look' }, async ({ win }) => {
  await win.button('Client').click();
  await expect(win.dialog).toBeVisible();
  await win.page.mouse.click(10, 890);
  await expect(win.dialog).toBeHidden();
  await expect(win.button('Client')).toBeFocused();
});

test('a press beside everything lets go of the focus', { tag: '@look' }, async ({ win, names }) => {
  await win.open('server', names);
  await win.field.focus();
  await win.title.click();
  await expect(win.page.locator(':focus')).toHaveCount(0);
});

/** Presses Tab until `target` has the focus. A browser need not wrap around at the end of the page. */
async function tabTo(win: AppWindow, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const isFocused = () =>
    expect(target)
      .toBeFocused({ timeout: 1 })
      .then(
        () => true,
        () => false,
      );
  for (let presses = 0; presses < 60 && !(await isFocused()); presses++) await win.page.keyboard.press(key);
  await expect(target).toBeFocused();
}

for (const [width, height] of [
  [1440, 900],
  [1024, 640],
  // A small screen at 200 % zoom: there the session scrolls as a whole.
  [720, 450],
] as const) {
  test(`at ${width} × ${height} nothing is cut off and nothing scrolls sideways`, { tag: '@look' }, async ({
    win,
    peer,
    names,
  }) => {
    await win.page.setViewportSize({ width, height });
    const fits = () => expectInside(win, width, height);
    const scrolls = height < 640;
    await fits();
    await win.fill('server', names);
    await expect(win.dialog.getByRole('button', { name: 'Open server' })).toBeInViewport({ ratio: 1 });
    await expect(win.button('Cancel')).toBeInViewport({ ratio: 1 });
    await fits();
    await win.submit();
    await expect(win.title).toHaveText(names.section);
    const client = await peer('any', ['client', ...names.peerArgs, 'echo', '--count', '2']);
    await client.waitFor('ready');
    await win.sendText(`${'a long line of text '.repeat(200)}`);
    await expect(win.rows('a long line')).toHaveCount(2);
    await win.row(2).click();
    for (const control of [
      win.title,
      win.button('Send close'),
      win.button('Close'),
      win.button('Stop receiving'),
      win.page.getByRole('meter').first(),
      win.page.getByRole('meter').last(),
      win.counter('in'),
      win.counter('errors'),
      win.toolbar.getByRole('button', { name: 'Follow' }),
      win.toolbar.getByRole('button', { name: 'Pause' }),
      win.toolbar.getByRole('button', { name: 'Local time' }),
      win.row(2),
      win.field,
      win.send,
      win.composer.getByLabel('If unread'),
      win.detail.getByRole('tab', { name: 'Hex' }),
      win.detail.getByRole('button', { name: 'Copy' }),
    ]) {
      if (scrolls) await control.scrollIntoViewIfNeeded();
      await expect(control).toBeInViewport({ ratio: 1 });
    }
    await fits();
    await win.button('Stop receiving').click();
    await expect(win.page.getByLabel('timeout')).toBeInViewport({ ratio: 1 });
    await expect(win.button('Once')).toBeInViewport({ ratio: 1 });
    await fits();
  });
}

for (const [look, media] of Object.entries(LOOKS)) {
  test(`axe finds nothing in alarms and in a section as bytes, and nothing is cut off: ${look}`, {
    tag: tagOf(look, 'light'),
  }, async ({ win, names }) => {
    test.slow();
    await win.page.emulateMedia(media);
    await win.open('server', names);
    await win.page.keyboard.press('Control+Shift+A');
    const field = win.page.getByRole('combobox', { name: /^New alarm for/ });
    for (const alarm of ['silent 50ms', 'dir:in size:>1k for 3']) {
      await field.fill(alarm);
      await field.press('Enter');
    }
    await expect(win.page.getByRole('cell', { name: 'fired' })).toBeVisible();
    await field.fill('silent 5');
    await field.press('Enter');
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    const fits = async () => {
      expect(await findings(win)).toEqual([]);
      for (const [width, height] of [
        [1024, 640],
        [1440, 900],
      ] as const) {
        await win.page.setViewportSize({ width, height });
        await expectInside(win, width, height);
      }
    };
    await fits();
    await win.button('Tap').click();
    await win.dialog.getByRole('radio', { name: /^Raw/ }).check();
    await win.dialog.getByLabel('Section', { exact: true }).fill(names.section);
    await win.dialog.getByRole('button', { name: 'Open raw' }).click();
    await expect(win.page.getByRole('region', { name: /^Section in hex/ })).toContainText('0000');
    await win.button('Snapshot').click();
    await win.rows('Snapshot 1').click();
    await fits();
  });
}

/** Runs in the page: controls and words that another element or an edge cuts off, and what scrolls sideways. */
const CUT_OFF = `(() => {
  const say = (element) => element.outerHTML.slice(0, 120);
  const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement;
  const page = scrollWidth > clientWidth || scrollHeight > clientHeight ? ['the page scrolls'] : [];
  const controls = [...document.querySelectorAll('button, [role=tab], select, input, textarea, dt, dd, h1, .gauge-figures')];
  const seen = controls.filter((c) => c.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !c.closest('[aria-hidden=true]'));
  const outside = seen.filter((c) => {
    const { left, right, width } = c.getBoundingClientRect();
    return width > 0 && (left < 0 || right > innerWidth);
  });
  const clipped = seen.filter((c) => c.scrollWidth > c.clientWidth + 1 && getComputedStyle(c).display !== 'inline' && !['INPUT', 'TEXTAREA', 'SELECT'].includes(c.tagName));
  return [...page, ...outside.map((c) => 'outside: ' + say(c)), ...clipped.map((c) => 'clipped: ' + say(c))];
})()`;

async function expectInside(win: AppWindow, width: number, height: number): Promise<void> {
  expect(win.page.viewportSize()).toEqual({ width, height });
  await expect.poll(() => win.page.evaluate(CUT_OFF)).toEqual([]);
}

test('a screen reader hears of an anomaly, and of no other row', { tag: '@look' }, async ({ win, names }) => {
  const heard = win.page.locator('[aria-live="polite"]').filter({ hasText: 'in all' });
  await win.open('server', names, { overrun: 'overwrite' });
  await win.sendText('nobody reads this');
  await expect(win.rows('nobody reads this')).toHaveCount(1);
  await expect(heard).toHaveCount(0);
  await win.sendText('which this takes the place of');
  await expect(heard).toHaveText(/^1 new anomaly, error or alarm in .*, 1 in all\.$/);
});
