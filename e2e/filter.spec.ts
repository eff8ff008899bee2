import { expect, type Fixtures, test } from './fixtures.ts';
import type { AppWindow } from './window.ts';

const line = (win: AppWindow) => win.toolbar.getByRole('combobox', { name: 'Filter' });
const texts = ['alpha', 'beta', 'alphabet', 'gamma'];

/** A session with `texts` sent to an echo: each goes out, and comes in again. */
async function talk(win: AppWindow, peer: Fixtures['peer'], names: Fixtures['names']) {
  await win.open('server', names);
  const client = await peer('x64', ['client', ...names.peerArgs, 'echo']);
  await client.waitFor('ready');
  for (const [i, text] of texts.entries()) {
    await win.sendText(text);
    await expect.poll(() => win.received()).toBe(i + 1);
  }
  await win.expectRowCount(9);
}

test('a filter is applied as it is typed, and its last good result stays while it has a mistake', async ({
  win,
  peer,
  names,
}) => {
  await talk(win, peer, names);
  await line(win).fill('alpha dir:in');
  await win.expectRowCount(2);
  await win.expectRow(0, { seq: 2, direction: 'in', preview: 'alpha' });
  await win.expectRow(1, { seq: 6, direction: 'in', preview: 'alphabet' });

  await line(win).fill('alpha dir:inn');
  await expect(line(win)).toHaveAttribute('aria-invalid', 'true');
  await expect(line(win)).toHaveAccessibleDescription('“inn” is not a value of dir. Allowed: in, out, none.');
  await expect(win.page.locator('.f-wrong')).toHaveText('inn');
  await win.expectRowCount(2);

  await line(win).press('Escape');
  await expect(line(win)).toHaveValue('alpha dir:in');
  await expect(line(win)).toHaveAttribute('aria-invalid', 'false');
});

test('the line completes fields and their values by keyboard alone', async ({ win, peer, names }) => {
  await talk(win, peer, names);
  await line(win).pressSequentially('di');
  const options = win.page.getByRole('listbox', { name: 'Completions' }).getByRole('option');
  await expect(options).toHaveCount(1);
  await line(win).press('ArrowDown');
  await expect(options).toHaveAttribute('aria-selected', 'true');
  await line(win).press('Tab');
  await expect(line(win)).toHaveValue('dir:');
  await expect(options).toHaveText([/^in/, /^out/, /^none/]);
  await line(win).press('ArrowDown');
  await line(win).press('ArrowDown');
  await line(win).press('Enter');
  await expect(line(win)).toHaveValue('dir:out');
  await win.expectRowCount(4);
});

test('the chips write into the line, and show what is written there', { tag: '@exhaustive' }, async ({
  win,
  peer,
  names,
}) => {
  // Wide enough for the kinds to have a chip each.
  await win.page.setViewportSize({ width: 1920, height: 900 });
  await talk(win, peer, names);
  const chip = (name: string) => win.toolbar.getByRole('button', { name, exact: true });
  await line(win).fill('beta');
  await win.expectRowCount(2);
  await chip('out').click();
  await expect(line(win)).toHaveValue('"beta" dir:out');
  await win.expectRowCount(1);
  await line(win).fill('kind:opened');
  await expect(chip('opened')).toHaveAttribute('aria-pressed', 'true');
  await expect(chip('out')).toHaveAttribute('aria-pressed', 'false');
  await chip('opened').click();
  await expect(line(win)).toHaveValue('');
  await win.expectRowCount(9);
});

test('a filter is saved under a name, found among the recent ones, and both outlast the window', {
  tag: '@exhaustive',
}, async ({ win, peer, names }) => {
  await talk(win, peer, names);
  await line(win).fill('size:>4');
  await line(win).press('Enter');
  await win.button('Filters').click();
  await win.page.getByRole('menuitem', { name: 'Save and manage…' }).click();
  await win.page.getByRole('textbox', { name: 'Name' }).fill('long ones');
  await win.button('Save').click();
  await win.page.reload();
  await expect(line(win)).toHaveValue('');
  await win.button('Filters').click();
  await expect(win.page.getByRole('menuitem', { name: 'size:>4', exact: true })).toBeVisible();
  await win.page.getByRole('menuitem', { name: /^long ones/ }).click();
  await expect(line(win)).toHaveValue('size:>4');
  await win.expectRowCount(6);
});

test('a filter that would take forever is stopped, and says so', { tag: '@exhaustive' }, async ({
  win,
  peer,
  names,
}) => {
  await talk(win, peer, names);
  await win.sendText(`${'a'.repeat(40)}!`);
  await expect.poll(() => win.received()).toBe(5);
  await line(win).fill('/^(a+)+$/');
  await expect(win.page.getByRole('alert').filter({ hasText: 'The filter is too slow' })).toBeVisible();
  await line(win).fill('');
  await win.expectRowCount(11);
});
