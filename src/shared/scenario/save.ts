import type { Lane, Role } from '../domain.ts';
import { DEFAULT_BUFFER_SIZE } from '../domain.ts';
import type { SeenRecord } from '../log.ts';
import type { Viewpoint } from '../session-kind.ts';
import { decodeUtf8 } from '../text/utf8.ts';
import { MAX_LENGTH } from './read.ts';
import { hasTemplate } from './template.ts';

/**
 * What was recorded on a channel as a scenario that does the same again. Both ends are sessions of Shmscope, so it
 * passes as it is; to test a program, remove the end that the program plays.
 */

/** Each message is sent and expected. */
export const MAX_SAVED_RECORDS = 8000;
/** Longer text is harder to read than hex. */
const MAX_TEXT = 4000;
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

type SavedRecord = Pick<SeenRecord, 'kind' | 'lane' | 'code' | 'detail'> & { readonly bytes: Uint8Array };

const SENDERS: Readonly<Record<Lane, Role>> = { s2c: 'server', c2s: 'client' };
const otherOf = (role: Role): Role => (role === 'server' ? 'client' : 'server');

/** Writes a scenario record by record. */
export class SavedScenario {
  readonly #role: Viewpoint;
  #largest = 0;
  #length = 0;
  #hasSteps = false;
  #wasTimeout = false;

  constructor(role: Viewpoint) {
    this.#role = role;
  }

  /** Something in it is longer than a scenario may be. */
  get isTooLong(): boolean {
    return this.#length > MAX_LENGTH;
  }

  head(section: string): string {
    return this.#counted(`# yaml-language-server: $schema=scenario.schema.json
# Recorded on ${commented(section)}, as ${this.#role}. Both ends are Shmscope's own, so it passes as it is. To test a
# program, remove its end from sessions and that session's steps, and add the program to peers.
name: ${JSON.stringify(`As recorded on ${section}`)}
steps:
`);
  }

  /** The steps for a record: none if nothing in it could be repeated. */
  record(record: SavedRecord): string {
    const lines = this.#linesOf(record);
    if (lines.some((line) => line.startsWith('-'))) this.#hasSteps = true;
    this.#wasTimeout = record.kind === 'timeout';
    return this.#counted(lines.map((line) => `  ${line}\n`).join(''));
  }

  foot(): string {
    const size = Math.max(DEFAULT_BUFFER_SIZE, this.#largest);
    const channels = size > DEFAULT_BUFFER_SIZE ? `channels: { main: { buffer-size: ${size} } }\n` : '';
    return this.#counted(
      `${this.#hasSteps ? '' : '  - wait: 1\n'}${channels}sessions: { server: server, client: client }\n`,
    );
  }

  #counted(text: string): string {
    this.#length += text.length;
    return text;
  }

  #linesOf({ kind, lane, bytes, code, detail }: SavedRecord): string[] {
    const sender = lane && SENDERS[lane];
    if (kind === 'message' && sender) {
      this.#largest = Math.max(this.#largest, bytes.length);
      const content = contentOf(bytes);
      return [`- send: { session: ${sender}, ${content} }`, `- expect: { session: ${otherOf(sender)}, ${content} }`];
    }
    if (kind === 'exit' && sender) return [`- send-close: ${sender}`, `- expect-exit: { session: ${otherOf(sender)} }`];
    if (kind === 'timeout' && this.#role !== 'tap' && this.#role !== 'raw')
      return this.#wasTimeout ? [] : [`- expect-timeout: { session: ${this.#role}, ms: 100 }`];
    if (kind === 'anomaly' || kind === 'error') return [`# ${kind} ${code ?? ''}: ${commented(detail ?? '')}`];
    return [];
  }
}

function contentOf(bytes: Uint8Array): string {
  const text = bytes.length > MAX_TEXT ? null : decodeUtf8(bytes);
  if (text !== null && !INVISIBLE.test(text) && !hasTemplate(text)) return `text: ${JSON.stringify(text)}`;
  return `hex: "${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')}"`;
}

/** On one line, with nothing that could end it. */
const commented = (text: string) => text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, ' ');
