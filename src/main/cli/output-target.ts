import { once } from 'node:events';
import { constants, createWriteStream, open as openWithCallback, type Stats } from 'node:fs';
import { access, lstat, open, realpath, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { isSqliteFile } from '../capture/store/sqlite-file.ts';
import { fileReason } from '../files/given-file.ts';
import { isPipeClosed, PipeClosed, UsageError } from './exit-status.ts';

export interface OutputOptions {
  /** Absent or `-`: stdout. */
  readonly file: string | undefined;
  /** What may happen to an existing file. */
  readonly existing: 'refuse' | 'replace' | 'append';
  /** It can't be appended to a file. */
  readonly isWhole?: boolean;
}

/** Where the records go. Nothing is created or changed before it is opened. */
export interface OutputTarget {
  readonly isStdout: boolean;
  /** The same for two names of one file; null for a device, which many can write to. */
  readonly id: string | null;
  /** Turns a failure to write to it into one for the user. */
  readonly failure: (error: Error) => Error;
  /** Rejects with a sentence if it can't be written, and when `signal` aborts. */
  readonly open: (signal: AbortSignal) => Promise<Writable>;
}

/** A number, not a FileHandle: that would be closed when it is garbage collected. */
const openFd = promisify(openWithCallback);

export const STDOUT: OutputTarget = {
  ...{ isStdout: true, id: 'stdout', open: async () => process.stdout },
  failure: (error) => failureOf(error, (why) => new Error(`The output can't be written: ${why}.`)),
};
const LINE_FEED = 0x0a;
/** ms between checks whether somebody reads a named pipe. */
const READER_MS = 50;

/**
 * Throws `UsageError` for a file that would be overwritten, otherwise an Error for what can't be written. A capture is
 * never overwritten, nor is any of the `inputs`, files that the same run reads.
 */
export async function checkOutput(
  { file, existing, isWhole = false }: OutputOptions,
  inputs: readonly string[] = [],
): Promise<OutputTarget> {
  if (file === undefined || file === '-' || file === '/dev/stdout') return STDOUT;
  if (file === '') throw cannotWrite(file, 'it has no name');
  if (file.endsWith('/') || file.endsWith(path.sep)) throw cannotWrite(file, 'that is the name of a folder');
  const found = await naming(file, () => lookAt(file));
  const id = await naming(file, () => idOf(file, found));
  const target = (openIt: OutputTarget['open']): OutputTarget => ({
    ...{ isStdout: false, id },
    open: (signal) => naming(file, () => openIt(signal)),
    failure: (error) => failureOf(error, (why) => cannotWrite(file, why)),
  });
  if (found === null) {
    await naming(file, () => access(path.dirname(file), constants.W_OK));
    return target(() => openFile(file, existing));
  }
  if (found.isDirectory()) throw cannotWrite(file, 'it is a folder');
  if (found.isSocket() || found.isBlockDevice()) throw cannotWrite(file, 'it is neither a file nor a pipe');
  if (!found.isFile() && !found.isSymbolicLink())
    return target((signal) => (found.isFIFO() ? openPipe(file, signal) : openStream(file, 'w')));
  if (existing === 'refuse') throw new UsageError(existsAlready(file, isWhole));
  await naming(file, () => keepInputs(file, inputs));
  if (found.isSymbolicLink()) return target(() => openFile(file, existing));
  await naming(file, () => access(file, constants.W_OK));
  if (existing === 'append') await naming(file, () => endOf(file));
  return target(() => openFile(file, existing));
}

async function keepInputs(file: string, inputs: readonly string[]): Promise<void> {
  if (isSqliteFile(file)) throw new Error('it is a capture or another SQLite file, which would be destroyed');
  // A dangling link has none.
  const written = await fileId(file).catch(() => null);
  for (const input of inputs) {
    // Whoever reads an input reports what is wrong with it.
    const read = await fileId(input).catch(() => null);
    if (read !== null && read === written) throw new Error('the same run reads it');
  }
}

/** Windows' file ids don't fit a double exactly. */
async function fileId(file: string): Promise<string> {
  const { dev, ino } = await stat(file, { bigint: true });
  return `${dev}:${ino}`;
}

async function idOf(file: string, found: Stats | null): Promise<string | null> {
  if (found?.isCharacterDevice()) return null;
  if (found && !found.isSymbolicLink()) return fileId(file);
  const folder = await realpath(path.dirname(file)).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new Error(`there is no folder "${path.dirname(file)}"`) : error;
  });
  const place = path.join(folder, path.basename(file));
  // On file systems where names may differ only in case.
  return process.platform === 'win32' ? place.toLowerCase() : place;
}

/** null if it doesn't exist. A dangling link exists: the file would be created elsewhere. */
async function lookAt(file: string): Promise<Stats | null> {
  const missing = (error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  };
  return (await stat(file).catch(missing)) ?? lstat(file).catch(missing);
}

async function openFile(file: string, existing: OutputOptions['existing']): Promise<Writable> {
  if (existing === 'refuse') return openStream(file, 'wx');
  if (existing === 'replace') return openStream(file, 'w');
  const end = await endOf(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  const out = await openStream(file, 'a');
  // A killed run may have left half a line.
  if (end !== null && end !== LINE_FEED) out.write('\n');
  return out;
}

async function openStream(file: string, flags: 'w' | 'wx' | 'a'): Promise<Writable> {
  const out = createWriteStream(file, { flags, mode: 0o600 });
  await once(out, 'open');
  return out;
}

/** The last byte of a file, null if empty. Throws for one in UTF-16: what is appended would be garbage in it. */
async function endOf(file: string): Promise<number | null> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const { buffer: start } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    const mark = start.readUInt16LE(0);
    if (mark === 0xfeff || mark === 0xfffe) throw new Error('it is UTF-16, and what is appended would be UTF-8');
    const { buffer: end } = await handle.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1));
    return size === 0 ? null : (end[0] as number);
  } finally {
    await handle.close();
  }
}

/**
 * Opening a named pipe blocks until it has a reader, and a blocked thread couldn't be ended, so it is tried repeatedly.
 */
async function openPipe(file: string, signal: AbortSignal): Promise<Writable> {
  for (;;) {
    try {
      const fd = await openFd(file, constants.O_WRONLY | constants.O_NONBLOCK);
      return new Socket({ fd, readable: false, writable: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error;
      await delay(READER_MS, undefined, { signal });
    }
  }
}

async function naming<T>(file: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ABORT_ERR') throw error;
    if (code === 'EEXIST') throw new Error(existsAlready(file));
    throw cannotWrite(file, fileReason(error));
  }
}

const existsAlready = (file: string, isWhole = false) =>
  `The output "${file}" exists already and was left as it is. Name another file, ${isWhole ? '' : 'or add --append to append to it, '}or${isWhole ? ' add' : ''} --force to replace it.`;

const failureOf = (error: Error, sentence: (why: string) => Error) =>
  isPipeClosed(error) ? new PipeClosed('Nobody reads the output any more.') : sentence(fileReason(error));

const cannotWrite = (file: string, why: string) => new Error(`The output "${file}" can't be written: ${why}.`);
