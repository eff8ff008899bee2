/**
 * Every row of docs/faults.md with real peers: does a session end in the records that it defines, with nothing held and
 * nobody left over? `SHMSCOPE_FAULT_SEEDS=N` tries each row with N seeds, from `SHMSCOPE_FAULT_FIRST_SEED`, and both
 * bitnesses; otherwise each row is tried once.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_BUFFER_SIZE, type Layout, type Role } from '../../shared/domain.ts';
import type { ShmscopeError } from '../../shared/failure.ts';
import type { OpenEndpoint, OpenTap } from '../../shared/session.ts';
import { builtWorker } from '../built-worker.testing.ts';
import { openKernel } from '../kernel/open.ts';
import { BITS_HERE, OTHER_BITS } from '../peers/runs-32-bit.testing.ts';
import { type Fault, readFaults } from './faults.testing.ts';
import { MemorySink, type Recorded } from './memory-sink.testing.ts';
import { type Bits, Peer, type PeerChannel } from './peer.testing.ts';
import { SessionRegistry } from './registry.ts';

const SEEDS = Number(process.env.SHMSCOPE_FAULT_SEEDS ?? 0);
const FIRST_SEED = Number(process.env.SHMSCOPE_FAULT_FIRST_SEED ?? 0);
/** How many are tried at once: most of the time is waiting. */
const AT_ONCE = 6;
const PATIENCE_MS = 30_000;
const SEND_WAIT_MS = 100;

const directory = mkdtempSync(join(tmpdir(), 'shmscope-faults-'));
process.env.SHMSCOPE_RUNTIME_DIR = join(directory, 'run');
const kernel = await openKernel();
const sink = new MemorySink();
const registry = new SessionRegistry({ kernel, sink, workerPath: builtWorker('session'), onChange: () => {} });
after(async () => {
  await registry.close();
  rmSync(directory, { recursive: true });
});

interface Trial {
  readonly fault: Fault;
  readonly bits: Bits;
  readonly seed: number;
}

let names = 0;
const newOptions = (role: Role, { behaviour, doing, layout }: Fault): OpenEndpoint & { layout: Layout } => {
  const name = `Local\\Shmscope faults ${process.pid}-${names++}`;
  return {
    kind: 'endpoint',
    role,
    section: name,
    eventS2c: `${name} S2C`,
    eventC2s: `${name} C2S`,
    layout,
    bufferSize: ['other-layout', 'small-section'].includes(behaviour[0] ?? '') ? DEFAULT_BUFFER_SIZE : 1000,
    takeOver: doing === 'takes over',
    overrun: 'wait',
    sendWaitMs: SEND_WAIT_MS,
    receive: doing === 'watches' ? null : { mode: 'continuous', timeoutMs: 120 },
  };
};

const startPeer = (t: TestContext, { fault, bits, seed }: Trial, options: PeerChannel) =>
  Peer.start(
    t,
    bits,
    fault.peer,
    options,
    ...['misbehave', ...fault.behaviour, '--on-input', '--seed', `${seed}`],
    // Nobody would read well-behaved messages.
    ...(fault.doing === 'taps' && !fault.behaviour.includes('--timeout') ? ['--timeout', '0'] : []),
  );

/** Both ends, the server's first; the peer has its cue. */
async function begin(t: TestContext, trial: Trial, options: ReturnType<typeof newOptions>) {
  const isOursFirst = options.role === 'server';
  const early = isOursFirst ? await registry.open(options) : null;
  const peer = await startPeer(t, trial, options);
  const { id } = early ?? (await registry.open(options));
  await sink.until(id, ([opened]) => opened !== undefined);
  peer.cue();
  return { id, peer };
}

/** Sends until one is refused. */
async function sendThrice(id: number): Promise<void> {
  try {
    for (const text of ['first', 'second', 'third'])
      await registry.get(id).call({ type: 'send', bytes: Buffer.from(text) });
  } catch (error) {
    assert.equal((error as ShmscopeError).code, 'slot-full');
  }
}

