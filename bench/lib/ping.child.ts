import { openChannel } from '../../src/main/channel/channel.ts';
import { Endpoint } from '../../src/main/channel/endpoint.ts';
import { openKernel } from '../../src/main/kernel/open.ts';

/**
 * `node ping.child.ts NAME BYTES SECONDS`: our endpoint as the pinging client of an echo, like shm-peer's `pingpong`:
 * the next message after the last answer, each answer compared. Prints round trips per second.
 */
const [name = '', size = '', seconds = ''] = process.argv.slice(2);
const TIMEOUT_MS = 10_000;
/** Until V8 has compiled what runs here; not counted. */
const WARM_UP_MS = 300;

const kernel = await openKernel();
const channel = openChannel(kernel, {
  role: 'client',
  section: name,
  eventS2c: `${name}S2C`,
  eventC2s: `${name}C2S`,
  layout: 'sized',
  bufferSize: 0,
  takeOver: false,
});
const endpoint = new Endpoint(kernel, channel, ({ detail }) => {
  throw new Error(detail);
});
const sent = Buffer.alloc(Number(size), 7);

function roundTrip(count: number): void {
  sent.writeUInt32LE(count);
  if (endpoint.unread) throw new Error('The echo answered before it had read.');
  endpoint.send(sent, true);
  const got = endpoint.receive(TIMEOUT_MS);
  if (got.kind !== 'Message' || !sent.equals(got.bytes)) throw new Error(`Round trip ${count} ended with ${got.kind}.`);
}

/** Round trips per second. */
function pingFor(ms: number): number {
  const startedAt = performance.now();
  let done = 0;
  for (; performance.now() < startedAt + ms; done++) roundTrip(done);
  return (done / (performance.now() - startedAt)) * 1000;
}

pingFor(WARM_UP_MS);
console.log(`round-trips ${pingFor(Number(seconds) * 1000).toFixed(0)}/s`);
endpoint.close();
