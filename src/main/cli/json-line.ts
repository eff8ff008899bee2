import type { RecordDraft } from '../../shared/log.ts';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** C1 controls, bidi controls, zero-width and line separators: legal in JSON, but not on a terminal. */
const UNSAFE = /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/**
 * A record as one line of JSON: `seq`, `time` (UTC, µs), `kind`, `direction`, `size`, then `text` where the bytes are valid
 * UTF-8, else `hex`; `code` and `detail` where the record has them.
 */
export function jsonLine(record: RecordDraft, payload: Uint8Array): string {
  const { seq, kind, direction, size, code, detail, offset, wall } = record;
  const line = {
    seq,
    time: isoMicros(wall),
    kind,
    ...(direction && { direction }),
    size,
    ...(kind === 'message' && content(payload.subarray(offset, offset + size))),
    ...(code && { code }),
    ...(detail && { detail }),
  };
  return JSON.stringify(line).replace(UNSAFE, escaped);
}

function content(bytes: Uint8Array): { text: string } | { hex: string } {
  try {
    return { text: UTF8.decode(bytes) };
  } catch {
    return { hex: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex') };
  }
}

/** `wall` in µs since 1970. */
export function isoMicros(wall: number): string {
  const micros = String(wall % 1000).padStart(3, '0');
  return new Date(Math.floor(wall / 1000)).toISOString().replace('Z', `${micros}Z`);
}

const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
