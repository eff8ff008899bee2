/** What the command line does with its destinations: files, links to them, full devices, pipes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, linkSync, mkdirSync, openSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { captureOf } from '../jobs/testing.ts';
import { commandLine, type Line } from './testing.ts';

vi.setConfig({ testTimeout: 30_000 });

const { channel, close, file, killAll, run, runtime, start, opened } = commandLine('outputs');
afterEach(killAll);
afterAll(close);

let capture = '';
beforeAll(() => {
  capture = captureOf(file('captures'), [{ bytes: Buffer.from('{"a":1}'), direction: 'out' }]);
  writeFileSync(file('order.h'), 'struct order { int id; };\n');
});

const SCENARIO = 'sessions: { us: server }\nsteps: [{ wait: 1 }]\n';
function scenario(name: string): string {
  writeFileSync(file(name), SCENARIO);
  return file(name);
}

const PRINTERS: readonly (readonly [string, () => string[]])[] = [
  ['captures', () => ['captures', capture]],
  ['query', () => ['query', capture]],
  ['export', () => ['export', capture]],
  ['decode', () => ['decode', capture, '--type', 'json']],
  ['types', () => ['types', file('order.h')]],
  ['list', () => ['list', '--json']],
  ['completion', () => ['completion', 'bash']],
  ['run --check', () => ['run', '--check', scenario('checked.yaml')]],
  ['run --tap', () => ['run', '--tap', scenario('tap.yaml')]],
  ['run --json -', () => ['run', '--json', '-', scenario('json.yaml')]],
];

describe.each(PRINTERS)('what %s prints', (name, args) => {
  test('ends it with one sentence where stdout is full', async () => {
    const { CLI, env } = bare();
    const child = spawn(process.execPath, [CLI, ...args()], {
      ...{ env, stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'] },
    });
    const complaint = text(child.stderr as NodeJS.ReadableStream);
    const [status] = await once(child, 'exit');
    expect([status, await complaint]).toEqual([
      name.startsWith('run') ? 2 : 1,
      expect.stringMatching(/^(.*passed.*\n)?shmscope: The output can't be written: there is no space left\.\n$/s),
    ]);
  });

  test('may be left by its reader: that is quiet, and reported by the status', async () => {
    const { child, exit } = start(args());
    child.stdout.destroy();
    const complaint = await text(child.stderr);
    expect([await exit, complaint.replace(/^.*passed.*\n/s, '')]).toEqual([141, '']);
  });
});

/** As the helpers start it, for tests that need a stdout of their own. */
function bare() {
  const CLI = path.join(import.meta.dirname, '../../../out/main/cli.js');
  return { CLI, env: { ...process.env, SHMSCOPE_RUNTIME_DIR: runtime, NO_COLOR: '1' } };
}

