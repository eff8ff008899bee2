import { expect, test } from './fixtures.ts';
import type { Names } from './names.ts';
import type { AppWindow } from './window.ts';

const lines = (win: AppWindow) => win.page.getByRole('list', { name: 'Watched sessions' }).getByRole('listitem');
const line = (win: AppWindow, { section }: Names) => lines(win).filter({ hasText: section.replace('Local\\', '') });

test('several sessions are watched on one clock, each in a line', async ({ win, peer, names, newNames }) => {
  const ours = newNames();
  const server = await peer('x64', ['server', ...names.peerArgs, 'talk', '--interval', '100']);
  await server.waitFor('ready');
  await peer('any', ['client', ...names.peerArgs, 'talk', '--interval', '100']);
  await win.openTap(names);
  await win.open('server', ours);
  const odd = await peer('any', ['client', ...ours.peerArgs, 'misbehave', 'bad-length']);
  await odd.waitFor('done');

  await win.button('Watch all').click();
  await expect(win.title).toHaveText('Watch');
  await expect(lines(win)).toHaveCount(2);
  const tap = line(win, names);
  await expect(tap).toContainText('tap · sized · adaptive');
  await expect(tap.getByText(/^[1-9]\d*\/s$/).first()).toBeVisible();
  await expect(tap.getByRole('img')).toHaveAccessibleName(/^[1-9].* messages server to client/);
  await expect(line(win, ours)).toContainText('▲ 1');
  await expect(line(win, ours).getByRole('meter', { name: 'C→S' })).toHaveAttribute('aria-valuetext', /^over/);
});

test('one crosshair goes through all lines by keyboard, and Enter opens the session there', {
  tag: '@exhaustive',
}, async ({ win, names, newNames }) => {
  const others = newNames();
  await win.open('server', names);
  await win.sendText('here');
  await win.open('server', others);
  await win.page.keyboard.press('Alt+w');
  await line(win, names).getByRole('button').focus();
  await win.page.keyboard.press('ArrowRight');
  await expect(win.page.locator('.watch-readout')).toHaveCount(2);
  await win.page.keyboard.press('ArrowDown');
  await expect(line(win, others).getByRole('button')).toBeFocused();
  await win.page.keyboard.press('Escape');
  await expect(win.page.locator('.watch-readout')).toHaveCount(0);
  await win.page.keyboard.press('ArrowUp');
  await win.page.keyboard.press('Enter');
  await expect(win.title).toHaveText(names.section);
});

test('sessions that are picked in the list are watched alone, until all are again', { tag: '@exhaustive' }, async ({
  win,
  names,
  newNames,
}) => {
  const [second, third] = [newNames(), newNames()];
  for (const each of [names, second, third]) await win.open('server', each);
  for (const each of [names, third])
    await win
      .item(each)
      .getByRole('button')
      .first()
      .click({ modifiers: ['ControlOrMeta'] });
  await expect(win.title).toHaveText(third.section);
  await win.button('Watch 2').click();
  await expect(lines(win)).toHaveCount(2);
  await expect(line(win, second)).toHaveCount(0);
  await win.page.locator('main').getByRole('button', { name: 'Watch all' }).click();
  await expect(lines(win)).toHaveCount(3);
});

test('strips that are held stand still, and the time they show is chosen', { tag: '@exhaustive' }, async ({
  win,
  names,
}) => {
  await win.open('server', names);
  await win.page.keyboard.press('Alt+w');
  await win.button('10 s').click();
  await expect(win.button('10 s')).toHaveAttribute('aria-pressed', 'true');
  await win.page.keyboard.press('Alt+h');
  await expect(win.page.getByText('frozen; the captures continue')).toBeVisible();
  await win.button('Resume').click();
  await expect(win.page.getByText('held still')).toHaveCount(0);
});

test('all of it has room in a small window', { tag: ['@look', '@exhaustive'] }, async ({ win, names, newNames }) => {
  for (const each of [names, newNames(), newNames()]) await win.open('server', each);
  await win.page.setViewportSize({ width: 1024, height: 640 });
  await win.page.keyboard.press('Alt+w');
  await expect(lines(win)).toHaveCount(3);
  const overflow = await win.page.locator('.watch-scroll').evaluate((e) => e.scrollWidth - e.clientWidth);
  expect(overflow).toBe(0);
});
