import type { Payload } from '../payload.ts';
import { captureRecords, type RecordPlace } from './records.ts';

/**
 * The messages of a capture that match the filter, session by session. Throws the errors of openForReading, and
 * ShmscopeError `filter-invalid`.
 */
export async function* captureMessages(
  file: string,
  how: Pick<RecordPlace, 'filter' | 'types' | 'captureWorker'>,
): AsyncGenerator<Payload> {
  for await (const { session, isOne, record } of captureRecords({ file, ...how })) {
    if (record.kind !== 'message') continue;
    const { seq, wall, direction, lane, bytes } = record;
    const channel = session.section;
    yield { head: { seq, wall, direction, lane, channel, ...(!isOne && { session: session.session }) }, bytes };
  }
}
