import { isoMicros } from '../../../shared/json-record.ts';
import type { ExportHead, Format } from './format.ts';
import { hexPieces, payloadText } from './pieces.ts';
import type { WholeRecord } from './records.ts';
import { oneLine } from './visible.ts';

const ARROWS = { in: '<-', out: '->', s2c: 's2c', c2s: 'c2s' } as const;

/**
 * One line per record; invisible characters of a payload are escaped, so a line stays a line and shows everything in
 * it.
 */
export const plainText: Format<string> = {
  extension: 'txt',
  name: 'text',
  maxRecords: Number.POSITIVE_INFINITY,
  head: describe,
  record,
  foot: () => '',
};

/** What the file contains, as lines starting with `#`. */
export function describe({ session, held }: ExportHead): string {
  const { role, section, eventS2c, eventC2s, openedAt } = session;
  return [
    `# Shmscope: ${role} of ${oneLine(section)} (events ${oneLine(eventS2c)}, ${oneLine(eventC2s)})`,
    `# opened ${isoMicros(openedAt)}, ${held} records, times in UTC`,
    '',
  ].join('\n');
}

/** A record's number, time, direction, kind and size, and its text. */
export function summary({ seq, wall, direction, kind, size, code, detail, count, mark, note }: WholeRecord): string {
  const start = `${String(seq).padStart(7)}  ${isoMicros(wall)}  ${direction ? ARROWS[direction] : '  '}`;
  const says = [code, count !== 1 && `×${count}`, detail, mark !== null && `[${mark}]`, note]
    .filter((part) => typeof part === 'string')
    .map(oneLine);
  return `${start}  ${kind.padEnd(7)} ${String(size).padStart(6)}${says.length ? `  ${says.join(': ')}` : ''}`;
}

function* record(whole: WholeRecord): Generator<string> {
  const { bytes, encoding } = whole;
  yield summary(whole);
  const text = payloadText(whole);
  if (bytes.byteLength > 0 && text) {
    yield encoding === 'utf-8' ? '  text ' : `  text (${encoding}) `;
    for (const piece of text) yield oneLine(piece);
  } else if (bytes.byteLength > 0) {
    yield '  hex ';
    yield* hexPieces(bytes);
  }
  yield '\n';
}
