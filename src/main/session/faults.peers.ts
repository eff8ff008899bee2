/**
 * Every row of docs/faults.md with real peers: does a session end in the records that it defines, with nothing held and
 * nobody left over? `SHMSCOPE_FAULT_SEEDS=N` tries each row with N seeds and both bitnesses; otherwise each is tried
 * once.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_BUFFER_SIZE, type Layout, type Role } from '../../shared/domain.ts';
import type { ShmscopeError } from '../../shared/failure.ts';
import type { OpenEndpoint } from '../../shared/session.ts';
import { openKernel } from '../kernel/open.ts';
import { type Fault, readFaults } from './faults.testing.ts';
import { MemorySink, type Recorded } from './memory-sink.testing.ts';
import { BITS, type Bits, Peer, type PeerChannel } from './peer.testing.ts';
import { SessionRegistry } from './registry.ts';

const SEEDS = Number(process.env.SHMSCOPE_FAULT_SEEDS ?? 0);
/** How many are tried at once: most of the time is waiting. */
const AT_ONCE = 6;
const PATIENCE_MS = 30_000;
const SEND_WAIT_MS = 100;

const directory = mkdtempSync(join(tmpdir(), 'shmscope-faults-'));
process.env.SHMSCOPE_RUNTIME_DIR = join(directory, 'run');
const kernel = await openKernel();
const sink = new MemorySink();
const workerPath = new URL('./worker.ts', import.meta.url);
const registry = new SessionRegistry({ kernel, sink, workerPath, onChange: () => {} });
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
    receive: doing === 'watches' ? null : { mode: 'continuous', timeoutMs: 250 },
  };
};

const startPeer = (t: TestContext, { fault, bits, seed }: Trial, options: PeerChannel) =>
  Peer.start(t, bits, fault.peer, options, ...['misbehave', ...fault.behaviour, '--on-input', '--seed', `${seed}`]);

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
    await within(
      sink.until(id, (records) => missing(fault, records) === null),
      () => `No "${missing(fault, sink.of(id))}" came; there is ${told(sink.of(id)).slice(0, 20).join(', ')}.`,
    );
    if (fault.behaviour[0]?.startsWith('die')) await within(peer.exited, () => 'The peer lives.');
    else assert.equal(await peer.end(), 0);
  } finally {
    await within(registry.get(id).close(), () => 'The session does not close.');
    registry.remove(id);
  }
  await sink.ended(id);
  const allowed = [...fault.records.flat(), ...fault.sometime, ...fault.possible];
  const strange = sink.of(id).filter((record) => isWrong(record) && !allowed.includes(nameOf(record)));
  assert.deepEqual(
    strange.map((record) => `${nameOf(record)}: ${record.detail}`),
    [],
  );
  await assertReleased(options);
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
const faults = readFaults().filter(isPossible);

function trialsOf(fault: Fault, index: number): Trial[] {
  if (SEEDS > 0) return Array.from({ length: SEEDS }, (_, seed) => BITS.map((bits) => ({ fault, bits, seed }))).flat();
  return [{ fault, bits: index % 2 === 0 ? 64 : 32, seed: index % 3 === 0 ? 0 : index }];
}

let held = 0;
const openFiles = () => (kernel.platform === 'posix' ? readdirSync('/proc/self/fd').length : 0);
before(() => {
  held = openFiles();
});

let trials = 0;
describe('a session ends in the records that docs/faults.md defines', { concurrency: AT_ONCE }, () => {
  for (const [index, fault] of faults.entries()) {
    const ours = fault.peer === 'client' ? 'server' : 'client';
    const session = fault.refusal === null ? `our ${ours} ${fault.doing}` : `our session ${fault.doing}`;
    test(`${session}, the ${fault.peer} does ${fault.behaviour.join(' ')}`, async (t) => {
      for (const trial of trialsOf(fault, index)) {
        const tried = fault.refusal === null ? tryRecords(t, trial) : tryOpen(t, trial);
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
