import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { test as base, expect } from '@playwright/test';
import { chromiumLaunch } from '../hosts/chromium.ts';
import { runs32 } from '../hosts/peer.ts';
import { readyFile } from '../hosts/process.ts';
import { wineEnvironment } from '../hosts/wine.ts';
import { type Unpacked, unpack } from './unpacked.ts';

const SHMSCOPE = 'shmscope.exe';
const PATH_PROGRAM = 'shmscope-path.exe';
const WINDOWS = process.platform === 'win32';

const test = base.extend<{ cli: Unpacked; names: readonly string[] }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  cli: async ({}, use) => {
    const cli = await unpack();
    await use(cli);
    await cli.remove();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  names: async ({}, use, { title }) => {
    const name = `Local\\package ${process.pid} ${title.length}`;
    await use(['--name', name, '--event-s2c', `${name} s2c`, '--event-c2s', `${name} c2s`]);
  },
});

/** The records among the lines of an output. */
const records = (output: string): { kind: string; text?: string; direction?: string }[] =>
  output
    .split(/\r?\n/)
    .filter((line) => line.startsWith('{"seq"'))
    .map((line) => JSON.parse(line));

for (const bitness of ['x64', 'x86']) {
  const peer = `peers/win-${bitness}/shm-peer.exe`;
  const skipped = async () =>
    test.skip(bitness === 'x86' && !(await runs32('wine')), 'This system runs no 32-bit programs.');

  test(`the server talks with the ${bitness} peer that lies beside it`, async ({ cli, names }) => {
    await skipped();
    const server = cli.start(SHMSCOPE, ['server', ...names, '--send', 'grüß "dich"', '--receive', '1']);
    const echo = cli.start(peer, ['client', ...names, '--wait', '10000', 'echo', '--count', '1']);
    const { status, output } = await server.finished;
    expect(status, output + echo.output()).toBe(0);
    expect(records(output).filter(({ kind }) => kind === 'message')).toMatchObject([
      { direction: 'out', text: 'grüß "dich"' },
      { direction: 'in', text: 'grüß "dich"' },
    ]);
  });

  test(`the client talks with the ${bitness} peer that lies beside it`, async ({ cli, names }) => {
    await skipped();
    const echo = cli.start(peer, ['server', ...names, 'echo', '--count', '1']);
    await expect.poll(echo.output).toMatch(/^ready/);
    const { status, output } = await cli.run(SHMSCOPE, ['client', ...names, '--send-hex', '00 ff', '--receive', '1']);
    expect(status, output).toBe(0);
    expect(records(output).map(({ kind }) => kind)).toEqual(['opened', 'message', 'message', 'closed']);
  });
}

test('its status and its sentences are those of the command line', async ({ cli, names }) => {
  expect(await cli.run(SHMSCOPE, ['--version'])).toMatchObject({ status: 0, output: expect.stringMatching(/^\d+\./) });
  expect(await cli.run(SHMSCOPE, ['client', '--timeout', 'soon'])).toMatchObject({ status: 2 });
  expect(await cli.run(SHMSCOPE, ['client', ...names])).toMatchObject({ status: 1 });
  expect(await cli.run(SHMSCOPE, ['server', ...names, '--receive', '1', '--timeout', '1'])).toMatchObject({
    status: 3,
  });
});

test('records reach a pipe', async ({ cli, names }) => {
  // The reading end must be a Windows program: Node.js under Wine can't write to a pipe of the system below.
  const script = cli.file('read-a-pipe.cjs');
  const result = cli.file('read from the pipe.txt');
  writeFileSync(
    script,
    `const [, , program, result, ...args] = process.argv;
     const child = require('node:child_process').spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
     let output = '';
     child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
     child.on('close', (status) => require('node:fs').writeFileSync(result, output + 'status ' + status));`,
  );
  const program = cli.path(cli.file(`shmscope cli/${SHMSCOPE}`));
  const args = ['server', ...names, '--receive', '1', '--timeout', '1'];
  await cli.run('lib/node.exe', [cli.path(script), program, cli.path(result), ...args]);
  const output = readFileSync(result, 'utf8');
  expect(records(output).map(({ kind }) => kind)).toEqual(['opened', 'timeout', 'closed']);
  expect(output).toMatch(/status 3$/);
});

test('records reach a console', async ({ cli, names }) => {
  test.skip(WINDOWS, 'what stands in a console can be read only where script(1) makes it');
  const words = ['wine', cli.file(`shmscope cli/${SHMSCOPE}`), 'server', ...names, '--receive', '1', '--timeout', '1'];
  const command = words.map((word) => `'${word}'`).join(' ');
  const seen = cli.file('console.txt');
  const { status } = spawnSync('script', ['-qec', command, seen], { env: await wineEnvironment(), stdio: 'ignore' });
  expect(status).toBe(3);
  expect(readFileSync(seen, 'utf8')).toContain('"kind":"timeout"');
});

test('serve shows the window, and ends with its launcher', async ({ cli, playwright }) => {
  const ready = cli.file('ready.json');
  const options = ['--no-open', '--data', cli.path(cli.file('Daten')), '--ready-file', cli.path(ready), '--demo'];
  const host = cli.start(SHMSCOPE, ['serve', ...options]);
  const { url } = await readyFile<{ url: string }>(ready, host.child, host.output);
  const browser = await playwright.chromium.launch(chromiumLaunch());
  try {
    const page = await browser.newPage();
    await page.goto(url);
    await expect(page.getByRole('grid').getByRole('row').nth(3)).toBeVisible();
  } finally {
    await browser.close();
  }
  host.child.kill('SIGKILL');
  await expect
    .poll(() =>
      fetch(url).then(
        () => 'served',
        () => 'gone',
      ),
    )
    .toBe('gone');
});

test('its folder is put into the PATH once, taken out, and the rest of the PATH stays', async ({ cli }) => {
  test.skip(WINDOWS && !process.env.CI, "it would change this user's own PATH");
  const path = ['HKCU\\Environment', '/v', 'Path'];
  const typed = ['/t', 'REG_EXPAND_SZ', '/f'];
  // Longer than the installer's own language could hold.
  const long = 'C:\\long\\'.repeat(900);
  const before = `%USERPROFILE%\\bin;"C:\\with;semicolon";${long};`;
  const read = async () =>
    (await cli.system('reg', ['query', ...path])).output.match(/REG_EXPAND_SZ\s+(.*?)\r?\n/)?.[1]?.replace(long, '…');
  const shown = before.replace(long, '…');
  await cli.system('reg', ['add', ...path, ...typed, '/d', before]);

  expect((await cli.run(PATH_PROGRAM, ['add', 'C:\\Shm Scope'])).status).toBe(0);
  expect((await cli.run(PATH_PROGRAM, ['add', 'c:\\shm scope\\'])).status).toBe(0);
  expect(await read()).toBe(`${shown}c:\\shm scope\\`);
  expect((await cli.run(PATH_PROGRAM, ['remove', 'C:\\Shm Scope'])).status).toBe(0);
  expect(await read()).toBe(shown.replace(/;$/, ''));

  await cli.system('reg', ['delete', ...path, '/f']);
  expect((await cli.run(PATH_PROGRAM, ['add', 'C:\\a;b'])).status).toBe(0);
  expect(await read()).toBe('"C:\\a;b"');
  await cli.system('reg', ['delete', ...path, '/f']);
});
