import type { RecordHead, SeenRecord } from './log.ts';
import type { Viewpoint } from './session-kind.ts';
import type { Encoding } from './text/encodings.ts';

/** What the first line of a log says about itself; see docs/exports.md. */
export const JSONL_FORMAT = 'shmscope';
export const JSONL_VERSION = 1;

/** What a log says about the session that its records belong to. */
export interface LoggedSession {
  readonly role: Viewpoint;
  readonly section: string;
  readonly eventS2c: string;
  readonly eventC2s: string;
  /** µs since 1970. */
  readonly openedAt: number;
}

/** A payload as JSON can hold it: text if the bytes are text, in a named encoding unless it is UTF-8; otherwise hex. */
export type JsonContent = { readonly text: string; readonly encoding?: Encoding } | { readonly hex: string };

/** C1 controls, bidi controls, zero-width and line separators: legal in JSON, but unwanted on a terminal. */
const UNSAFE = /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** JSON of `value` in which nothing can play tricks on a terminal. */
export const safeJson = (value: unknown): string => JSON.stringify(value).replace(UNSAFE, escaped);

export const jsonSession = ({ role, section, eventS2c, eventC2s, openedAt }: LoggedSession): LoggedSession => ({
  role,
  section,
  eventS2c,
  eventC2s,
  openedAt,
});

/** The first line of a log. `records`: how many follow, if that is known before they are written. */
export const headLine = (session: LoggedSession, records?: number): string =>
  `${safeJson({
    format: JSONL_FORMAT,
    version: JSONL_VERSION,
    ...jsonSession(session),
    ...(records !== undefined && { records }),
  })}\n`;

/** A member of a JSON object, preceded by a comma; empty if there is no value. */
export const jsonMember = (key: string, value: unknown): string =>
  value === null || value === undefined ? '' : `,"${key}":${safeJson(value)}`;

/**
 * The members of a record's line before its payload. They are written as text: creating an object from them first takes
 * half as long again.
 */
export const jsonHead = ({ seq, wall, kind, direction, size }: Omit<SeenRecord, 'lane'>): string =>
  `"seq":${seq},"time":"${isoMicros(wall)}","kind":"${kind}"${jsonMember('direction', direction)},"size":${size}`;

/** Its payload, after a comma. */
export const jsonContent = (content: JsonContent): string =>
  'hex' in content
    ? `,"hex":"${content.hex}"`
    : `,"text":${safeJson(content.text)}${jsonMember('encoding', content.encoding)}`;

interface JsonTail extends Omit<RecordHead, 'lane'> {
  /** µs that a message was unread, if known. */
  readonly unreadMicros?: number | null;
  /** The user's note on it. */
  readonly mark?: string | null;
  readonly note?: string | null;
}

/** Like {@link jsonHead}, after its payload and a comma. */
export function jsonTail({ code, detail, count, wall, mono, unreadMicros, mark, note }: JsonTail): string {
  const what = `${jsonMember('code', code)}${jsonMember('detail', detail)}${count === 1 ? '' : `,"count":${count}`}`;
  const user = `${jsonMember('mark', mark)}${jsonMember('note', note)}`;
  return `${what},"wall":${wall},"mono":${mono}${jsonMember('unread', unreadMicros)}${user}`;
}

let lastSecond = Number.NaN;
let lastStart = '';

/** UTC with microseconds; `wall` in µs since 1970. Records follow each other closely, so the last second is cached. */
export function isoMicros(wall: number): string {
  const second = Math.floor(wall / 1_000_000);
  if (second !== lastSecond) {
    lastSecond = second;
    lastStart = new Date(second * 1000).toISOString().slice(0, -'000Z'.length);
  }
  return `${lastStart}${String(wall - second * 1_000_000).padStart(6, '0')}Z`;
}
