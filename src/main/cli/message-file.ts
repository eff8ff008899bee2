import { constants, createReadStream, open as openWithCallback } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { addAbortSignal, type Readable } from 'node:stream';
import { isatty, ReadStream } from 'node:tty';
import { promisify } from 'node:util';
import { fileReason } from '../files/given-file.ts';

/** A number, not a FileHandle: that would be closed when it is garbage collected. */
const open = promisify(openWithCallback);

export const isStdin = (file: string) => file === '-' || file === '/dev/stdin';

/**
 * Checks a file to be sent without reading it. Throws an Error that says why it can't be sent. `capacity`: the most
 * bytes of a message, as far as known before the channel is open.
 */
export async function checkMessageFile(file: string, capacity: number): Promise<void> {
  if (isStdin(file)) return;
  await naming(file, async () => {
    const found = await stat(file);
    if (found.isDirectory()) throw new Error('it is a folder');
    if (found.isSocket()) throw new Error('it is a socket');
    await access(file, constants.R_OK);
    if (found.isFile() && found.size > capacity) throw new TooLong(found.size, capacity);
  });
}

/** The bytes of a file, a pipe or a device, reading no more than a message can have. Rejects when `signal` aborts. */
export async function readMessageFile(file: string, capacity: number, signal: AbortSignal): Promise<Uint8Array> {
  await checkMessageFile(file, capacity);
  return naming(file, async () => {
    const source = addAbortSignal(signal, isStdin(file) ? process.stdin : await openSource(file, capacity));
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of source as AsyncIterable<Uint8Array>) {
      parts.push(part);
      size += part.byteLength;
      if (size > capacity) throw new TooLong(null, capacity);
    }
    return new Uint8Array(Buffer.concat(parts));
  });
}

/** A thread blocked on a pipe or a terminal couldn't be ended, so the event loop watches those. */
async function openSource(file: string, capacity: number): Promise<Readable> {
  const found = await stat(file);
  if (!found.isFIFO() && !found.isCharacterDevice()) return createReadStream(file, { end: capacity });
  const fd = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  if (found.isFIFO()) return new Socket({ fd, readable: true, writable: false });
  return isatty(fd) ? new ReadStream(fd) : createReadStream(file, { fd, end: capacity });
}

class TooLong extends Error {
  constructor(size: number | null, capacity: number) {
    const [has, holds] = [size ?? capacity, capacity].map((n) => n.toLocaleString('en-US'));
    super(
      size === null
        ? `it has more than the ${holds} bytes that the channel holds`
        : `it has ${has} bytes, but the channel holds ${holds}`,
    );
  }
}

async function naming<T>(file: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ABORT_ERR') throw error;
    throw new Error(`The file "${file}" can't be sent: ${fileReason(error)}.`);
  }
}
