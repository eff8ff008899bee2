import { parentPort, workerData } from 'node:worker_threads';
import { type Result, toFailure } from '../../shared/failure.ts';
import { logInternalFailures } from '../log/watch.ts';
import type { Call, CallTable, FromWorker, LibrarianNews, ReaderNews, WorkerRole, WriterNews } from './calls.ts';
import { Search } from './filter/search.ts';
import { Librarian } from './library/librarian.ts';
import { Reader } from './reader.ts';
import { Writer } from './writer.ts';

/**
 * The thread of the capture's writer, reader, search or librarian. They are four, so that no question holds up writing, and no
 * filter other questions; and one file, so that the build has one path to hand out.
 */
if (!parentPort) throw new Error('worker.ts is to be started as a worker thread.');
const port = parentPort;
logInternalFailures();
type News = WriterNews | ReaderNews | LibrarianNews;
const post = (message: FromWorker<News>, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
const tell = (news: News) => post({ news });

const { role } = workerData as WorkerRole;
const make = {
  writer: () => new Writer(tell),
  reader: () => new Reader(import.meta.filename, tell),
  search: () => new Search(),
  librarian: () => new Librarian(tell),
} as const;
const calls = make[role]() as unknown as CallTable<Record<string, unknown>>;

port.on('message', async ({ id, name, argument }: Call) => {
  const result = await answer(name, argument);
  // A slice of a payload has a buffer of its own and is moved instead of copied once more.
  const bytes = result.ok && result.value instanceof Uint8Array ? [result.value.buffer as ArrayBuffer] : [];
  post({ id, result }, bytes);
  if (name === 'close') port.close();
});

async function answer(name: string, argument: unknown): Promise<Result<unknown>> {
  try {
    return { ok: true, value: await calls[name]?.(argument) };
  } catch (error) {
    return { ok: false, failure: toFailure(error) };
  }
}
