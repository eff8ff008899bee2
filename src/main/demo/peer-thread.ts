import { parentPort, workerData } from 'node:worker_threads';
import { openChannel } from '../channel/channel.ts';
import { Endpoint } from '../channel/endpoint.ts';
import type { KernelEvent } from '../kernel/kernel.ts';
import { openKernel } from '../kernel/open.ts';
import { greeting, type PeerThreadData } from './part.ts';

/** Entry point of a demo peer on a thread of its own. */
const kernel = await openKernel();
const { options, does, stop } = workerData as PeerThreadData;
const stopEvent = kernel.attachEvent(stop);
const channel = openChannel(kernel, options);
try {
  parentPort?.postMessage('ready');
  const doing = { talk, greet }[does];
  doing(new Endpoint(kernel, channel, () => {}), stopEvent);
} finally {
  channel.close();
  stopEvent.close();
}

/** Asks, replies, pauses, and sends something big now and then. */
function talk(peer: Endpoint, stop: KernelEvent): void {
  for (let n = 1; ; n++) {
    const result = peer.receive(40 + Math.floor(Math.random() * 400), stop);
    if (result.kind === 'Exit' || result.kind === 'Cancelled') return;
    if (peer.unread) continue;
    if (result.kind !== 'Message') peer.send(say(n));
    else if (!isAnswer(result.bytes)) peer.send(utf8(`{"ok":true,"id":${n},"got":${result.bytes.byteLength}}`));
  }
}

/** What it receives may be in another layout: no reason to leave. */
function greet(peer: Endpoint, stop: KernelEvent): void {
  peer.send(utf8(greeting(options.role)));
  while (peer.receive(1000, stop).kind !== 'Cancelled');
}

/** Two peers that replied to replies would never stop. */
function isAnswer(bytes: Uint8Array): boolean {
  const start = utf8('{"ok":');
  return start.every((byte, i) => bytes[i] === byte);
}

function say(n: number): Uint8Array {
  switch (n % 9) {
    case 2:
      return utf8(`größe=${(n * 37) % 9000} ✓`);
    case 4:
      return Uint8Array.from({ length: 48 }, (_, i) => (n * 31 + i * 7) & 0xff);
    case 7:
      return utf8(JSON.stringify({ cmd: 'blob', id: n, data: 'QUJD'.repeat(300 + Math.floor(Math.random() * 3500)) }));
    default:
      return utf8(
        JSON.stringify({ cmd: n % 2 ? 'status' : 'read', id: n, reg: `0x${((n * 2654435761) % 65536).toString(16)}` }),
      );
  }
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
