import { place } from '../place.ts';
import { misread, type Reading, type Row, readings, rowOf } from './dump-row.ts';
import { type Cell, HexMistake } from './mistake.ts';

/** The most bytes of a dump: a few lines can stand for any number of equal rows. */
const MAX_DUMP = 4 * 1024 * 1024;

/** Lines that tools and our own exports write above a dump. */
const HEADING =
  /^(?:#.*|\s*\d+\s+\d{4}-\d\d-\d\dT[\d:.]+Z\s.*|\s*(?:Label|Path): .*|\s*Offset(?:\(h\))?\s.*|(?=.*---)[\s-]+|\s*00 01 02 03 04 05 06 07 +08 09 0A 0B 0C 0D 0E 0F\b.*|\d+:\d+> .*)$/i;
/** An offset with its colon; of two or three digits only if no other colons follow, unlike in `de: ad: be`. */
const COLON =
  /^\s*(?:0x[0-9a-f`]+|[0-9a-f`]{4,}|[0-9a-f]{2,3}(?=:[^:]*$))(?:\s*<[^>\n]*>)?:(?:\s+(?:0x)?(?:[0-9a-f]{2}|\?\?)|\s*$)/i;
/** A wide group and then single bytes. */
const WIDE_FIRST = /^\s*(?:0x)?[0-9a-f`]{4,}\s+(?:[0-9a-f]{2}|\?\?)(?:[\s-]|$)/i;
const WORDS = /^\s*([0-9a-f]{4,})(\s+)([0-9a-f]{4,})(?=\s|$)/i;
/** Every omitted row from here on equals the one before. */
const SAME = /^\s*\*\s*$/;

interface Line {
  readonly text: string;
  readonly at: number;
}

/** The lines of a dump without empty ones and those above it. */
function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (const match of text.matchAll(/[^\r\n]+/g)) {
    const line = { text: match[0], at: match.index };
    if (line.text.trim() !== '' && (lines.length > 0 || !HEADING.test(line.text))) lines.push(line);
  }
  return lines;
}

/** Whether the text starts like a dump row with an offset: it is then read as a dump, or refused. */
export function looksLikeDump(text: string): boolean {
  const [first, second] = linesOf(text);
  if (!first) return false;
  return COLON.test(first.text) || WIDE_FIRST.test(first.text) || areWords(first, second);
}

/** Words of several bytes after an offset, as written by `hexdump`, `od` and debuggers. */
function areWords({ text: first }: Line, second: Line | undefined): boolean {
  const [whole = '', offset = '', gap = '', word = ''] = WORDS.exec(first) ?? [];
  if (offset === '') return false;
  const isSetOff = gap.length > 1 && /^ [0-9a-f]{4}/i.test(first.slice(whole.length));
  if (isSetOff && Number(`0x${offset}`) === 0) return true;
  if (offset.length > 5 && offset.length !== word.length && (offset.length % 2 === 1 || Number(`0x${offset}`) === 0))
    return true;
  const next = second && WORDS.exec(second.text)?.[1];
  const bytes = first.trim().split(/\s+/).slice(1).join('').length / 2;
  return next !== undefined && Number(`0x${next}`) - Number(`0x${offset}`) === bytes;
}

/** The bytes of a hex dump. Throws {@link HexMistake} where it is inconsistent. */
export function readDump(text: string, wild: boolean): Cell[] {
  const lines = linesOf(text);
  const hasOffsets = looksLikeDump(text);
  const [first, second] = lines;
  if (first && areWords(first, second)) throw wordsAt(text, first);
  const rows: Row[] = [];
  /** Rows before which some equal ones are omitted. */
  const skipped = new Set<number>();
  for (const { text: line, at } of lines) {
    if (SAME.test(line) && rows.length > 0 && hasOffsets) skipped.add(rows.length);
    else rows.push(rowOf(line, at, hasOffsets, wild));
  }
  return hasOffsets ? withOffsets(text, rows, skipped) : withoutOffsets(text, rows);
}

function wordsAt(text: string, { at }: Line): HexMistake {
  return new HexMistake(
    at,
    `The dump at ${place(text, at)} shows words of several bytes, the default of hexdump and od, so their order in memory is unknown. Make it byte by byte, as hexdump -C, xxd or od -t x1 does.`,
  );
}

/** Only its characters show that a row is complete. */
function withoutOffsets(text: string, rows: readonly Row[]): Cell[] {
  return rows.flatMap((row) => {
    const reading = readings(row).find(({ characters, rest }) => characters === 'there' && /^(?:\s{2}|\t)/.test(rest));
    if (!reading) throw misread(text, row);
    return [...reading.cells];
  });
}

function withOffsets(text: string, rows: readonly Row[], skipped: ReadonlySet<number>): Cell[] {
  const last = rows.at(-1);
  // A last line with only an offset is the end of the dump.
  const end =
    last && rows.length > 1 && last.offset !== undefined && last.line.trim().match(/^[0-9a-fx`]+:?$/i)
      ? last
      : undefined;
  const full = end ? rows.slice(0, -1) : rows;
  const options = full.map((row) => {
    const found = row.offset === undefined ? [] : readings(row);
    if (found.length === 0) throw misread(text, row);
    return found;
  });
  const chosen = chooseReadings(text, rows, options, skipped);
  checkEvidence(text, rows, chosen[0]?.reading, options[0] ?? []);
  checkCharacters(text, full, chosen);
  return joined(text, full, chosen);
}

