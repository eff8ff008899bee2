import { expect, test } from './fixtures.ts';

const hex = (text: string) => Buffer.from(text).toString('hex');

test('whatever a payload holds is shown as what it is, and does nothing', async ({ win, peer, names }) => {
  const payloads = [
    {
      hex: hex('<img src=x onerror="document.title=1"><script>document.title=2</script>'),
      shown: '<img src=x onerror="document.title=1"><script>document.title=2</script>',
    },
    { hex: hex('safe\u202egpj.exe\u2066'), shown: 'safe\\u{202E}gpj.exe\\u{2066}' },
    { hex: hex('bell\x07 esc\x1b[31m del\x7f'), shown: 'bell\\x07 esc\\x1b[31m del\\x7f' },
    { hex: hex('before\0after\0'), shown: 'before\\0after\\0' },
    { hex: hex('zero\u200bwidth\ufeff tab\t'), shown: 'zero\\u{200B}width\\u{FEFF} tab\\t' },
  ];
  await win.open('server', names);
  const args = payloads.flatMap((payload) => ['--hex', payload.hex]);
  const client = await peer('any', ['client', ...names.peerArgs, 'send', ...args]);
  expect(await client.exited).toBe(0);
  const text = win.detail.getByLabel('Payload as text');
  for (const [i, { hex, shown }] of payloads.entries()) {
    await win.expectRow(i + 1, { kind: 'message', size: hex.length / 2, preview: shown });
    await win.row(i + 1).click();
    await expect(text).toHaveText(shown);
  }
  await expect(win.page.locator('main img, main script')).toHaveCount(0);
  await expect(win.page).toHaveTitle(/Shmscope/);
});

test("bytes that aren't text are shown as bytes, in their place", { tag: '@exhaustive' }, async ({
  win,
  peer,
  names,
}) => {
  await win.open('server', names);
  const sent = ['--hex', '6f6bfffe6f6b', '--hex', 'c328', '--hex', 'eda080', '--hex', 'f09f91'];
  const client = await peer('x64', ['client', ...names.peerArgs, 'send', ...sent]);
  expect(await client.exited).toBe(0);
  const text = win.detail.getByLabel('Payload as text');
  for (const [position, preview, detail] of [
    [1, '6f 6b ff fe 6f 6b', 'ok\\xff\\xfeok'],
    [2, 'c3 28', '\\xc3('],
    [3, 'ed a0 80', '\\xed\\xa0\\x80'],
    [4, 'f0 9f 91', '\\xf0\\x9f\\x91'],
  ] as const) {
    await win.expectRow(position, { kind: 'message', preview });
    await win.row(position).click();
    await expect(text).toHaveText(detail);
  }
  await win.showDetail('Hex');
  await expect(win.detail.locator('.hex-row')).toHaveText(/^0000\s*f0 9f 91\s*\.\.\.$/);
  await win.showDetail('Text');
});

test('a name made of markup and bidi controls is a name like any other', async ({ win, names }) => {
  const odd = { ...names, section: `${names.section}<b>x</b>\u202etxt` };
  await win.fill('server', odd);
  await win.submit();
  await expect(win.title).toHaveText(`${names.section}<b>x</b>\\u{202E}txt`);
  await expect(win.item(names)).toContainText('<b>x</b>\\u{202E}txt');
  await expect(win.page).toHaveTitle(/<b>x<\/b>\\u\{202E\}txt – Shmscope$/);
});

for (const { kind, arch, rows } of [
  {
    kind: 'bad-length',
    arch: 'any',
    rows: [
      {
        kind: 'anomaly',
        preview:
          "bad-length — The length is 4,294,967,295 bytes, but the buffer holds 16,384. The message was read up to the buffer's end.",
      },
      { kind: 'message', size: 16384, preview: /^bad length(\\0)+…$/ },
    ],
  },
  {
    kind: 'unknown-flag',
    arch: 'x64',
    rows: [
      { kind: 'anomaly', preview: /^unknown-flag — The flag is 4; only 0 to 3 are valid\./ },
      { kind: 'error', preview: /^unknown-flag — The flag is 4; / },
    ],
  },
  {
    kind: 'spurious-wake',
    arch: 'any',
    rows: [{ kind: 'anomaly', preview: 'spurious-wake — The event was set, but the flag is 0: there is no message.' }],
  },
  {
    kind: 'lost-wake',
    arch: 'x64',
    rows: [
      { kind: 'anomaly', preview: /^lost-wake — A message was in the slot for \d+ ms without its event being set/ },
      { kind: 'message', size: 9, preview: 'lost wake' },
    ],
  },
] as const) {
  test(`what a ${arch} peer does wrong has a name in the log: ${kind}`, {
    tag: kind === 'bad-length' ? [] : '@exhaustive',
  }, async ({ win, peer, names }) => {
    await win.open('server', names);
    const client = await peer(arch, ['client', ...names.peerArgs, 'misbehave', kind]);
    await client.waitFor('done');
    for (const [i, row] of rows.entries()) await win.expectRow(i + 1, { direction: 'in', ...row });
    await win.expectRowCount(rows.length + 1);
    await expect(win.counter('anomalies')).toHaveText('1');
    await expect(win.counter('errors')).toHaveText(kind === 'unknown-flag' ? '1' : '0');
    await win.row(1).click();
    await expect(win.detail).toContainText(`anomaly: ${kind}`);
    client.closeInput();
    expect(await client.exited).toBe(0);

    const next = await peer('x64', ['client', ...names.peerArgs, 'send', 'as it should be']);
    expect(await next.exited).toBe(0);
    await expect(win.rows('as it should be')).toBeVisible();
  });
}

