import type { Readable } from 'node:stream';

/** The most bytes accepted per this many ms: more would keep this thread from everything else. */
const MAX_BYTES = 1024 * 1024;
const WHILE_MS = 100;

/** Passes on what a program writes; one that floods has to wait. */
export function readPaced(stream: Readable, take: (bytes: Uint8Array) => void): void {
  let taken = 0;
  let began = performance.now();
  stream.on('data', (bytes: Uint8Array) => {
    const now = performance.now();
    if (now - began >= WHILE_MS) {
      taken = 0;
      began = now;
    }
    taken += bytes.byteLength;
    take(bytes);
    if (taken < MAX_BYTES) return;
    stream.pause();
    setTimeout(() => stream.resume(), began + WHILE_MS - now).unref();
  });
  stream.on('error', () => {});
}
