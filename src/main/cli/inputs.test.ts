/** What the command line does with input files of all kinds. */
import { execFileSync } from 'node:child_process';
import { truncateSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { commandLine } from './testing.ts';

vi.setConfig({ testTimeout: 30_000 });

const { channel, close, file, killAll, run } = commandLine('inputs');
afterEach(killAll);
afterAll(close);

const READERS: readonly (readonly [string, (name: string) => string[]])[] = [
  ['a scenario', (name) => ['run', name]],
  ['the scenario of the matrix', (name) => ['matrix', '--scenario', name]],
  ['rules', (name) => ['server', ...channel(), '--respond', name]],
  ['declarations', (name) => ['server', ...channel(), '--types', name, '--type', 'order']],
  ['bindings', (name) => ['tap', ...channel(), '--bindings', name]],
];

describe.each(READERS)('a file of %s', (_, args) => {
  test.each([
    ['not there', () => file('none'), 'there is no such file'],
    ['in a file', () => `${text('part', 'x')}/of`, 'a part of its path is not a folder'],
    ['a device without an end', () => '/dev/zero', 'it is a pipe or a device, not a file'],
    ['a pipe that nobody writes to', pipe, 'it is a pipe or a device, not a file'],
    ['too long to be read', huge, /it has 1,099,511,627,776 bytes, more than/],
  ])('that is %s is refused with the reason before anything is opened', async (_name, named, reason) => {
    const { status, output, complaint } = await run(...args(named()));
    expect([status, output]).toEqual([2, '']);
    expect(complaint).toMatch(reason);
  });
});

describe.each(READERS.filter(([what]) => what !== 'declarations'))('a file of %s', (_, args) => {
  test("that isn't text is refused: its letters would be guessed", async () => {
    const { status, complaint } = await run(...args(text('latin', Uint8Array.of(0x61, 0x3a, 0x20, 0xe9))));
    expect([status, complaint]).toEqual([2, expect.stringContaining('it is not text in UTF-8')]);
  });
});

test('a scenario may be in UTF-16, as some editors of Windows save it', async () => {
  const scenario = '\ufeffsessions: { us: server }\r\nsteps: [{ wait: 1 }]\r\n';
  const { status, output } = await run('run', '--check', text('utf16.yaml', Buffer.from(scenario, 'utf16le')));
  expect([status, output]).toEqual([0, '1 scenario, nothing wrong.\n']);
});

function text(name: string, content: string | Uint8Array): string {
  writeFileSync(file(name), content);
  return file(name);
}

let pipes = 0;
function pipe(): string {
  const name = file(`pipe${pipes++}`);
  execFileSync('mkfifo', [name]);
  return name;
}

function huge(): string {
  truncateSync(text('huge', ''), 2 ** 40);
  return file('huge');
}
