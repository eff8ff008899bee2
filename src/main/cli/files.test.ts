/** What the command line does with files: those that it sends, and the one that it writes. */
import { execFileSync, spawn } from 'node:child_process';
import {
  createWriteStream,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { runImport } from '../capture/import/import.ts';
import type { TaskHost } from '../capture/thread/task.ts';
import { commandLine, type Line, parsed, shown } from './testing.ts';

vi.setConfig({ testTimeout: 30_000 });

const { channel, close, file, killAll, opened, run, runtime, start } = commandLine('files');
afterEach(killAll);
afterAll(close);

/** A named pipe. */
function pipe(name: string): string {
  execFileSync('mkfifo', [file(name)]);
  return file(name);
}

/** Waits for a message for a moment, in vain. */
const timesOut = ['--receive', '1', '--timeout', '20'];

describe('the file of --output', () => {
  test('is for its owner alone, begins with the session, and stdout stays empty', async () => {
    const out = file('records.jsonl');
    const names = channel();
    const { status, output } = await run('server', ...names, ...timesOut, '--output', out);
    expect([status, output, statSync(out).mode & 0o777]).toEqual([3, '', 0o600]);
    const [head, ...records] = parsed(readFileSync(out, 'utf8'));
    const [, section, , eventS2c, , eventC2s] = names;
    expect(head).toEqual({
      ...{ format: 'shmscope', version: 1, role: 'server', section, eventS2c, eventC2s },
      openedAt: expect.any(Number),
    });
    expect(records.map(shown)).toEqual(['opened', 'in timeout', 'closed']);
  });

  test('is left as it is where it exists, whether the channel could be opened or not', async () => {
    const out = file('earlier.jsonl');
    writeFileSync(out, 'an earlier log\n');
    for (const args of [
      ['server', ...channel(), ...timesOut],
      ['client', ...channel(), ...timesOut],
    ]) {
      const { status, output, complaint } = await run(...args, '--output', out);
      expect([status, output]).toEqual([2, '']);
      expect(complaint).toMatch(/earlier\.jsonl" exists already.*--append.*--force/);
    }
    expect(readFileSync(out, 'utf8')).toBe('an earlier log\n');
  });

  test.each([[], ['--force'], ['--append']])(
    "is neither made nor changed where the channel can't be opened (%j)",
    async (...more) => {
      const out = file(`untouched${more.join('')}`);
      if (more.length > 0) writeFileSync(out, 'an earlier log');
      const { status } = await run('client', ...channel(), ...timesOut, '--output', out, ...more);
      expect(status).toBe(1);
      expect(existsSync(out) && readFileSync(out, 'utf8')).toBe(more.length > 0 && 'an earlier log');
    },
  );

  test('is replaced under --force', async () => {
    const out = file('replaced.jsonl');
    writeFileSync(out, 'an earlier log\n'.repeat(1000));
    expect((await run('server', ...channel(), ...timesOut, '--output', out, '--force')).status).toBe(3);
    expect(parsed(readFileSync(out, 'utf8')).slice(1).map(shown)).toEqual(['opened', 'in timeout', 'closed']);
  });

  test.each(['--force', '--append'])('is no capture, and none that is sent, under %s either', async (how) => {
    const capture = file(`night${how}.sqlite`);
    new DatabaseSync(capture).exec('CREATE TABLE kept (n)');
    const before = readFileSync(capture);
    const toCapture = await run('server', ...channel(), ...timesOut, '--output', capture, how);
    expect([toCapture.status, toCapture.complaint]).toEqual([1, expect.stringContaining('would be destroyed')]);
    expect(readFileSync(capture)).toEqual(before);
    const sent = file('sent.bin');
    writeFileSync(sent, 'bytes');
    const toSent = await run('server', ...channel(), '--send-file', sent, '--output', sent, how);
    expect([toSent.status, toSent.complaint]).toEqual([1, expect.stringContaining('the same run reads it')]);
    expect(readFileSync(sent, 'utf8')).toBe('bytes');
  });

  test('keeps what it holds under --append, also half a line that was never ended', async () => {
    const out = file('appended.jsonl');
    const append = () => run('server', ...channel(), ...timesOut, '--output', out, '--append');
    await append();
    const first = readFileSync(out, 'utf8').slice(0, -10);
    truncateSync(out, Buffer.byteLength(first));
    await append();
    const whole = readFileSync(out, 'utf8');
    expect(whole.startsWith(`${first}\n{"format":"shmscope"`)).toBe(true);
    expect(parsed(whole.slice(first.length)).slice(1).map(shown)).toEqual(['opened', 'in timeout', 'closed']);
  });

  test('is not appended to where it is UTF-16', async () => {
    const out = file('utf16.jsonl');
    writeFileSync(out, Buffer.from('\ufeffabc', 'utf16le'));
    const { status, complaint } = await run('server', ...channel(), ...timesOut, '--output', out, '--append');
    expect([status, complaint]).toEqual([1, expect.stringContaining('UTF-16')]);
    expect(statSync(out).size).toBe(8);
  });

  test('may not be made elsewhere through a link that leads nowhere', async () => {
    symlinkSync(file('nowhere'), file('link'));
    const { status } = await run('server', ...channel(), ...timesOut, '--output', file('link'));
    expect([status, existsSync(file('nowhere'))]).toEqual([2, false]);
  });

  test.each([
    ['in a folder that is not there', '/no/such/folder/out'],
    ['that is a folder', file('.')],
  ])('%s ends with a sentence before a channel is opened', async (_, out) => {
    const { status, output, complaint } = await run('server', ...channel(), ...timesOut, '--output', out);
    expect([status, output]).toEqual([1, '']);
    expect(complaint).toMatch(/The output ".*" can't be written: .*\.\n$/);
  });

  test('that fills its disk ends the run at once, and not at the end of a wait', async () => {
    const { status, complaint } = await run('server', ...channel(), '--timeout', 'none', '--output', '/dev/full');
    expect([status, complaint]).toEqual([1, expect.stringContaining('could not be written')]);
  });

  test.each(['-', '/dev/stdout'])('is stdout where it is called %s', async (out) => {
    const { output } = await run('server', ...channel(), ...timesOut, '--output', out);
    expect(parsed(output).map(shown)).toEqual(['opened', 'in timeout', 'closed']);
  });

  test('may be a named pipe, whose reader is waited for', async () => {
    const out = pipe('out');
    const { exit } = start(['server', ...channel(), ...timesOut, '--output', out]);
    const { stdout } = spawn('cat', [out]);
    expect(
      parsed(await text(stdout))
        .slice(1)
        .map(shown),
    ).toEqual(['opened', 'in timeout', 'closed']);
    expect(await exit).toBe(3);
  });

  test('that is a named pipe without a reader keeps nobody from ending it', async () => {
    const names = channel();
    const own = names[1]?.replace('Local\\', '') as string;
    const { child, exit } = start(['server', ...names, ...timesOut, '--output', pipe('unread')]);
    await expect.poll(() => existsSync(runtime) && readdirSync(runtime)).toContainEqual(expect.stringContaining(own));
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
  });

  test.each([
    [['--force', '--append', '--output', 'x'], /--force.*--append/],
    [['--force'], /--force.*--output/],
    [['--append'], /--append.*--output/],
  ])('is named where it is told what becomes of it: %j', async (args, saying) => {
    const { status, complaint } = await run('server', ...channel(), ...args);
    expect([status, complaint]).toEqual([2, expect.stringMatching(saying)]);
  });
});

describe('what is written can be imported', () => {
  const host: TaskHost = {
    begin: () => {},
    progress: () => {},
    cancelled: () => false,
    signal: new AbortController().signal,
  };
  async function importOf(text: string) {
    const bytes = new Uint8Array(Buffer.from(text));
    const place = { folder: file('captures'), temporary: file('captures/.part') };
    const task = { name: 'records.jsonl', size: bytes.length, ...place };
    return runImport(task, Readable.from([bytes]) as AsyncIterable<Uint8Array>, host);
  }

  test('from its file, also where several runs were appended to each other, and from stdout', async () => {
    const out = file('imported.jsonl');
    for (let n = 0; n < 2; n += 1) await run('server', ...channel(), ...timesOut, '--output', out, '--append');
    expect(await importOf(readFileSync(out, 'utf8'))).toMatchObject({ note: expect.stringContaining('2 logs') });
    const { output } = await run(
      'server',
      ...channel(),
      '--send-hex',
      'ff',
      '--overrun',
      'overwrite',
      '--timeout',
      '20',
    );
    const { file: capture, note } = await importOf(output);
    expect(note).toBeNull();
    expect(path.basename(capture)).toMatch(/^imported-files\d+-/);
  });
});

describe('records on stdout', () => {
  test('are a line each, of which the first tells the session', async () => {
    const names = channel();
    const { output } = await run('server', ...names, ...timesOut);
    const [first, ...rest] = parsed(output) as (Line & { session?: unknown })[];
    const [, section, , eventS2c, , eventC2s] = names;
    expect(first?.session).toEqual({ role: 'server', section, eventS2c, eventC2s, openedAt: expect.any(Number) });
    expect(rest.every(({ session }) => session === undefined)).toBe(true);
  });

  test('that nobody reads any more end the run quietly and at once, as a signal ends others of a pipeline', async () => {
    const names = channel();
    const server = await opened('server', ...names, '--timeout', 'none');
    server.child.stdout.destroy();
    await run('client', ...names, '--send', 'x');
    expect(await server.end()).toMatchObject({ status: 141, complaint: '' });
  });

  test.each([['--help'], ['server --help'], ['--version']])('of %s may be left as well', async (args) => {
    const { child, exit } = start(args.split(' '));
    child.stdout.destroy();
    expect([await exit, await text(child.stderr)]).toEqual([0, '']);
  });
});

describe('the file of --send-file', () => {
  const refused = async (saying: RegExp, name: string, ...more: string[]) => {
    const { status, output, complaint } = await run('server', ...channel(), '--send-file', name, ...more);
    expect([status, output]).toEqual([1, '']);
    expect(complaint).toMatch(saying);
  };

  test('that is not there ends it before a channel is opened', () => refused(/no\/such\/file/, '/no/such/file'));
  test('that is a folder ends it before a channel is opened', () => refused(/it is a folder/, file('.')));

  test('that is longer than the channel holds is not read', async () => {
    writeFileSync(file('huge'), '');
    truncateSync(file('huge'), 2 ** 40);
    await refused(/1,099,511,627,776 bytes, but the channel holds 16,384/, file('huge'));
    await refused(/but the channel holds 64/, file('huge'), '--buffer-size', '64');
  });

  test.each([
    ['a device', () => '/dev/zero'],
    [
      'a pipe',
      () => {
        const name = pipe('endless');
        const out = createWriteStream(name);
        const more = (error?: Error | null) => error || out.write(Buffer.alloc(1024 * 1024), more);
        out.on('error', () => {});
        more();
        return name;
      },
    ],
  ])('that is %s without an end is read no further than a message can be long', async (_, name) => {
    const { status, output, complaint } = await run('server', ...channel(), '--send-file', name());
    expect([status, complaint]).toEqual([
      1,
      expect.stringMatching(/more than the 16,384 bytes that the channel holds/),
    ]);
    expect(parsed(output).map(shown)).toEqual(['opened', 'closed']);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('that is a pipe nobody writes to does not hold back %s', async (signal) => {
    const server = await opened('server', ...channel(), '--send-file', pipe(`silent-${signal}`));
    server.child.kill(signal);
    expect(await server.end()).toMatchObject({ status: 0, complaint: '' });
  });

  test('may be a pipe, or stdin, and is sent whole', async () => {
    const names = channel();
    const name = pipe('message');
    const server = await opened('server', ...names, '--receive', '2');
    const { child, exit } = start(['client', ...names, '--send-file', name, '--send-file', '-'], 'pipe');
    const out = createWriteStream(name);
    out.end(Buffer.alloc(16_384, 'a'));
    child.stdin?.end('from stdin');
    child.stdout.resume();
    expect(await exit).toBe(0);
    const { lines } = await server.end();
    expect(lines.filter(({ kind }) => kind === 'message').map(({ text, size }) => [text?.slice(0, 10), size])).toEqual([
      ['a'.repeat(10), 16_384],
      ['from stdin', 10],
    ]);
  });

  test('that is stdin can be read only once', async () => {
    const { status } = await run('server', ...channel(), '--send-file', '-', '--send-file', '-');
    expect(status).toBe(2);
  });
});
