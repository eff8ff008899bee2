import { parentPort, workerData } from 'node:worker_threads';
import { logInternalFailures } from '../log/watch.ts';
import { Fields } from './fields/fields.ts';
import type { LibrarianNews } from './library/librarian.ts';
import { Librarian } from './library/librarian.ts';
import type { ReaderNews } from './read/calls.ts';
import { Reader } from './read/reader.ts';
import { RegexMatcher } from './search/regex-matcher.ts';
import { Search } from './search/search.ts';
import type { FromWorker, WorkerRole } from './thread/calls.ts';
import { serve } from './thread/serve.ts';
import type { WriterNews } from './write/calls.ts';
import { Writer } from './write/writer.ts';

/**
 * The thread of the capture's writer, reader, search, regular expressions, fields or librarian. There are six, so that
 * no request holds up writing, no filter other requests, and a regular expression that never ends can be terminated;
 * and one file, so that the build has one path to hand out.
 */
if (!parentPort) throw new Error('worker.ts must be started as a worker thread.');
const port = parentPort;
logInternalFailures();
const tell = (news: WriterNews | ReaderNews | LibrarianNews) =>
  port.postMessage({ news } satisfies FromWorker<typeof news>);

const { role } = workerData as WorkerRole;
const make = {
  writer: () => new Writer(tell),
  reader: () => new Reader(import.meta.filename, tell),
  search: () => new Search(import.meta.filename),
  regex: () => new RegexMatcher(),
  fields: () => new Fields(),
  librarian: () => new Librarian(tell),
} as const;
serve(port, role, make[role]());