test('a length beyond the buffer is shown as it stands, and covers nothing beside it', async ({ win, peer, names }) => {
  await win.open('server', names);
  const client = await peer('any', ['client', ...names.peerArgs, 'misbehave', 'bad-length']);
  await client.waitFor('done');
  await win.expectGauge('c2s', 'over, 4,294,967,295 bytes, read');
  const figures = await win.page.getByText('over 4,294,967,295 of 16,384').boundingBox();
  const state = await win.page.locator('.gauge-state').last().boundingBox();
  expect(figures && state && figures.x + figures.width <= state.x).toBe(true);
});

test('a slot that is written while it is read is reported as a torn read', { tag: '@exhaustive' }, async ({
  win,
  peer,
  names,
}) => {
  await win.open('server', names);
  const client = await peer('x64', ['client', ...names.peerArgs, 'misbehave', 'torn', '--seconds', '50']);
  await client.waitFor('ready');
  await win.page.setViewportSize({ width: 1920, height: 900 });
  await win.toolbar.getByRole('button', { name: 'anomaly', exact: true }).click();
  // Only about ten looks a second, and both sides must run at once.
  const torn = win.rows(/torn-read — While the message was copied, .+ changed from /).first();
  await expect(torn).toBeVisible({ timeout: 40_000 });
});

test('a peer that writes twice before we look loses the first, and the log says so', { tag: '@exhaustive' }, async ({
  win,
  peer,
  names,
}) => {
  await win.open('server', names, { timeoutMs: null });
  const first = await peer('any', ['client', ...names.peerArgs, 'send', 'never looked at', '--timeout', 'none']);
  await win.expectGauge('c2s', '1 percent, 15 bytes, unread');
  await first.kill();
  await peer('x64', ['client', ...names.peerArgs, 'misbehave', 'overwrite']);
  await expect(win.rows("overrun — The peer replaced a message we hadn't received yet").first()).toBeVisible();
});

test('a server that is restarted with other sizes is reported, nothing is sent to it, and the channel is opened again', async ({
  win,
  peer,
  names,
}) => {
  const first = await peer('x64', ['server', ...names.peerArgs, '--buffer-size', '8192', 'misbehave', 'hold']);
  await first.waitFor('ready');
  await win.open('client', names);
  await first.kill();
  const smaller = ['--buffer-size', '4096', '--take-over', 'receive', '--timeout', 'none'];
  const second = await peer('any', ['server', ...names.peerArgs, ...smaller]);
  await second.waitFor('ready');
  const banner = win.page.getByRole('alert').filter({ hasText: 'The server was restarted with another header' });
  await expect(banner).toContainText(
    'it was sized with 8,192 bytes per direction, and now it says sized with 4,096 bytes',
  );
  await expect(win.rows(/^.*header-changed — The server was restarted/).first()).toBeVisible();
  await banner.getByRole('button', { name: 'Reopen' }).click();
  await expect(banner).toBeHidden();
  await win.sendText('hello');
  expect(await second.waitFor(/^message/)).toBe('message 5 68656c6c6f');
});

test('a message that fills the buffer has a hint that it may have been cut off', { tag: '@exhaustive' }, async ({
  win,
  peer,
  names,
}) => {
  await win.open('server', names);
  const client = await peer('x64', ['client', ...names.peerArgs, 'send', 'x'.repeat(16384), 'short']);
  expect(await client.exited).toBe(0);
  await win.expectRow(2, { preview: 'short' });
  await win.row(1).click();
  await expect(win.detail).toContainText('It may have been longer');
  await win.row(2).click();
  await expect(win.detail).not.toContainText('It may have been longer');
});
