import type { EncodingChoice } from '../../../shared/text/encodings.ts';
import type { CompiledTypes } from '../../../shared/types/compiled/compiled.ts';
import { CaptureFile, sayDamage } from '../../capture/export/capture-file.ts';
import { RecordReader, type WholeRecord } from '../../capture/export/records.ts';
import { filterNode } from '../../capture/search/filter-node.ts';
import { readSessions, type SessionDescription } from '../../capture/store/describe.ts';
import { sessionIn } from './session.ts';

export interface RecordPlace {
  readonly file: string;
  readonly filter: string;
  /** worker.ts of the capture, for regular expressions. */
  readonly captureWorker: string;
  /** Number within the capture; omitted: all sessions. */
  readonly session?: number | undefined;
  /** How payloads are read unless the filter says otherwise. */
  readonly encoding?: EncodingChoice;
  readonly signal?: AbortSignal;
  /** Types to read messages with; omitted: those stored in the capture. */
  readonly types?: CompiledTypes;
  /** Is told what can't be read. */
  readonly note?: (sentence: string) => void;
}

export interface Found {
  readonly session: SessionDescription;
  /** The capture has no other session. */
  readonly isOne: boolean;
  /** Valid until the next one. */
  readonly record: WholeRecord;
}

/**
 * The records of a capture that match the filter, session by session. Throws the errors of openForReading, and
 * ShmscopeError `filter-invalid`, `no-such-session`, `cancelled`.
 */
export async function* captureRecords(place: RecordPlace): AsyncGenerator<Found> {
  filterNode(place.filter);
  const capture = new CaptureFile(place.file, place.captureWorker);
  try {
    yield* recordsIn(capture, place);
  } catch (error) {
    throw capture.explain(error);
  } finally {
    await capture.close();
  }
}

async function* recordsIn(capture: CaptureFile, place: RecordPlace): AsyncGenerator<Found> {
  const { file, filter, encoding, signal = new AbortController().signal, note = () => {} } = place;
  const host = { begin: () => {}, progress: () => {}, cancelled: () => signal.aborted, signal };
  const all = readSessions(capture.db);
  const wanted = place.session === undefined ? all : [sessionIn(file, all, place.session)];
  const numbers = wanted.map(({ session }) => session);
  for (const damage of await capture.hideDamage(numbers, signal)) note(sayDamage(damage));
  capture.hold();
  for (const session of wanted) {
    const scope = { what: 'filter', filter, ...(encoding && { encoding }) } as const;
    const selection = await capture.select(session.session, scope, host, place.types);
    const reader = new RecordReader(capture.db, session.session, encoding);
    for (const range of selection.ranges())
      for (const record of reader.read(range)) yield { session, isOne: all.length === 1, record };
  }
}
