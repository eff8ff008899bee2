import { openKernel } from '../../src/main/kernel/open.ts';
import { MemorySink } from '../../src/main/session/memory-sink.testing.ts';
import { SessionRegistry } from '../../src/main/session/registry.ts';
import type { SendPlan } from '../../src/shared/sending.ts';

/**
 * `node timer.child.ts NAME MESSAGES`: how long undisturbed waits of the port last, and the times between the messages
 * of a plan with one per ms, sent as client of a peer that reads them. Prints a {@link Timing} as JSON.
 */
const [name = '', messages = ''] = process.argv.slice(2);
const WAITS_MS = [0.2, 1, 2, 5];
/** Waits of each length. */
const WAITS = 400;
const INTERVAL_MS = 1;

export interface Timing {
  readonly resolutionMs: number;
  /** What was requested, and how long each wait took, in ms. */
  readonly waits: readonly { readonly asked: number; readonly took: readonly number[] }[];
  /** ms between one message of the plan and the next. */
  readonly intervals: readonly number[];
}

const kernel = await openKernel();

function timed(asked: number): number[] {
  const { event } = kernel.createEvent(null);
  const took: number[] = [];
  for (let count = 0; count < WAITS; count++) {
    const startedAt = performance.now();
    kernel.waitAny([event], asked);
    took.push(performance.now() - startedAt);
  }
  event.close();
  return took;
}

async function planned(): Promise<number[]> {
  const sink = new MemorySink();
  const workerPath = new URL('../../src/main/session/worker.ts', import.meta.url);
  const registry = new SessionRegistry({ kernel, sink, workerPath, onChange: () => {}, spare: 0 });
  const { id } = await registry.open({
    kind: 'endpoint',
    role: 'client',
    section: name,
    eventS2c: `${name}S2C`,
    eventC2s: `${name}C2S`,
    layout: 'auto',
    bufferSize: 16_384,
    takeOver: false,
    overrun: 'wait',
    receive: null,
  });
  const sent = (records: readonly { kind: string; mono: number }[]) => records.filter(({ kind }) => kind === 'message');
  const plan: SendPlan = {
    template: [{ type: 'n' }],
    firstNumber: 0,
    until: { what: 'count', count: Number(messages) },
    intervalMs: INTERVAL_MS,
    rampToMs: null,
  };
  await registry.get(id).call({ type: 'startSending', plan });
  await sink.until(id, (records) => sent(records).length === Number(messages));
  const times = sent(sink.of(id)).map(({ mono }) => mono / 1000);
  await registry.close();
  return times.slice(1).map((time, index) => time - (times[index] as number));
}

const timing: Timing = {
  resolutionMs: kernel.resolutionMs,
  waits: WAITS_MS.map((asked) => ({ asked, took: timed(asked) })),
  intervals: await planned(),
};
console.log(JSON.stringify(timing));
