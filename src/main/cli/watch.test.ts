import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { OTHER_BITS } from '../peers/runs-32-bit.testing.ts';
import { commandLine, nativePeers, parsed } from './testing.ts';

// A process starts slowly when all processors are busy.
vi.setConfig({ testTimeout: 30_000 });

const { channel, close, file, killAll, opened, run, runtime, start } = commandLine('watch');
const { endPeers, peer } = nativePeers(runtime);
afterEach(async () => {
  killAll();
  await endPeers();
});
afterAll(close);

/** A server that stays after it has received a message; its name, and what makes it send. */
async function server() {
  const names = channel();
  const open = await opened('server', ...names, '--timeout', 'none', '--receive', '2');
  return { names, name: names[1] as string, open };
}

test('status 1, and the alarm as a line, when it fires', async () => {
  const { name } = await server();
  const { status, output, complaint } = await run('watch', '--name', name, '--alarm', 'silent 200ms');
  expect([status, complaint]).toEqual([1, '']);
  expect(output).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z Local\\watch\d+ silent 200ms: no message for 2\d\d ms\.\n$/);
});

test('a message that a peer sends is seen, as a record in JSON with its section', async () => {
  const { names, name } = await server();
  const watching = run('watch', '--name', name, '--alarm', '"needle" for 1', '--json', '--timeout', '20000');
  // It is seen although it is in the slot already.
  await run('client', ...names, '--send', 'a needle', '--timeout', '100');
  const { status, output } = await watching;
  expect(status).toBe(1);
  expect(parsed(output)).toMatchObject([
    { section: name, kind: 'alarm', direction: 'c2s', detail: '"needle" for 1: a record passed.' },
  ]);
});

test('an alarm may ask for a field of a declared type; one that no type has is a mistake', async () => {
  writeFileSync(file('order.h'), 'struct order { unsigned short price; };');
  const types = ['--types', file('order.h'), '--type', 'order', '--abi', 'linux-x64'];
  const { names, name } = await server();
  const wrong = await run('watch', '--name', name, '--alarm', 'order.cost:>10', ...types);
  expect([wrong.status, wrong.complaint]).toEqual([2, expect.stringContaining('order.cost')]);
  const watching = run('watch', '--name', name, '--alarm', 'order.price:>500', ...types, '--timeout', '20000');
  await run('client', ...names, '--send-hex', '58 02', '--timeout', '100');
  const { status, output } = await watching;
  expect([status, output]).toEqual([1, expect.stringContaining('order.price:>500: a record passed')]);
});

test('another channel on the same events is told on stderr', async () => {
  await peer(64, ['server', '--name', 'Local\\one', 'echo']);
  await peer(OTHER_BITS, ['server', '--name', 'Local\\other', 'echo']);
  const { complaint } = await run('watch', '--name', 'Local\\one', '--alarm', 'missed', '--timeout', '5000');
  expect(complaint).toContain('The channels "one" and "other" use the same events');
});

test('status 0 without an alarm in the time given', async () => {
  const { name } = await server();
  const { status, output } = await run('watch', '--name', name, '--alarm', 'anomaly', '--timeout', '300');
  expect([status, output]).toEqual([0, '']);
});

test('several channels are watched, and the first alarm of any ends it', async () => {
  const [a, b] = [await server(), await server()];
  const names = ['--name', a.name, '--name', b.name];
  const watching = run('watch', ...names, '--alarm', 'kind:message', '--alarm', 'missed', '--timeout', '20000');
  await run('client', ...b.names, '--send', 'x', '--timeout', '100');
  const { status, output } = await watching;
  expect([status, output]).toEqual([1, expect.stringContaining(`${b.name} kind:message: a record passed`)]);
});

test('a channel that comes later is waited for; one that does not come is status 3', async () => {
  const names = channel();
  const [, name = ''] = names;
  const watching = run('watch', '--name', name, '--alarm', 'kind:opened', '--wait', 'none', '--timeout', '20000');
  await opened('server', ...names, '--timeout', 'none');
  expect((await watching).status).toBe(1);
  const absent = await run('watch', '--name', 'Local\\nowhere', '--alarm', 'missed', '--wait', '100');
  expect([absent.status, absent.complaint]).toEqual([3, expect.stringContaining('No channel appeared within 100 ms')]);
});

test('--output writes the alarms to a file', async () => {
  const { name } = await server();
  const out = file('alarms.txt');
  const { status, output } = await run('watch', '--name', name, '--alarm', 'silent 50ms', '--output', out);
  expect([status, output]).toEqual([1, '']);
  expect(readFileSync(out, 'utf8')).toMatch(/silent 50ms: no message for/);
});

test.each([
  [['--name', 'a'], /required option '--alarm/],
  [['--alarm', 'missed'], /required option '--name/],
  [['--name', 'a', '--alarm', 'silent 5'], /--alarm: The alarm has a mistake at “5”, its character 8: silent needs/],
  [['--name', 'a', '--name', 'b', '--alarm', 'missed', '--event-s2c', 'c'], /belong to one channel/],
  [['--name', 'a', '--name', 'a', '--alarm', 'missed'], /"a" is given twice/],
  [['--name', 'a/b', '--alarm', 'missed', '--timeout', 'soon'], /--timeout takes/],
])('status 2 for %j', async (args, saying) => {
  const { status, complaint } = await run('watch', ...args);
  expect([status, complaint]).toEqual([2, expect.stringMatching(saying)]);
});

test('status 2 where a channel is not there', async () => {
  const { status, complaint } = await run('watch', '--name', 'Local\\nowhere', '--alarm', 'missed');
  // Reported once.
  expect([status, complaint]).toEqual([
    2,
    expect.stringMatching(/^shmscope: There is no section named .* Add --wait none to wait for it\.\n$/),
  ]);
});

test('Ctrl+C ends it with status 0', async () => {
  const { name } = await server();
  const { child, exit } = start(['watch', '--name', name, '--alarm', 'missed']);
  setTimeout(() => child.kill('SIGINT'), 1500);
  expect(await exit).toBe(0);
});
