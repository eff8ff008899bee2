import { expect, test } from './fixtures.ts';

test('a client without a server offers to wait for it; the wait is reported, and stopped', async ({ win, names }) => {
  await win.fill('client', names);
  await win.submit();
  await expect(win.dialog.getByRole('alert')).toContainText('There is no section named');
  await win.dialog.getByRole('button', { name: 'Wait for the server', exact: true }).click();
  await expect(win.dialog).toBeHidden();
  await expect(win.badges).toContainText('clientwaiting');
  await expect(win.status).toContainText(`Waiting for the server: There is no section named "${names.section}"`);
  await expect(win.item(names)).toContainText('client · waiting');
  await win.expectRow(0, { seq: 0, kind: 'notice', preview: /^Waiting for the server/ });
  await win.button('Stop waiting').click();
  await expect(win.badges).toContainText('clientclosed');
  await win.expectRow(1, { seq: 1, kind: 'closed', preview: /^Stopped waiting for the server/ });
});

test('a client that waits works as soon as its server is there, and reconnects by itself', async ({
  win,
  peer,
  names,
}) => {
  await win.open('client', names, { wait: true, reconnect: true });
  await expect(win.badges).toContainText('clientwaiting');
  const first = await peer('x64', ['server', ...names.peerArgs, 'send', 'hello']);
  await win.expectRow(1, { seq: 1, kind: 'opened', preview: /^Opened as client after waiting/ });
  await expect(win.rows('hello')).toBeVisible();
  await first.exited;
  await expect(win.badges).toContainText('clientwaiting');
  await peer('any', ['server', ...names.peerArgs, '--buffer-size', '1024', 'send', 'again']);
  await expect(win.rows('again')).toBeVisible();
  await expect(win.rows('Closed to reconnect, because the server sent exit')).toHaveCount(2);
});

test('a client reconnects when it is asked to', async ({ win, peer, names }) => {
  const first = await peer('x64', ['server', ...names.peerArgs, 'send', 'hello']);
  await first.waitFor('ready');
  await win.open('client', names);
  await expect(win.badges).toContainText('peer exited');
  await win.button('Reconnect').click();
  await expect(win.badges).toContainText('clientwaiting');
  await peer('x64', ['server', ...names.peerArgs, 'echo']);
  await expect(win.badges).toContainText('clientsized16 KiB per directionopen');
  await win.sendText('back');
  await expect(win.rows('back')).toHaveCount(2);
});