async function tryOpen(t: TestContext, trial: Trial): Promise<void> {
  const options = newOptions(trial.fault.doing === 'joins' ? 'client' : 'server', trial.fault);
  const peer = await startPeer(t, trial, options);
  peer.cue();
  await assert.rejects(registry.open(options), { code: trial.fault.refusal });
  assert.equal(await peer.end(), 0);
  await assertReleased(options);
}

async function tryRecords(t: TestContext, trial: Trial): Promise<void> {
  const { fault } = trial;
  const options = newOptions(fault.peer === 'client' ? 'server' : 'client', fault);
  const { id, peer } = await begin(t, trial, options);
  try {
    if (fault.doing === 'sends') await sendThrice(id);
    if (fault.doing === 'receives') await allIsTaken(id, peer, fault);
    await within(
      sink.until(id, (records) => missing(fault, records) === null),
      () => `No "${missing(fault, sink.of(id))}" came; there is ${told(sink.of(id)).slice(0, 20).join(', ')}.`,
    );
    if (dies(fault)) await within(peer.exited, () => 'The peer lives.');
    else assert.equal(await peer.end(), 0);
  } finally {
    await within(registry.get(id).close(), () => 'The session does not close.');
    registry.remove(id);
  }
  await sink.ended(id);
  assertNothingStrange(fault, sink.of(id));
  await assertReleased(options);
}

/** Both ends are programs; the other one reads nothing. */
async function tryTap(t: TestContext, trial: Trial): Promise<void> {
  const { fault, bits } = trial;
  const options = newOptions(fault.peer === 'client' ? 'server' : 'client', fault);
  const { section, eventS2c, eventC2s, layout } = options;
  const tap: OpenTap = {
    ...{ kind: 'tap', role: 'tap', section, eventS2c, eventC2s, layout, mode: 'adaptive', follow: false },
  };
  const startOther = () => Peer.start(t, bits, options.role, options, 'misbehave', 'hold');
  const ahead = fault.peer === 'client' ? await startOther() : null;
  const peer = await startPeer(t, trial, options);
  const other = ahead ?? (canBeJoined(fault) ? await startOther() : null);
  if (fault.refusal !== null) {
    await assert.rejects(registry.open(tap), { code: fault.refusal });
    await peer.end();
    return assertReleased(options);
  }
  const { id } = await registry.open(tap);
  await sink.until(id, ([opened]) => opened !== undefined);
  peer.cue();
  await within(
    sink.until(id, (records) => missing(fault, records) === null),
    () => `No "${missing(fault, sink.of(id))}" came; there is ${told(sink.of(id)).slice(0, 20).join(', ')}.`,
  );
  assertNothingStrange(fault, sink.of(id));
  await Promise.all([peer.end(), other?.end()]);
  // It lets go by itself when both ends have.
  await within(registry.get(id).ended, () => 'The tap does not end.');
  registry.remove(id);
  await assertReleased(options);
}

const canBeJoined = ({ behaviour: [kind = ''], refusal }: Fault) =>
  refusal === null && !['huge-header', 'small-section'].includes(kind);

function assertNothingStrange(fault: Fault, records: readonly Recorded[]): void {
  const allowed = [...fault.records.flat(), ...fault.sometime, ...fault.possible];
  // A tap may come late.
  if (fault.doing === 'taps') allowed.push('anomaly missed');
  const strange = records.filter((record) => isWrong(record) && !allowed.includes(nameOf(record)));
  assert.deepEqual(
    strange.map((record) => `${nameOf(record)}: ${record.detail}`),
    [],
  );
}

const dies = ({ behaviour: [kind] }: Fault) => kind?.startsWith('die');

/** The peer has done its deed, and a wait after that has found nothing more. */
async function allIsTaken(id: number, peer: Peer, fault: Fault): Promise<void> {
  if (fault.behaviour[0] === 'torn') return;
  if (dies(fault)) await within(peer.exited, () => 'The peer lives.');
  else assert.equal(await peer.line(), 'done');
  const before = sink.of(id).length;
  await sink.until(id, (records) => records.slice(before).some(({ kind }) => kind === 'timeout'));
}

