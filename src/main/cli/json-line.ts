import { jsonHead, jsonSession, jsonTail, type LoggedSession, safeJson } from '../../shared/json-record.ts';
import type { RecordDraft } from '../../shared/log.ts';
import type { EncodingChoice } from '../../shared/text/encodings.ts';
import { contentOf } from '../capture/store/content.ts';

/**
 * A record as one line of JSON, as docs/exports.md tells it: an import takes it back. `session` is told by the record that opens it, where
 * no first line tells it.
 */
export function jsonLine(
  record: RecordDraft,
  payload: Uint8Array,
  session: LoggedSession | null,
  readAs: EncodingChoice,
): string {
  const { kind, offset, size, unreadMicros } = record;
  const content = (kind === 'message' || size > 0) && contentOf(payload.subarray(offset, offset + size), readAs);
  const of = kind === 'opened' && session !== null && { session: jsonSession(session) };
  return safeJson({ ...jsonHead(record), ...content, ...jsonTail(record, unreadMicros), ...of });
}
