import { openChannel } from '../../src/main/channel/channel.ts';
import { Endpoint } from '../../src/main/channel/endpoint.ts';
import { openKernel } from '../../src/main/kernel/open.ts';

/**
 * `node send.child.ts NAME BYTES SECONDS`: our endpoint as a client that sends the next message when the last was read,
 * like shm-peer's `flood`.
 */
const [name = '', size = '', seconds = ''] = process.argv.slice(2);
const PROMPT_MS = 0.3;
const WARM_UP_MS = 300;

const kernel = await openKernel();
const channel = openChannel(kernel, {
  ...{ role: 'client', layout: 'sized', bufferSize: 0, takeOver: false },
  ...{ section: name, eventS2c: `${name}S2C`, eventC2s: `${name}C2S` },
});
const endpoint = new Endpoint(kernel, channel, ({ detail }) => {
  throw new Error(detail);
});
const sent = Buffer.alloc(Number(size), 7);

/** Messages that were read, per second. */
function sendFor(ms: number): number {
  const startedAt = performance.now();
  let done = 0;
  for (; performance.now() < startedAt + ms; done++) {
    sent.writeUInt32LE(done);
    endpoint.send(sent, true);
    while (!endpoint.awaitRead(PROMPT_MS));
  }
  return (done / (performance.now() - startedAt)) * 1000;
}

endpoint.look();
sendFor(WARM_UP_MS);
console.log(`acknowledged ${sendFor(Number(seconds) * 1000).toFixed(0)}/s`);
endpoint.close();
