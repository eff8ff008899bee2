import { writeSync } from 'node:fs';
import type { CommitReply } from '../../shared/log.ts';
import { openCapture } from './capture.ts';
import { batchOf, post, type Sample, sessionOf, taggedPayload, workerPath } from './testing.ts';

/**
 * Records endlessly into the folder given as its argument and reports on stdout what was acknowledged; kill.test.ts
 * ends it.
 */
const UNACKNOWLEDGED = 2000;

const sampleOf = (session: number, seq: number): Sample =>
  seq % 9 >= 6 ? { kind: 'timeout' } : { bytes: taggedPayload(session, seq) };

const capture = await openCapture({ folder: process.argv[2] as string, workerPath });
writeSync(1, `${JSON.stringify({ file: capture.file })}\n`);

for (const session of [1, 2]) {
  const port = capture.connect(sessionOf(session));
  let next = 0;
  const send = (committed: number) => {
    while (next - committed < UNACKNOWLEDGED) {
      const samples = Array.from({ length: 50 }, (_, i) => sampleOf(session, next + i));
      post(port, batchOf(session, next, samples));
      next += samples.length;
    }
  };
  port.on('message', (reply: CommitReply) => {
    if (!('committed' in reply)) throw new Error(reply.failure.message);
    writeSync(1, `${JSON.stringify({ session, committed: reply.committed })}\n`);
    send(reply.committed);
  });
  send(0);
}