/** A wide group before bytes may be bytes as well, if nothing else shows that it is an offset. */
function checkEvidence(
  text: string,
  rows: readonly Row[],
  reading: Reading | undefined,
  all: readonly Reading[],
): void {
  const [row] = rows;
  if (!row || rows.length > 1 || row.marked) return;
  // Characters right after the bytes may be bytes, too.
  if (reading?.characters === 'there' && (all.length === 1 || /^(?:\s{2}|\t)/.test(reading.rest))) return;
  const { line, groups, offset = '' } = row;
  const start = line.length - line.trimStart().length;
  const isSetOff =
    groups.length > 1 &&
    /^\s{2,}\S/.test(line.slice(start + offset.length)) &&
    !/\S\s{2,}\S\S.*\S\s{2,}\S/.test(line.trim());
  if (isSetOff && Number(`0x${offset}`) === 0) return;
  throw new HexMistake(
    row.at + start,
    `"${offset}" at ${place(text, row.at + start)} could be the offset of a hex dump or bytes. Delete it, or write it as bytes: ${(offset.match(/../g) ?? []).join(' ')}.`,
  );
}

/** How often each row counts follows from the next one's offset. */
interface Chosen {
  readonly reading: Reading;
  readonly times: number;
}

function chooseReadings(
  text: string,
  rows: readonly Row[],
  options: readonly Reading[][],
  skipped: ReadonlySet<number>,
): Chosen[] {
  let furthest = -1;
  for (const radix of [16, 10, 8]) {
    const offsets = rows.map(({ offset }) => offsetOf(offset ?? '', radix));
    const { chosen, failed } = followed(options, offsets, skipped);
    if (failed === undefined) return chosen;
    if (radix === 16) furthest = failed;
  }
  const wrong = rows[furthest] as Row;
  const at = wrong.at + wrong.line.length - wrong.line.trimStart().length;
  throw new HexMistake(
    at,
    `The offset ${wrong.offset ?? ''} at ${place(text, at)} does not follow from the line before it: a byte or a line is missing, or too many.`,
  );
}

function offsetOf(digits: string, radix: number): bigint | undefined {
  if (radix === 16) return BigInt(`0x${digits}`);
  if (!(radix === 10 ? /^\d+$/ : /^[0-7]+$/).test(digits)) return undefined;
  return BigInt(radix === 10 ? digits : `0o${digits}`);
}

/** The readings under which each offset follows from the previous one; else the row whose offset doesn't. */
function followed(
  options: readonly Reading[][],
  offsets: readonly (bigint | undefined)[],
  skipped: ReadonlySet<number>,
): { chosen: Chosen[]; failed?: number } {
  const chosen: Chosen[] = [];
  for (const [i, found] of options.entries()) {
    const [from, to] = [offsets[i], offsets[i + 1]];
    if (i + 1 === offsets.length) {
      const whole = lastReading(found, chosen);
      return whole && !skipped.has(i + 1)
        ? { chosen: [...chosen, { reading: whole, times: 1 }] }
        : { chosen, failed: i };
    }
    const step = from === undefined || to === undefined ? -1 : Number(to - from);
    const reading = found.find(({ cells: { length } }) =>
      skipped.has(i + 1) ? step > length && step % length === 0 : step === length,
    );
    if (!reading) return { chosen, failed: i + 1 };
    chosen.push({ reading, times: step / reading.cells.length });
  }
  return { chosen };
}

/** Nothing follows it: it is read like the others, and isn't longer than they are. */
function lastReading(found: readonly Reading[], before: readonly Chosen[]): Reading | undefined {
  const most = before.at(-1)?.reading.cells.length ?? Number.POSITIVE_INFINITY;
  const wanted = before.find(({ reading }) => reading.characters !== 'blank')?.reading.characters ?? 'there';
  const fitting = found.filter(({ cells }) => cells.length <= most);
  return fitting.find(({ characters }) => characters === wanted) ?? fitting[0];
}

/** If one row has its characters beside it, all do. */
function checkCharacters(text: string, rows: readonly Row[], chosen: readonly Chosen[]): void {
  if (!chosen.some(({ reading }) => reading.characters === 'there')) return;
  const bare = chosen.findIndex(({ reading }) => reading.characters === 'none');
  const row = rows[bare];
  if (row) throw misread(text, row);
}

function joined(text: string, rows: readonly Row[], chosen: readonly Chosen[]): Cell[] {
  const size = chosen.reduce((sum, { reading, times }) => sum + reading.cells.length * times, 0);
  if (size > MAX_DUMP)
    throw new HexMistake(
      rows[0]?.at ?? 0,
      `The dump at ${place(text, rows[0]?.at ?? 0)} has ${size.toLocaleString('en-US')} bytes; at most 4 MiB can be written as hex. Send them as a file.`,
    );
  const cells: Cell[] = [];
  for (const { reading, times } of chosen)
    for (let n = 0; n < times; n += 1) for (const cell of reading.cells) cells.push(cell);
  return cells;
}
