import { chmodSync, mkdirSync } from 'node:fs';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { OTHER_BITS } from '../peers/runs-32-bit.testing.ts';
import { commandLine, nativePeers } from './testing.ts';

// A process starts slowly when all processors are busy.
vi.setConfig({ testTimeout: 30_000 });

const { close, killAll, opened, run, runtime } = commandLine('list');
const { endPeers, peer } = nativePeers(runtime);
afterEach(async () => {
  killAll();
  await endPeers();
});
afterAll(close);

const names = (name: string) => ['--name', name, '--event-s2c', `${name} S2C`, '--event-c2s', `${name} C2S`];
const rows = (output: string) =>
  output
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/ {2,}/));

test('without channels it says so and is done', async () => {
  expect(await run('list')).toEqual({ status: 0, output: 'No channels.\n', complaint: '' });
});

test('each channel is a line: layout, buffers, slots, events and the processes with their bits', async () => {
  const server = (await peer(OTHER_BITS, ['server', ...names('Local\\Orders'), '--buffer-size', '1000', 'echo'])).pid;
  const client = (await peer(64, ['client', ...names('Local\\Orders'), 'receive', '--timeout', 'none'])).pid;
  const { status, output, complaint } = await run('list');
  expect([status, complaint]).toEqual([0, '']);
  const [heads, row, ...more] = rows(output);
  expect([heads?.[0], row?.slice(0, 6), more]).toEqual([
    'CHANNEL',
    ['Local\\Orders', 'sized', '2 × 1,000 B', 'unused', 'unused', 'Local\\Orders S2C, Local\\Orders C2S'],
    [],
  ]);
  expect(row?.[6]?.split(', ').sort()).toEqual(
    [`shm-peer #${server} ${OTHER_BITS}-bit`, `shm-peer #${client} 64-bit`].sort(),
  );
});

test('events whose names tell no lane have a question mark', async () => {
  const events = (...two: string[]) => ['--event-s2c', two[0] as string, '--event-c2s', two[1] as string];
  await peer(64, ['server', '--name', 'Local\\Orders', ...events('Local\\Ask', 'Local\\Tell'), 'echo']);
  const [, row] = rows((await run('list')).output);
  expect(row?.[5]?.split(', ').sort()).toEqual(['Local\\Ask?', 'Local\\Tell?']);
});

test('columns are aligned, and a name can’t move the cursor or hide', async () => {
  const hostile = 'Local\\a\u001b[2J\u202egnp\n日本';
  await peer(64, ['server', ...names(hostile), 'echo']);
  await peer(64, ['server', ...names('Local\\b'), 'echo']);
  const { output } = await run('list');
  const lines = output.trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[1]).toContain('Local\\a\\u{1b}[2J\\u{202e}gnp\\u{a}日本');
  // Two of its characters are two cells wide.
  expect(lines[1]?.indexOf('sized')).toBe((lines[2]?.indexOf('sized') ?? 0) - 2);
});

test('JSON tells the same and more on one line', async () => {
  const pid = (await peer(OTHER_BITS, ['server', ...names('Global\\Orders'), '--layout', 'fixed', 'echo'])).pid;
  const { status, output } = await run('list', '--json');
  expect(status).toBe(0);
  expect(output.trimEnd()).not.toContain('\n');
  const { channels, shared, unseen } = JSON.parse(output);
  expect([shared, unseen, channels.length]).toEqual([[], [], 1]);
  expect(channels[0]).toMatchObject({
    name: 'Global\\Orders',
    space: { kind: 'global' },
    reading: { layout: null, likely: ['fixed64', 'fixed'], slots: { s2c: { flag: 0, length: 0 } } },
    events: {
      ...{ s2c: 'Global\\Orders S2C', c2s: 'Global\\Orders C2S' },
      all: [{ lane: 'c2s', isSet: false }, { lane: 's2c' }],
    },
    processes: [{ pid, bits: OTHER_BITS, looksOnly: false, holds: [{ rights: ['read', 'write'] }, {}, {}] }],
  });
  expect(channels[0]).not.toHaveProperty('id');
});

test('sections with the same events are reported on stderr', async () => {
  await peer(64, ['server', '--name', 'Local\\A', 'echo']);
  await peer(OTHER_BITS, ['server', '--name', 'Local\\B', 'echo']);
  const { status, complaint } = await run('list');
  expect(status).toBe(0);
  expect(complaint).toContain('Local\\A, Local\\B use the same events (Local\\MyEventS2C and Local\\MyEventC2S)');
});

test('a command of ours that holds a channel is listed too, and one that ended is not', async () => {
  const server = await opened('server', ...names('Local\\ours'));
  expect((await run('list')).output).toContain(`#${server.child.pid} 64-bit`);
  server.child.kill('SIGINT');
  await server.end();
  expect((await run('list')).output).toBe('No channels.\n');
});

test('a folder that is open to others is reported with the cure, and nothing of it is listed', async () => {
  mkdirSync(runtime, { recursive: true });
  chmodSync(runtime, 0o755);
  const { status, output, complaint } = await run('list');
  chmodSync(runtime, 0o700);
  expect([status, output]).toEqual([0, 'No channels.\n']);
  expect(complaint).toMatch(/could not be seen.*accessible to other users.*mode 700/);
});

test('an unknown option is a usage error', async () => {
  expect((await run('list', '--nonsense')).status).toBe(2);
});
