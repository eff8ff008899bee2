import { workerData } from 'node:worker_threads';
import type { OpenOptions } from '../shared/session.ts';
import { openChannel } from './channel/channel.ts';
import { Endpoint } from './channel/endpoint.ts';
import { openKernel } from './kernel/open.ts';

/** Entry of the demo's peer: a client in a thread of its own that asks, answers, pauses and sends something big now and then. */
const kernel = await openKernel();
const channel = openChannel(kernel, workerData as OpenOptions);
const endpoint = new Endpoint(kernel, channel, () => {});
try {
  talk(endpoint);
} finally {
  channel.close();
}

function talk(peer: Endpoint): void {
  for (let n = 1; ; n++) {
    const result = peer.receive(40 + Math.floor(Math.random() * 400));
    if (result.kind === 'Exit') return;
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
