import {
  jsonContent,
  jsonHead,
  jsonMember,
  jsonSession,
  jsonTail,
  type LoggedSession,
} from '../../shared/json-record.ts';
import type { RecordDraft } from '../../shared/log.ts';
import { directionOf } from '../../shared/session-kind.ts';
import type { EncodingChoice } from '../../shared/text/encodings.ts';
import { contentOf } from '../capture/store/content.ts';
import type { FieldsOf } from './type-options.ts';

export interface LineForm {
  readonly readAs: EncodingChoice;
  readonly tellsSession: boolean;
  /** For messages whose type is known. */
  readonly fieldsOf?: FieldsOf | undefined;
}

/**
 * A record as one line of JSON, as described in docs/exports.md: an import reads it back. `tellsSession`: the record
 * that opens the session describes it too, if no first line does.
 */
export function jsonLine(
  record: RecordDraft,
  payload: Uint8Array,
  session: LoggedSession,
  { readAs, tellsSession, fieldsOf }: LineForm,
): string {
  const { kind, lane, offset, size } = record;
  const bytes = payload.subarray(offset, offset + size);
  const content = kind === 'message' || size > 0 ? jsonContent(contentOf(bytes, readAs)) : '';
  const direction = lane && directionOf(session.role, lane);
  const from = { seq: record.seq, wall: record.wall, direction, lane, channel: session.section };
  const fields = kind === 'message' ? fieldsOf?.({ head: from, bytes }) : undefined;
  const of = kind === 'opened' && tellsSession ? jsonSession(session) : undefined;
  const tail = `${jsonMember('fields', fields)}${jsonTail(record)}${jsonMember('session', of)}`;
  return `{${jsonHead({ ...record, direction })}${content}${tail}}`;
}
