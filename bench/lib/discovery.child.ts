/**
 * Creates named objects, a third of them channels and the rest their events, and lets the discovery thread look for
 * them: how long a look takes, and how late the main thread's timers are meanwhile. Prints a {@link Looks} as JSON.
 * `node bench/lib/discovery.child.ts OBJECTS LOOKS`.
 */
import { ChannelDiscovery } from '../../src/main/discovery/discovery.ts';
import { openKernel } from '../../src/main/kernel/open.ts';

export interface Looks {
  readonly channels: number;
  /** ms of each look, on its thread. */
  readonly looks: readonly number[];
  /** ms until each answer arrived. */
  readonly answers: readonly number[];
  /** ms by which the main thread's timers were late at most, during each look and before each. */
  readonly late: { readonly looking: readonly number[]; readonly idle: readonly number[] };
}

const TIMER_MS = 1;
/** Younger answers are reused. */
const FRESH_MS = 260;
const [objects, rounds] = process.argv.slice(2).map(Number) as [number, number];

const kernel = await openKernel();
const held: { close(): void }[] = [];
const size = 1000;
for (let at = 0; at * 3 < objects; at++) {
  const name = `Local\\Bench discovery ${process.pid}-${at}`;
  const { section } = kernel.createSection(name, 24 + 2 * size);
  section.storeU32(0, size);
  held.push(section);
  for (const event of [`${name} S2C`, `${name} C2S`])
    if (held.length < objects) held.push(kernel.createEvent(event).event);
}

let latest = 0;
let due = performance.now() + TIMER_MS;
const timer = setInterval(() => {
  const now = performance.now();
  latest = Math.max(latest, now - due);
  due = now + TIMER_MS;
}, TIMER_MS);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
/** The largest lateness during `work`. */
async function lateDuring(work: Promise<unknown>): Promise<number> {
  latest = 0;
  await work;
  return latest;
}

const discovery = new ChannelDiscovery(new URL('../../src/main/discovery/worker.ts', import.meta.url));
const looks: number[] = [];
const answers: number[] = [];
const late = { looking: [] as number[], idle: [] as number[] };
let channels = 0;
for (let round = -1; round < rounds; round++) {
  const idle = await lateDuring(pause(FRESH_MS));
  const begun = performance.now();
  const answer = discovery.discover({ all: false, processes: false });
  const looking = await lateDuring(answer);
  const took = performance.now() - begun;
  const found = await answer;
  // The first one starts the thread.
  if (round < 0) continue;
  channels = found.channels.length;
  looks.push(found.tookMs);
  answers.push(took);
  late.looking.push(looking);
  late.idle.push(idle);
}
clearInterval(timer);
await discovery.close();
for (const each of held) each.close();
process.stdout.write(JSON.stringify({ channels, looks, answers, late } satisfies Looks));
