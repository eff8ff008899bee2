import { workerData } from 'node:worker_threads';
import { openChannel } from './channel/channel.ts';
import { Endpoint } from './channel/endpoint.ts';
import type { DemoPeerData } from './demo.ts';
import type { KernelEvent } from './kernel/kernel.ts';
import { openKernel } from './kernel/open.ts';

/**
 * Entry of the demo's peer: a client in a thread of its own that asks, answers, pauses and sends something big now and
 * then.
 */
const kernel = await openKernel();
const { options, stop } = workerData as DemoPeerData;
const stopEvent = kernel.attachEvent(stop);
const channel = openChannel(kernel, options);
try {
  talk(new Endpoint(kernel, channel, () => {}), stopEvent);
} finally {
  channel.close();
  stopEvent.close();
}

function talk(peer: Endpoint, stop: KernelEvent): void {
  for (let n = 1; ; n++) {
    const result = peer.receive(40 + Math.floor(Math.random() * 400), stop);
    if (result.kind === 'Exit' || result.kind === 'Cancelled') return;
    if (peer.unread) continue;
    if (result.kind === 'Message') peer.send(utf8(`{"ok":true,"id":${n},"got":${result.bytes.byteLength}}`));
    else peer.send(say(n));
  }
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
