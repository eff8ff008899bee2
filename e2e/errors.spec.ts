import { expect, test } from './fixtures.ts';

test('a client without a server says so, and opens from the same dialog once there is one', async ({
  win,
  peer,
  names,
}) => {
  await win.fill('client', names);
  await win.submit();
  const alert = win.dialog.getByRole('alert');
  await expect(alert).toContainText("Couldn't open the client.");
  await expect(alert).toContainText(`There is no section named "${names.section}". Start the server first`);
  await expect(alert).toContainText(/OS error 2: \S/);
  const server = await peer('any', ['server', ...names.peerArgs, 'echo']);
  await server.waitFor('ready');
  await win.submit();
  await expect(win.dialog).toBeHidden();
  await expect(win.title).toHaveText(names.section);
  await expect(win.items).toHaveCount(1);
});

test('a name that is taken can be taken over', async ({ win, peer, names }) => {
  const other = await peer('x64', ['server', ...names.peerArgs, 'misbehave', 'hold']);
  await other.waitFor('done');
  await win.fill('server', names);
  await win.submit();
  const alert = win.dialog.getByRole('alert');
  await expect(alert).toContainText(`A section named "${names.section}" already exists`);
  await expect(alert).toContainText('OS error 183');
  await win.dialog.getByRole('button', { name: 'Take over the existing section' }).click();
  await expect(win.dialog).toBeHidden();
  const client = await peer('any', ['client', ...names.peerArgs, 'echo']);
  await client.waitFor('ready');
  await win.sendText('mine now');
  await win.expectRow(2, { direction: 'in', preview: 'mine now' });
});

test('a name that an object of another kind has is refused for what it is', async ({ win, names, newNames }) => {
  await win.open('server', names);
  await win.fill('server', { ...newNames(), section: names.eventS2c });
  await win.submit();
  await expect(win.dialog.getByRole('alert')).toContainText(
    `"${names.eventS2c}" already names an object of another kind, so it can't name this section. Choose another name.`,
  );
  await win.button('Cancel').click();
  await win.fill('server', { ...newNames(), eventC2s: names.section });
  await win.submit();
  await expect(win.dialog.getByRole('alert')).toContainText("so it can't name this event");
  await win.button('Cancel').click();
  await expect(win.items).toHaveCount(1);
});

test("fields that can't be right say why before anything is tried", async ({ win, names }) => {
  await win.fill('server', names);
  const submit = win.dialog.getByRole('button', { name: 'Open server' });
  await expect(submit).toBeEnabled();
  for (const [field, typed, reason] of [
    [
      'Section',
      'Lokal\\Name',
      "The only prefixes are Local\\ and Global\\ (in this case); a name can't have other backslashes.",
    ],
    ['Section', 'Local\\a\\b', 'The only prefixes are Local\\ and Global\\'],
    ['Section', `Local\\${'n'.repeat(254)}`, 'A name can have at most 259 characters; this one has 260.'],
    ['Section', 'Local\\', 'Enter a name such as Local\\MySharedMemory.'],
    ['Section', names.eventC2s, 'The section and the two events need three different names'],
    ['Buffer size', '63', 'Buffer size must be at least 64.'],
    ['Buffer size', 'big', 'Buffer size must be a number.'],
    ['Buffer size', '268435457', 'Buffer size must be at most 268,435,456.'],
  ] as const) {
    const input = win.dialog.getByLabel(field, { exact: true });
    const before = await input.inputValue();
    await input.fill(typed);
    await expect(win.dialog).toContainText(reason);
    await expect(submit).toBeDisabled();
    await input.fill(before);
    await expect(submit).toBeEnabled();
  }
});

test('events that are missing are named', async ({ win, peer, names }) => {
  const server = await peer('x64', ['server', ...names.peerArgs, 'misbehave', 'no-events']);
  await server.waitFor('done');
  await win.fill('client', names);
  await win.submit();
  await expect(win.dialog.getByRole('alert')).toContainText(
    `The section exists, but the event "${names.eventS2c}" does not.`,
  );
});

for (const [kind, arch, claim] of [
  ['huge-header', 'any', 'claims two buffers of 4,294,967,280 bytes'],
  ['small-section', 'x64', 'claims two buffers of 16,384 bytes'],
] as const) {
  test(`a section smaller than its header says is not read beyond its end: ${kind}`, async ({ win, peer, names }) => {
    const server = await peer(arch, ['server', ...names.peerArgs, 'misbehave', kind]);
    await server.waitFor('done');
    await win.fill('client', names);
    await win.submit();
    const alert = win.dialog.getByRole('alert');
    await expect(alert).toContainText(`The section "${names.section}" has `);
    await expect(alert).toContainText(claim);
    await win.button('Cancel').click();

    await expect(win.badges).toContainText('failed');
    await win.expectRow(0, { kind: 'anomaly', preview: /^section-too-small — / });
    await win.button('Remove from list').click();
    await expect(win.items).toHaveCount(0);
  });
}
