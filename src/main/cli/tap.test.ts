import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { OTHER_BITS } from '../peers/runs-32-bit.testing.ts';
import { commandLine, type Line, nativePeers, parsed } from './testing.ts';

// A process starts slowly when all processors are busy.
vi.setConfig({ testTimeout: 30_000 });

const { channel, close, file, killAll, opened, run, runtime, start } = commandLine('tap');
const { endPeers, peer } = nativePeers(runtime);
afterEach(async () => {
  killAll();
  await endPeers();
});
afterAll(close);

/** A pair that talks to itself: the client says something now and then, the server echoes it. */
async function talking(names: string[]): Promise<void> {
  await peer(64, ['server', ...names, 'echo']);
  await peer(OTHER_BITS, ['client', ...names, 'talk', '--interval', '20']);
}
const messages = (lines: readonly Line[]) => lines.filter(({ kind }) => kind === 'message');

test('prints what passes between two others, by lane, and ends after so many messages', async () => {
  const names = channel();
  await talking(names);
  const { status, output, complaint } = await run('tap', ...names, '--receive', '20');
  expect([status, complaint]).toEqual([0, '']);
  const lines = parsed(output);
  expect(lines[0]).toMatchObject({ kind: 'opened', session: { role: 'tap', section: names[1] } });
  expect(messages(lines)).toHaveLength(20);
  const texts = (lane: string) => messages(lines).flatMap(({ direction, text }) => (direction === lane ? [text] : []));
  const echoed = texts('s2c').slice(1);
  expect(echoed.length).toBeGreaterThan(5);
  // On a busy machine a message may pass between two looks.
  expect(echoed.filter((text) => texts('c2s').includes(text)).length).toBeGreaterThan(5);
});

test('writes a log that is imported like that of an end, and a capture that the window opens', async () => {
  const names = channel();
  await talking(names);
  const [log, capture] = [file('tap.jsonl'), file('tap.sqlite')];
  expect((await run('tap', ...names, '--receive', '10', '--output', log)).status).toBe(0);
  const [head] = readFileSync(log, 'utf8').split('\n');
  expect(JSON.parse(head ?? '')).toMatchObject({ format: 'shmscope', role: 'tap' });
  expect(await run('tap', ...names, '--receive', '10', '--capture', capture)).toMatchObject({ status: 0, output: '' });
  // Complete in itself: reading it creates the files beside it.
  expect(readdirSync(path.dirname(capture)).filter((name) => name.startsWith('tap.sqlite'))).toEqual(['tap.sqlite']);
  const db = new DatabaseSync(capture, { readOnly: true });
  expect(db.prepare('SELECT count(*) AS n FROM record').get()?.n).toBeGreaterThanOrEqual(12);
  db.close();
});

test('waits for its channel and ends with status 4 when both ends let go of it', async () => {
  const names = channel();
  const tap = await opened('tap', ...names, '--wait', 'none', '--mode', 'gentle');
  await talking(names);
  await vi.waitUntil(() => messages(tap.lines.map((line) => JSON.parse(line) as Line)).length > 2);
  await endPeers();
  const { status, lines } = await tap.end();
  expect(status).toBe(4);
  expect(lines[0]?.detail).toContain('Waiting for the channel');
  expect(lines.at(-1)?.detail).toContain('Both ends have closed');
  expect(readdirSync(runtime)).toEqual(['.lock']);
});

test('goes on with the next channel where it is to follow, until Ctrl+C', async () => {
  const names = channel();
  const first = await peer(64, ['server', ...names, 'echo']);
  const tap = await opened('tap', ...names, '--follow');
  first.kill('SIGTERM');
  await vi.waitUntil(() => tap.lines.some((line) => line.includes('It waits for the next one')));
  await peer(OTHER_BITS, ['server', ...names, 'echo']);
  await vi.waitUntil(() => tap.lines.filter((line) => line.includes('"opened"')).length === 2);
  tap.child.kill('SIGINT');
  expect((await tap.end()).status).toBe(0);
});

test('ends with status 3 where no message comes in time, or no channel', async () => {
  const names = channel();
  await peer(64, ['server', ...names, 'echo']);
  expect((await run('tap', ...names, '--timeout', '200')).status).toBe(3);
  const missing = await run('tap', ...channel(), '--wait', '100');
  expect([missing.status, missing.complaint]).toEqual([
    3,
    expect.stringContaining('No channel appeared within 100 ms'),
  ]);
});

test("says in a sentence what it can't tap, and makes no capture of it", async () => {
  const names = channel();
  const capture = file('none.sqlite');
  const { status, complaint } = await run('tap', ...names, '--capture', capture);
  expect([status, complaint]).toEqual([1, expect.stringContaining(`no section named "${names[1]}"`)]);
  expect(existsSync(capture)).toBe(false);
});

test.each([
  [['--mode', 'fast'], 'gentle, adaptive, full'],
  [['--receive', '0'], '--receive takes'],
  [['--capture', 'x.db'], 'end in .sqlite'],
  [['--capture', 'x.sqlite', '--output', 'y'], 'cannot be used with'],
  [['--force'], '--output'],
])('%j is a usage error', async (args, saying) => {
  const { status, complaint } = await run('tap', ...channel(), ...args);
  expect([status, complaint]).toEqual([2, expect.stringContaining(saying)]);
});

test('never writes over a capture that is there', async () => {
  const capture = file('mine.sqlite');
  writeFileSync(capture, 'mine');
  expect((await run('tap', ...channel(), '--capture', capture)).status).toBe(2);
  expect(readFileSync(capture, 'utf8')).toBe('mine');
});

test('stops when its output is no longer read', async () => {
  const names = channel();
  await talking(names);
  const { child, exit } = start(['tap', ...names]);
  await once(child.stdout, 'data');
  child.stdout.destroy();
  expect(await exit).toBe(141);
});

test('ends with status 3 when its channel has been quiet for so long that another thread looks out for it', async () => {
  const names = channel();
  await peer(64, ['server', ...names, 'echo']);
  expect((await run('tap', ...names, '--receive', '1', '--timeout', '2500')).status).toBe(3);
});

test('another channel on the same events is an anomaly that names both', async () => {
  await peer(64, ['server', '--name', 'Local\\one', 'echo']);
  await peer(OTHER_BITS, ['server', '--name', 'Local\\other', 'echo']);
  const tap = await opened('tap', '--name', 'Local\\one');
  await vi.waitUntil(() => tap.lines.some((line) => line.includes('"event-crosstalk"')), { timeout: 10_000 });
  const told = tap.lines.map((line) => JSON.parse(line) as Line).filter(({ code }) => code === 'event-crosstalk');
  expect(told.map(({ detail }) => detail)).toEqual([
    expect.stringContaining('The channels "one" and "other" use the same'),
  ]);
  tap.child.kill('SIGINT');
  expect((await tap.end()).status).toBe(0);
});
