import { jsonHead, jsonTail, safeJson } from '../../shared/json-record.ts';
import type { RecordDraft } from '../../shared/log.ts';
import { contentOf } from '../capture/content.ts';

/**
 * A record as one line of JSON: `seq`, `time` (UTC, µs), `kind`, `direction`, `size`, then `text` where the bytes are valid
 * UTF-8, else `hex`; `code` and `detail` where the record has them.
 */
export function jsonLine(record: RecordDraft, payload: Uint8Array): string {
  const { kind, offset, size } = record;
  const content = kind === 'message' && contentOf(payload.subarray(offset, offset + size));
  return safeJson({ ...jsonHead(record), ...content, ...jsonTail(record) });
}
