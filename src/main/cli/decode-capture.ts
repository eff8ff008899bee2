import { RecordReader } from '../capture/export/records.ts';
import { select } from '../capture/export/selection.ts';
import { filterNode } from '../capture/search/filter-node.ts';
import type { MatchRegex } from '../capture/search/regex-matcher.ts';
import { RegexThread } from '../capture/search/regex-thread.ts';
import { readSessions } from '../capture/store/describe.ts';
import { explainOpenError, openForReading } from '../capture/store/open-file.ts';
import type { Payload } from './payload.ts';

/**
 * The messages of a capture that pass the filter, session by session. Throws what openForReading throws, and
 * ShmscopeError `filter-invalid`.
 */
export async function* captureMessages(file: string, filter: string, captureWorker: string): AsyncGenerator<Payload> {
  filterNode(filter);
  const { db } = openForReading(file);
  const regexes = new RegexThread(captureWorker);
  const { signal } = new AbortController();
  const match: MatchRegex = (payloads, from) => regexes.match(payloads, from, signal);
  const host = { begin: () => {}, progress: () => {}, cancelled: () => false, signal };
  try {
    const sessions = readSessions(db);
    for (const { session, section } of sessions) {
      const selection = await select({ db, session, match, host }, { what: 'filter', filter });
      const reader = new RecordReader(db, session);
      for (const range of selection.ranges()) {
        for (const { kind, seq, wall, direction, lane, bytes } of reader.read(range)) {
          if (kind !== 'message') continue;
          yield {
            head: { seq, wall, direction, lane, channel: section, ...(sessions.length > 1 && { session }) },
            bytes,
          };
        }
      }
    }
  } catch (error) {
    throw explainOpenError(file, error);
  } finally {
    await regexes.close();
    db.close();
  }
}