const nameOf = ({ kind, code }: Recorded) => (code ? `${kind} ${code}` : kind);
const told = (records: readonly Recorded[]) => records.map(nameOf);
const isWrong = ({ kind, detail }: Recorded) =>
  // Whoever comes later than a message can't know what was before it.
  (kind === 'anomaly' && !detail?.startsWith('Messages may')) || kind === 'error';

/** The first that is defined and not there yet, or null. */
function missing({ records: needed, sometime }: Fault, records: readonly Recorded[]): string | null {
  const left = [...needed];
  const names = told(records);
  for (const name of names) if (left[0]?.includes(name)) left.shift();
  return left[0]?.join(' or ') ?? sometime.find((name) => !names.includes(name)) ?? null;
}

async function within<T>(work: Promise<T>, complaint: () => string): Promise<T> {
  const limit = new AbortController();
  const late = sleep(PATIENCE_MS, undefined, { signal: limit.signal }).then(() => assert.fail(complaint()));
  try {
    return await Promise.race([work, late]);
  } finally {
    limit.abort();
    late.catch(() => {});
  }
}

/** Nobody holds anything of the channel any more. */
async function assertReleased({ section, eventS2c, eventC2s }: OpenEndpoint): Promise<void> {
  for (const open of [
    () => kernel.openSection(section, 'write'),
    () => kernel.openEvent(eventS2c),
    () => kernel.openEvent(eventC2s),
  ])
    assert.throws(() => open().close(), { code: 2 });
}

const isPossible = ({ behaviour }: Fault) => kernel.platform === 'kernel32' || behaviour[0] !== 'manual-events';
const all = readFaults().filter(isPossible);
/** For a row about either side, the sides alternate. */
const sample = Object.values(Object.groupBy(all, ({ behaviour, doing }) => `${behaviour.join(' ')} ${doing}`)).map(
  (sides, row) => sides?.[row % sides.length] as Fault,
);
const faults = SEEDS > 0 ? all : sample;

function trialsOf(fault: Fault, index: number): Trial[] {
  if (SEEDS > 0)
    return Array.from({ length: SEEDS }, (_, n) =>
      BITS_HERE.map((bits) => ({ fault, bits, seed: FIRST_SEED + n })),
    ).flat();
  return [{ fault, bits: index % 2 === 0 ? 64 : OTHER_BITS, seed: index % 3 === 0 ? 0 : index }];
}

const tryOf = ({ doing, refusal }: Fault) => (doing === 'taps' ? tryTap : refusal === null ? tryRecords : tryOpen);

let held = 0;
const openFiles = () => (kernel.platform === 'posix' ? readdirSync('/proc/self/fd').length : 0);
before(() => {
  held = openFiles();
});

let trials = 0;
describe('a session ends in the records that docs/faults.md defines', { concurrency: AT_ONCE }, () => {
  for (const [index, fault] of faults.entries()) {
    const ours = fault.peer === 'client' ? 'server' : 'client';
    const who = fault.doing === 'taps' ? 'our tap' : fault.refusal === null ? `our ${ours}` : 'our session';
    test(`${who} ${fault.doing}, the ${fault.peer} does ${fault.behaviour.join(' ')}`, async (t) => {
      for (const trial of trialsOf(fault, index)) {
        const tried = tryOf(fault)(t, trial);
        await tried.catch((cause) => {
          throw new Error(`With ${trial.bits} bits and seed ${trial.seed}: ${cause.message}`, { cause });
        });
        trials++;
      }
    });
  }
});

test('nothing is left open of all of it', () => {
  process.stdout.write(`${trials} trials of ${faults.length} faults, each in its records\n`);
  // The threads that are kept have some each; one for each trial would be more.
  assert.ok(openFiles() - held < 100, `${held} files were open, and now ${openFiles()}`);
  if (kernel.platform === 'posix') assert.deepEqual(readdirSync(join(directory, 'run')), ['.lock']);
});
