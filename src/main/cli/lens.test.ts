import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { OTHER_BITS } from '../peers/runs-32-bit.testing.ts';
import { commandLine, nativePeers } from './testing.ts';

// A process starts slowly when all processors are busy.
vi.setConfig({ testTimeout: 30_000 });

const { channel, close, killAll, run, runtime, start } = commandLine('lens');
const { endPeers, peer } = nativePeers(runtime);
afterEach(async () => {
  killAll();
  await endPeers();
});
afterAll(close);

/** One that has sent a message. */
async function greeter(role: 'server' | 'client', layout: string, names: readonly string[]): Promise<void> {
  const greeting = ['--unchecked', 'greet', `{"from":"${role}","says":"hello"}`];
  await peer(role === 'server' ? 64 : OTHER_BITS, [role, ...names, '--layout', layout, ...greeting], ['ready', 'sent']);
}

async function pair(server: string, client: string): Promise<string[]> {
  const names = channel();
  await greeter('server', server, names);
  await greeter('client', client, names);
  return names.slice(0, 2);
}

test('two sides of different layouts end it with 5 and are reported, with the bytes that prove it', async () => {
  const { status, output, complaint } = await run('lens', ...(await pair('fixed64', 'fixed')));
  expect([status, complaint]).toEqual([5, '']);
  expect(output).toMatch(/^mismatch: fixed64 with fixed \(certain\)$/m);
  expect(output).toMatch(/^The server uses "fixed64", .* lengths and data start 4 and 8 bytes apart/m);
  expect(output).toMatch(/^ {2}If both used fixed64: Offset 12 holds 32, .*\(bytes 12 to 15\)$/m);
  expect(output).toMatch(/^OFFSET +BYTES +fixed64 +fixed +sized$/m);
  expect(output).toMatch(/^ +12 {2}20 00 00 00 +upper half +length C→S: 32 +length S→C: 32$/m);
  expect(output).toMatch(/^ 16400 .* fixed64 data C→S from 16,408, fixed data C→S from 16,400$/m);
  expect(output).not.toContain('\x1b');
});

test.each(['fixed64', 'fixed', 'sized'])('two sides of layout %s are no mismatch', async (layout) => {
  const { status, output } = await run('lens', ...(await pair(layout, layout)));
  expect([status, output]).toEqual([
    0,
    expect.stringContaining(`both ${layout} (certain)\nBoth sides use "${layout}"`),
  ]);
});

test('JSON has the same, with the fields of each reading, the bytes and the events that were named', async () => {
  const names = channel();
  await greeter('server', 'sized', names);
  await greeter('client', 'fixed', names);
  const { status, output } = await run('lens', ...names, '--json');
  const told = JSON.parse(output);
  expect(status).toBe(5);
  expect(told).toMatchObject({
    ...{ section: names[1], extent: 36_864 },
    verdict: { outcome: 'mismatch', certainty: 'certain', layouts: { server: ['sized'], client: ['fixed'] } },
    events: [
      { lane: 's2c', name: names[3], isSet: expect.any(Boolean) },
      { lane: 'c2s', name: names[5], isSet: expect.any(Boolean) },
    ],
  });
  expect(told.readings[2].fields[0]).toEqual({ kind: 'size', lane: null, from: 0, to: 4, value: 16_384 });
  expect(told.bytes[0]).toEqual({ from: 0, hex: expect.stringMatching(/^00400000/) });
});

test('the channel is left as it was, and does not live on because of it', async () => {
  const names = channel();
  await greeter('server', 'sized', names);
  const watching = start(['lens', ...names.slice(0, 2), '--watch', '50']);
  await once(watching.child.stdout, 'data');
  const before = await run('lens', ...names.slice(0, 2), '--json');
  await endPeers();
  expect([await watching.exit, before.status]).toEqual([0, 0]);
  expect((await run('lens', ...names.slice(0, 2))).status).toBe(1);
});

test('a watch tells what changed and ends with 5 where a mismatch was seen', async () => {
  const names = channel();
  await greeter('server', 'fixed64', names);
  const { child, exit } = start(['lens', ...names.slice(0, 2), '--watch', '50', '--json']);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const outcome = async () => JSON.parse((await lines.next()).value ?? 'null').verdict.outcome;
  expect(await outcome()).toBe('one');
  await greeter('client', 'fixed', names);
  let told = await outcome();
  while (told === 'one' || told === 'several') told = await outcome();
  expect(told).toBe('mismatch');
  await endPeers();
  expect(await exit).toBe(5);
});

test.each([
  ['a name that is none', ['--name', 'a\\b'], 2, 'The only prefixes are'],
  ['a pace that is none', ['--watch', '0'], 2, '--watch takes a whole number of ms'],
  ['a section that is not there', ['--name', 'Local\\nobody'], 1, 'There is no section named "Local\\nobody"'],
])('%s is refused', async (_, args, expected, says) => {
  const { status, output, complaint } = await run('lens', ...args);
  expect([status, output]).toEqual([expected, '']);
  expect(complaint).toContain(says);
});

test("a name in what went wrong can't move the cursor of a terminal", async () => {
  const { status, complaint } = await run('lens', '--name', 'Local\\a\u001b[2J\u202eb');
  expect([status, complaint]).toEqual([1, expect.stringContaining('no section named "Local\\a<U+001B>[2J<U+202E>b"')]);
});

test('another channel on the same events is told on stderr, with both names', async () => {
  await peer(64, ['server', '--name', 'Local\\one', 'echo']);
  await peer(OTHER_BITS, ['server', '--name', 'Local\\other', 'echo']);
  const { status, complaint } = await run('lens', '--name', 'Local\\one');
  expect([status, complaint]).toEqual([
    0,
    expect.stringContaining('The channels "one" and "other" use the same events'),
  ]);
});
