/** `shmscope replay` as built, against native programs. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { batchOf, type Sample, sessionOf } from '../../capture/testing.ts';
import { captureOfBatches } from '../../jobs/testing.ts';
import { OTHER_BITS } from '../../peers/runs-32-bit.testing.ts';
import { commandLine, parsed } from '../testing.ts';

vi.setConfig({ testTimeout: 30_000 });

const { close, file, killAll, run, runtime, start } = commandLine('replay');
const NATIVE = path.join(import.meta.dirname, '../../../../native/build');
const peers = new Set<ChildProcess>();
afterEach(() => {
  killAll();
  for (const peer of peers) peer.kill('SIGKILL');
  peers.clear();
});
afterAll(close);

let names = 0;
/** A channel of its own, and a peer on it. */
async function peerAs(...behaviour: string[]) {
  const name = `Local\\replay${names++}`;
  const channel = ['--name', name, '--event-s2c', `${name}a`, '--event-c2s', `${name}b`];
  const [role = '', ...rest] = behaviour;
  const peer = spawn(
    path.join(NATIVE, OTHER_BITS === 32 ? 'gcc-x86' : 'gcc-x64', 'shm-peer'),
    [role, ...channel, ...rest],
    {
      env: { ...process.env, SHMSCOPE_RUNTIME_DIR: runtime },
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  peers.add(peer);
  if (role === 'server') await once(peer.stdout, 'data');
  return { name, peer, session: { ...sessionOf(1), section: name, eventS2c: `${name}a`, eventC2s: `${name}b` } };
}

/** `c:text` is sent by the client, `s:text` by the server, each a millisecond later; closed at the end. */
const samplesOf = (...lines: string[]): Sample[] => [
  ...lines.map((line, index): Sample => {
    const [from, text = ''] = [line[0], line.slice(2)];
    return { bytes: Buffer.from(text), direction: from === 'c' ? 'in' : 'out', mono: index * 1000 };
  }),
  { kind: 'closed', direction: null },
];

function recorded(name: string, session: Partial<ReturnType<typeof sessionOf>>, samples: readonly Sample[]): string {
  const made = captureOfBatches(file(name), [batchOf(1, 0, samples)], { role: 'tap', ...session });
  renameSync(made, file(`${name}.sqlite`));
  return file(`${name}.sqlite`);
}

const ECHOED = samplesOf('c:one', 's:one', 'c:two', 's:two', 'c:three', 's:three');

describe(`against a ${OTHER_BITS}-bit echo`, () => {
  test.each(['original', 'lockstep', 'fast'])('the same replies come with %s timing', async (timing) => {
    const { session } = await peerAs('server', 'echo');
    const capture = recorded(`same-${timing}`, session, ECHOED);
    const { status, output } = await run(
      'replay',
      capture,
      '--as',
      'client',
      '--timing',
      timing,
      '--compare',
      '--json',
    );
    const report = JSON.parse(output);
    expect([status, report.result, report.sent, report.replies]).toEqual([0, 'same', 3, 3]);
  });

  test('the first reply that differs is told, and the records can be had', async () => {
    const { session } = await peerAs('server', 'echo');
    const capture = recorded('other', session, samplesOf('c:one', 's:one', 'c:two', 's:tvo'));
    const compared = ['--as', 'client', '--timing', 'lockstep', '--compare', '--output', file('other.jsonl')];
    const { status, output } = await run('replay', capture, ...compared);
    const again = await run('replay', capture, ...compared.slice(0, -2), '--junit', file('other.xml'));
    const xml = readFileSync(file('other.xml'), 'utf8');
    expect([again.status, xml]).toEqual([1, expect.stringContaining('tests="2" failures="1"')]);
    expect(xml).toMatch(/<failure message="The reply #\d+ differs .*" type="replies">[^<]*expected {2}76 6f/);
    const told = await run('decode', file('other.jsonl'), '--type', 'json');
    expect([status, told.output.match(/no type|json/g)?.length]).toEqual([1, 4]);
    expect(output).toContain('byte 1: expected 76 6f, got 77 6f');
  });

  test('fields that may differ are left out of account', async () => {
    const { session } = await peerAs('server', 'echo');
    const capture = recorded('fields', session, samplesOf('c:{"id":1,"at":7}', 's:{"id":1,"at":6}'));
    const compared = ['replay', capture, '--as', 'client', '--compare', '--type', 'json'];
    const differs = await run(...compared);
    const ignored = await run(...compared, '--ignore', 'at');
    expect([differs.status, ignored.status]).toEqual([1, 0]);
    expect(differs.output).toContain('at of json: expected 6, got 7');
  });

  test('a range, a filter and loops choose what is sent', async () => {
    const { session } = await peerAs('server', 'echo');
    const capture = recorded('chosen', session, ECHOED);
    const chosen = ['--from', '2', '--filter', '"t"', '--loop', '3', '--timing', 'fast', '--compare', '--json'];
    const { status, output } = await run('replay', capture, '--as', 'client', ...chosen);
    expect([status, JSON.parse(output).sent, JSON.parse(output).result]).toEqual([0, 6, 'same']);
  });

  test('each line of stdin lets one message go, and its end stops the replay', async () => {
    const { session } = await peerAs('server', 'echo');
    const capture = recorded('steps', session, ECHOED);
    const { child, exit } = start(['replay', capture, '--as', 'client', '--step', '--json'], 'pipe');
    const output: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => output.push(part));
    await once(child.stderr, 'data');
    child.stdin?.write('\n');
    await once(child.stderr, 'data');
    child.stdin?.end();
    expect([await exit, JSON.parse(Buffer.concat(output).toString()).sent]).toEqual([0, 1]);
  });
});

test('as a server, it sends what the recorded one did', async () => {
  const { session } = await peerAs('client', '--wait', '9000', 'echo');
  const capture = recorded('server', session, samplesOf('s:1', 'c:1', 's:2', 'c:2'));
  const { status, output } = await run(
    'replay',
    capture,
    '--as',
    'server',
    '--timing',
    'lockstep',
    '--compare',
    '--json',
  );
  expect([status, JSON.parse(output).sent]).toEqual([0, 2]);
});

test('a peer that reads nothing is a timeout, and what it has not read stays as it is', async () => {
  const { session } = await peerAs('server', 'misbehave', 'hold');
  const capture = recorded('held', session, ECHOED);
  const { status, output } = await run('replay', capture, '--as', 'client', '--timeout', '300', '--json');
  expect([status, JSON.parse(output).result, JSON.parse(output).sent]).toEqual([3, 'timeout', 1]);
});

test('a peer that leaves is told', async () => {
  const { session } = await peerAs('server', 'echo', '--count', '1');
  const capture = recorded('left', session, ECHOED);
  const { status, output } = await run('replay', capture, '--as', 'client', '--timing', 'lockstep', '--json');
  expect([status, JSON.parse(output).result]).toEqual([4, 'peer-left']);
});

test('a server that changes the header ends it at once, and is told', async () => {
  const { session, peer } = await peerAs('server', 'misbehave', 'other-header', '--on-input');
  const capture = recorded('taken-over', session, ECHOED);
  const records = file('taken-over.jsonl');
  const ended = run('replay', capture, '--as', 'client', '--timeout', '60000', '--output', records);
  await expect.poll(() => existsSync(records)).toBe(true);
  peer.stdin.write('\n');
  const { status, output } = await ended;
  expect([status, output]).toEqual([4, expect.stringContaining('has changed the header: it was sized with')]);
});

describe('a capture that can’t be used is told before the channel is opened:', () => {
  const replay = (capture: string, ...args: string[]) => run('replay', capture, ...args);
  const session = { section: 'Local\\nobody' };
  const missed: Sample[] = [{ kind: 'anomaly', code: 'missed', detail: 'One.' }, ...ECHOED];

  test('one that is being recorded', async () => {
    const capture = recorded('open', session, ECHOED.slice(0, -1));
    const writer = new DatabaseSync(capture);
    writer.exec("INSERT INTO property (name, value) VALUES ('x', 1)");
    const { status, complaint } = await replay(capture, '--as', 'client');
    writer.close();
    expect([status, complaint]).toEqual([2, expect.stringContaining('still being recorded')]);
  });

  test('one that is damaged, and one that is none', async () => {
    const damaged = recorded('cut', session, ECHOED);
    truncateSync(damaged, 60);
    writeFileSync(file('none.sqlite'), 'nothing');
    expect(await replay(damaged)).toMatchObject({ status: 2, complaint: expect.stringContaining('truncated') });
    expect(await replay(file('none.sqlite'))).toMatchObject({
      status: 2,
      complaint: expect.stringContaining('not a capture'),
    });
  });

  test('one with missed messages in lockstep, unless gaps are allowed', async () => {
    const { session: there } = await peerAs('server', 'echo');
    const capture = recorded('gaps', there, missed);
    const refused = await replay(capture, '--as', 'client', '--timing', 'lockstep');
    expect(refused).toMatchObject({ status: 2, complaint: expect.stringContaining('missed messages in 1 place') });
    expect((await replay(capture, '--as', 'client', '--timing', 'lockstep', '--allow-gaps')).status).toBe(0);
  });

  test('one whose messages are larger than the channel of the peer', async () => {
    const { session: there } = await peerAs('server', '--buffer-size', '64', 'echo');
    const capture = recorded('large', there, samplesOf(`c:${'x'.repeat(65)}`));
    const { status, complaint } = await replay(capture, '--as', 'client');
    expect([status, complaint]).toEqual([2, expect.stringContaining('#0 has 65 bytes, and the channel holds 64')]);
  });

  test.each([
    [[], 'use --as'],
    [['--as', 'client', '--timing', 'soon'], '--timing takes'],
    [['--as', 'client', '--from', '90'], 'none from #90'],
    [['--as', 'client', '--filter', '"zzz"'], 'nothing to send'],
    [['--as', 'client', '--session', '7'], 'has no session 7'],
  ])('%j', async (args, sentence) => {
    const result = await replay(recorded('usage', session, ECHOED), ...args);
    expect([result.status, parsed(result.output), result.complaint]).toEqual([
      2,
      [],
      expect.stringContaining(sentence),
    ]);
  });
});

describe('a replay is refused before anything is opened', () => {
  test.each([
    [['--junit', 'same.xml', '--output', './same.xml'], /--output and --junit can’t be written to the same file/],
    [['--junit', '-', '--output', '-'], /--output and --junit can’t be written to the same file/],
    [['--junit', '-', '--json'], /--json takes stdout/],
    [['--junit', 'no/such/r.xml'], /there is no folder "no\/such"/],
    [['--force'], /--force needs --output or --junit/],
    [['--append'], /--append needs --output/],
    [['--compare', '--ignore', 'a,'], /--ignore takes field names/],
    [['--timeout', 'none'], /--timeout takes a whole number of ms from 1 to 86400000, not "none"/],
  ])('with %j', async (options, saying) => {
    const capture = recorded('refused', { section: 'Local\\none' }, ECHOED);
    const { status, output, complaint } = await run('replay', capture, '--as', 'client', ...options);
    expect([status, output, complaint]).toEqual([2, '', expect.stringMatching(saying)]);
  });
});

test('a replay that is stopped has not passed', async () => {
  const capture = recorded('unended', { section: 'Local\\unended' }, ECHOED);
  const { child, exit } = start(['replay', capture, '--as', 'server', '--name', 'Local\\unended', '--compare']);
  await expect
    .poll(() => existsSync(runtime) && readdirSync(runtime))
    .toContainEqual(expect.stringContaining('unended'));
  child.kill('SIGHUP');
  expect(await exit).toBe(1);
});
