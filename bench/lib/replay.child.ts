import { openKernel } from '../../src/main/kernel/open.ts';
import { Replayer } from '../../src/main/replay/replayer.ts';
import { MemorySink } from '../../src/main/session/memory-sink.testing.ts';
import { SessionRegistry } from '../../src/main/session/registry.ts';
import type { ReplayPlan } from '../../src/shared/replay/replay.ts';
import type { EndpointSnapshot } from '../../src/shared/session.ts';
import { laneOf } from '../../src/shared/session-kind.ts';

/**
 * `node replay.child.ts NAME CAPTURE`: replays the capture as client of a peer that reads, at the recorded times.
 * Prints a {@link Replayed} as JSON.
 */
const [name = '', file = ''] = process.argv.slice(2);

export interface Replayed {
  readonly sent: number;
  readonly held: number;
  /** ms that each message was sent after its time. */
  readonly late: readonly number[];
}

const source = (path: string) => new URL(`../../src/main/${path}`, import.meta.url);
const kernel = await openKernel();
const sink = new MemorySink();
const done = Promise.withResolvers<void>();
const registry = new SessionRegistry({
  ...{ kernel, sink, workerPath: source('session/worker.ts'), spare: 0 },
  onChange: () => {
    const [session] = registry.snapshots() as EndpointSnapshot[];
    if (session?.replay?.result) done.resolve();
  },
});
const replayer = new Replayer(source('replay/worker.ts'));
const plan: ReplayPlan = {
  ...{ timing: { how: 'original', speed: 1 }, loops: 1, step: false, compare: false, ignore: [], allowGaps: false },
  timeoutMs: 5000,
};
const captureWorker = source('capture/worker.ts').pathname;
const prepared = await replayer.prepare({ file, session: 1, as: 'client', plan, captureWorker });
const { id } = await registry.open({
  ...{ kind: 'endpoint', role: 'client', section: name, eventS2c: `${name}S2C`, eventC2s: `${name}C2S` },
  ...{ layout: 'auto', bufferSize: 16_384, takeOver: false, overrun: 'wait', receive: null },
});
await prepared.start(registry.get(id));
await done.promise;
const { replay } = registry.snapshot(id) as EndpointSnapshot;
await registry.close();
await replayer.close();
const times = sink
  .of(id)
  .filter(({ kind, lane }) => kind === 'message' && lane === laneOf('client', 'out'))
  .map(({ mono, bytes }) => ({ sent: mono / 1000, due: Number(new TextDecoder().decode(bytes)) }));
// When the first was due isn't reported: no message is sent early, so the most punctual one shows it.
const began = times.reduce((least, { sent, due }) => Math.min(least, sent - due), Number.POSITIVE_INFINITY);
const late = times.map(({ sent, due }) => sent - began - due);
const replayed: Replayed = { sent: replay?.sent ?? 0, held: replay?.held.count ?? 0, late };
console.log(JSON.stringify(replayed));
