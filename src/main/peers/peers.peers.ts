/**
 * Programs started from here, real ones of both bitnesses: `node src/main/peers/peers.peers.ts`; the Windows Node.js in
 * Wine runs the same file.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Role } from '../../shared/domain.ts';
import type { Bits, PeerSnapshot, StartPeer } from '../../shared/peers.ts';
import { openKernel, openProcessControl } from '../kernel/open.ts';
import { bundledPeer } from './bundled.ts';
import { PeerRegistry } from './registry.ts';
import { BITS_HERE, NO_32_BIT_HERE, OTHER_BITS } from './runs-32-bit.testing.ts';
import { endOfPeer } from './words.ts';

const PATIENCE_MS = 20_000;
const WINDOWS = process.platform === 'win32';

const directory = mkdtempSync(join(tmpdir(), 'shmscope-started-'));
process.env.SHMSCOPE_RUNTIME_DIR = join(directory, 'run');
const root = fileURLToPath(new URL('../../..', import.meta.url));
const kernel = await openKernel();
const control = await openProcessControl();
const ends: PeerSnapshot[] = [];
const peers = new PeerRegistry({ control, roots: [root], onChange: () => {}, onEnd: (peer) => ends.push(peer) });
after(async () => {
  await peers.close();
  rmSync(directory, { recursive: true, force: true, maxRetries: 20 });
});

let names = 0;
function bundled(bits: Bits, role: Role, ...behaviour: string[]): Extract<StartPeer, { kind: 'bundled' }> {
  const section = `Local\\Shmscope started ${process.pid}-${names++}`;
  const events = { eventS2c: `${section} S2C`, eventC2s: `${section} C2S` };
  return { kind: 'bundled', bits, role, section, ...events, layout: 'sized', bufferSize: 1024, behaviour };
}
const program = (file: string, args: string[], rest: object = {}): StartPeer => ({
  ...{ kind: 'program', file, args, env: {}, ...rest },
});

const linesOf = (peer: number, search?: string) =>
  peers
    .get(peer)
    .output({ peer, from: 0, limit: 1000, ...(search && { search }) })
    .lines.map(({ text }) => text);

async function until(wanted: () => boolean, what: string): Promise<void> {
  for (const end = performance.now() + PATIENCE_MS; !wanted(); await sleep(5))
    assert.ok(performance.now() < end, `${what} did not come.`);
}
const saysReady = (id: number) => until(() => linesOf(id).includes('ready'), 'ready');
const ended = (id: number) => until(() => peers.get(id).hasEnded, 'The end');
const isThere = (section: string): boolean => {
  try {
    kernel.openSection(section, 'write').close();
    return true;
  } catch {
    return false;
  }
};

test('programs of 32 bits are tried too', { skip: NO_32_BIT_HERE }, () => {
  assert.deepEqual(BITS_HERE, [64, 32]);
});

for (const bits of BITS_HERE) {
  test(`a bundled ${bits}-bit peer has a pid, its bitness and its output, and is told to end`, async () => {
    const start = bundled(bits, 'server', 'echo');
    const { id, pid, bits: told, state, exit, name } = await peers.start(start);
    const format = WINDOWS ? 'pe' : 'elf';
    const machine = bits === 64 ? 'x64' : 'ia32';
    assert.deepEqual(await peers.inspect(bundledPeer(bits, [root])), { format, bits, machine });
    assert.deepEqual([told, state, exit, name], [bits, 'running', null, WINDOWS ? 'shm-peer.exe' : 'shm-peer']);
    assert.ok(pid > 0);
    await saysReady(id);
    assert.ok(isThere(start.section));
    await peers.get(id).stop();
    const { snapshot } = peers.get(id);
    assert.deepEqual([snapshot.state, snapshot.exit, snapshot.wanted], ['ended', { code: 0, signal: null }, true]);
    assert.ok(!isThere(start.section));
    peers.remove(id);
    assert.throws(() => peers.get(id), { code: 'no-such-peer' });
  });

  test(`a ${bits}-bit peer that crashes tells how, with a sentence for its sessions`, async () => {
    const start = bundled(bits, 'server', 'misbehave', 'die-sending-after-flag', '--on-input');
    const { id, pid } = await peers.start(start);
    await saysReady(id);
    peers.get(id).tell('now');
    await ended(id);
    const { snapshot } = peers.get(id);
    assert.deepEqual(snapshot.exit, WINDOWS ? { code: 0xc0000005, signal: null } : { code: null, signal: 'SIGKILL' });
    assert.ok(!snapshot.wanted);
    await until(() => ends.some((peer) => peer.pid === pid), 'onEnd');
    const how = WINDOWS ? 'exit code 0xC0000005 (access violation)' : 'SIGKILL (killed)';
    const who = `shm-peer${WINDOWS ? '.exe' : ''} (${bits}-bit, process ${pid})`;
    assert.equal(endOfPeer(snapshot, kernel.platform), `The peer ${who} ended on its own: ${how}.`);
  });

  test(`a ${bits}-bit peer does nothing while it is suspended, goes on when it is resumed, and can be ended`, async () => {
    const { id } = await peers.start(bundled(bits, 'server', 'misbehave', 'exit', '--on-input'));
    await saysReady(id);
    peers.get(id).suspend();
    peers.get(id).tell('now');
    await sleep(300);
    assert.equal(peers.get(id).snapshot.state, 'suspended');
    assert.deepEqual(linesOf(id, 'DONE'), []);
    peers.get(id).resume();
    await until(() => linesOf(id, 'DONE').length === 1, 'done');
    peers.get(id).suspend();
    await peers.get(id).stop();
    assert.equal(peers.get(id).snapshot.state, 'ended');
    assert.throws(() => peers.get(id).suspend(), { code: 'busy' });
  });

  test(`a ${bits}-bit peer that does not end when it is told to is killed`, async () => {
    const { id } = await peers.start(bundled(bits, 'server', 'echo'));
    await saysReady(id);
    await peers.get(id).kill();
    const { exit, wanted } = peers.get(id).snapshot;
    assert.deepEqual([exit, wanted], [WINDOWS ? { code: 1, signal: null } : { code: null, signal: 'SIGKILL' }, true]);
  });
}

test('a program of the user has its arguments, environment and working folder', async () => {
  const shell = WINDOWS
    ? program('C:\\windows\\system32\\cmd.exe', ['/c', 'echo %GIVEN%& cd& exit 7'], { cwd: 'C:\\windows' })
    : program('/bin/sh', ['-c', 'echo "$GIVEN"; pwd; echo bad >&2; exit 7'], { cwd: '/usr' });
  const { id } = await peers.start({ ...shell, env: { GIVEN: 'a value' } } as StartPeer);
  await ended(id);
  assert.deepEqual(linesOf(id).slice(0, 2), ['a value', WINDOWS ? 'C:\\windows' : '/usr']);
  assert.equal(peers.get(id).snapshot.exit?.code, 7);
});

test('what is left running by a program that ended is ended, and counted', async () => {
  const [section, eventS2c, eventC2s] = ['', 'S2C', 'C2S'].map((end) => `Local\\left${process.pid}${end}`);
  const channel = `--name ${section} --event-s2c ${eventS2c} --event-c2s ${eventC2s}`;
  const file = bundledPeer(64, [root]);
  const start = WINDOWS
    ? program('C:\\windows\\system32\\cmd.exe', ['/c', `start /b ${file} server ${channel} echo & set /p x=`])
    : program('/bin/sh', [
        '-c',
        `"${file}" server ${channel.replaceAll('\\', '\\\\')} echo & setsid sleep 60 & read -r x`,
      ]);
  const { id } = await peers.start(start);
  await until(() => isThere(section as string), 'What it starts');
  peers.get(id).tell('now');
  await ended(id);
  assert.equal(peers.get(id).snapshot.leftBehind, WINDOWS ? 1 : 2);
  await until(() => !isThere(section as string), 'The end of what was left');
});

test('a program that floods its output takes no memory for it, and keeps nothing else waiting', async () => {
  const start = WINDOWS
    ? program('C:\\windows\\system32\\cmd.exe', [
        '/c',
        'for /l %i in (1,0,2) do @echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
      ])
    : program('/usr/bin/yes', ['x'.repeat(100)]);
  const { id } = await peers.start(start);
  await until(() => peers.get(id).snapshot.lines > (WINDOWS ? 500 : 100_000), 'The flood');
  const page = peers.get(id).output({ peer: id, from: 0, limit: 1000 });
  assert.ok(page.lines.length > 0 && page.end - page.first <= 20_000);
  let longest = 0;
  for (let last = performance.now(), turn = 0; turn < 100; turn++) {
    await sleep(5);
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }
  assert.ok(longest < 500, `The longest turn took ${Math.round(longest)} ms.`);
  await peers.get(id).kill();
});

test('what can’t be started is refused, and nothing runs', async () => {
  const text = join(directory, 'text.exe');
  writeFileSync(text, 'no program');
  for (const [start, code] of [
    [program(join(directory, 'missing.exe'), []), 'no-such-program'],
    [program(text, []), 'not-a-program'],
    [program(process.execPath, [], { cwd: join(directory, 'nowhere') }), 'no-such-program'],
  ] as const)
    await assert.rejects(peers.start(start), { code });
  assert.ok(!peers.snapshots().some(({ state }) => state === 'running'));
});

test('no program outlives a host that is killed, nor what it has started', async () => {
  const starts = BITS_HERE.flatMap((bits) => [
    bundled(bits, 'server', 'echo'),
    bundled(bits, 'server', 'misbehave', 'hold'),
  ]);
  const file = join(directory, 'started');
  const script = fileURLToPath(new URL('./host.testing.ts', import.meta.url));
  const log = openSync(join(directory, 'host.log'), 'w');
  const host = spawn(
    process.execPath,
    [...process.execArgv, script, file, ...starts.map((start) => JSON.stringify(start))],
    {
      stdio: ['ignore', log, log],
    },
  );
  closeSync(log);
  await until(() => existsSync(file), 'The host');
  await until(() => starts.every(({ section }) => isThere(section)), 'Its programs');
  host.kill('SIGKILL');
  await once(host, 'exit');
  await until(() => starts.every(({ section }) => !isThere(section)), 'The end of its programs');
});

test('hundred starts and ends leave no handle', async () => {
  const files = () => (WINDOWS ? 0 : readdirSync('/proc/self/fd').length);
  const before = files();
  for (let round = 0; round < (WINDOWS ? 10 : 100); round++) {
    const { id } = await peers.start(bundled(round % 2 ? OTHER_BITS : 64, 'server', 'misbehave', 'hold'));
    await peers.get(id).kill();
  }
  assert.ok(files() - before < 10, `${before} files were open, and now ${files()}`);
});