describe('reports', () => {
  test("of which one can't be written are not lost with it, nor is what came out", async () => {
    const html = file('kept.html');
    const reports = ['--junit', '/dev/full', '--html', html];
    const { status, output, complaint } = await run('run', scenario('full.yaml'), ...reports);
    expect([status, output]).toEqual([2, expect.stringContaining('1 passed, 0 failed')]);
    expect(complaint).toBe('shmscope: The output "/dev/full" can\'t be written: there is no space left.\n');
    expect(readFileSync(html, 'utf8')).toContain('</html>');
  });

  test('do not take the place of each other, be it by links or names of stdout', async () => {
    writeFileSync(file('one.xml'), 'old');
    symlinkSync('one.xml', file('symbolic.xml'));
    linkSync(file('one.xml'), file('hard.xml'));
    mkdirSync(file('folder'));
    symlinkSync('folder', file('way'));
    for (const [junit, html] of [
      [file('one.xml'), file('symbolic.xml')],
      [file('one.xml'), file('hard.xml')],
      [file('folder/new.xml'), file('way/new.xml')],
      ['-', '/dev/stdout'],
    ] as const) {
      const { status, output, complaint } = await run(
        ...['run', scenario('two.yaml'), '--force', '--junit', junit, '--html', html],
      );
      expect([status, output, complaint]).toEqual([2, '', expect.stringContaining('Two reports can’t be written')]);
    }
    expect(readFileSync(file('one.xml'), 'utf8')).toBe('old');
  });

  test('never replace a scenario that the same run reads from a folder', async () => {
    mkdirSync(file('suite'));
    const kept = scenario('suite/a.yaml');
    const { status, complaint } = await run('run', file('suite'), '--force', '--junit', kept);
    expect([status, complaint]).toEqual([2, expect.stringContaining('the same run reads it')]);
    expect(readFileSync(kept, 'utf8')).toBe(SCENARIO);
  });

  test('hide no file that is not there', async () => {
    writeFileSync(file('there.xml'), '');
    const { complaint } = await run('run', file('gone.yaml'), '--force', '--junit', file('there.xml'));
    expect(complaint).toContain("gone.yaml:1:1: error: It can't be read: there is no such file.");
  });

  test.each([
    [['--junit', '-', '--tap'], /--tap takes stdout/],
    [['--force'], /--force needs a report/],
    [['--check', '--junit', 'x.xml'], /'--check'.*'--junit <file>'/],
    [['--junit', ''], /it has no name/],
    [['--junit', 'folder/'], /that is the name of a folder/],
    [['--junit', 'no/such/folder.xml'], /there is no folder "no\/such"/],
  ])('that make no sense are refused before anything runs: %j', async (options, saying) => {
    const { status, output, complaint } = await run('run', scenario('senseless.yaml'), ...options);
    expect([status, output, complaint]).toEqual([2, '', expect.stringMatching(saying)]);
  });
});

describe('a file of --output', () => {
  test.each([
    ['export', (out: string) => ['export', capture, '--output', out]],
    ['query', (out: string) => ['query', capture, '--output', out]],
  ])('of %s that fills its disk is named', async (_, args) => {
    const { status, complaint } = await run(...args('/dev/full'));
    expect([status, complaint]).toEqual([
      1,
      'shmscope: The output "/dev/full" can\'t be written: there is no space left.\n',
    ]);
  });

  test('is no file that the same command reads', async () => {
    writeFileSync(file('rules.yaml'), 'rules:\n  - { match: a, reply: b }\n');
    const kept = file('order.h');
    const types = ['--types', kept, '--type', 'order', '--output', kept, '--force'];
    for (const args of [
      ['tap', ...channel(), ...types],
      ['server', ...channel(), ...types],
      ['export', capture, ...types],
      ['server', ...channel(), '--respond', file('rules.yaml'), '--output', file('rules.yaml'), '--append'],
    ])
      expect([args, (await run(...args)).complaint]).toEqual([args, expect.stringContaining('the same run reads it')]);
    expect(readFileSync(kept, 'utf8')).toBe('struct order { int id; };\n');
  });
});

test("watch tells an output that can't be written from an alarm", async () => {
  const alarm = ['--name', 'Local\\none', '--alarm', 'anomaly', '--output', file('.')];
  const { status, complaint } = await run('watch', ...alarm);
  expect([status, complaint]).toEqual([2, expect.stringContaining('it is a folder')]);
});

describe('the file of --capture', () => {
  test('is made in a folder that is there, and makes none', async () => {
    const { status, complaint } = await run('tap', ...channel(), '--capture', file('no/such/x.sqlite'));
    expect([status, existsSync(file('no'))]).toEqual([2, false]);
    expect(complaint).toMatch(/--capture: ".*x\.sqlite" can't be written in ".*": there is no such file\./);
  });

  test('is none that a link leads to nowhere', async () => {
    symlinkSync('nowhere.sqlite', file('link.sqlite'));
    const { status, complaint } = await run('tap', ...channel(), '--capture', file('link.sqlite'));
    expect([status, complaint]).toEqual([2, expect.stringContaining('exists already')]);
  });
});

describe('a terminal that is closed', () => {
  test('ends a session as Ctrl+C does, with nothing left', async () => {
    const server = await opened('server', ...channel(), '--timeout', 'none');
    server.child.kill('SIGHUP');
    const { status, lines } = await server.end();
    expect([status, lines.map(({ kind }: Line) => kind)]).toEqual([0, ['opened', 'closed']]);
  });
});
