import { jsonHead, jsonSession, jsonTail, type LoggedSession, safeJson } from '../../shared/json-record.ts';
import type { RecordDraft } from '../../shared/log.ts';
import { directionOf } from '../../shared/session-kind.ts';
import type { EncodingChoice } from '../../shared/text/encodings.ts';
import { contentOf } from '../capture/store/content.ts';

/**
 * A record as one line of JSON, as docs/exports.md tells it: an import takes it back. `tellsSession`: the record that
 * opens the session tells it too, where no first line does.
 */
export function jsonLine(
  record: RecordDraft,
  payload: Uint8Array,
  session: LoggedSession,
  { readAs, tellsSession }: { readonly readAs: EncodingChoice; readonly tellsSession: boolean },
): string {
  const { kind, lane, offset, size, unreadMicros } = record;
  const content = (kind === 'message' || size > 0) && contentOf(payload.subarray(offset, offset + size), readAs);
  const of = kind === 'opened' && tellsSession && { session: jsonSession(session) };
  const head = jsonHead({ ...record, direction: lane && directionOf(session.role, lane) });
  return safeJson({ ...head, ...content, ...jsonTail(record, unreadMicros), ...of });
}
