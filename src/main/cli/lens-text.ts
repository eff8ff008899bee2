import { styleText } from 'node:util';
import { LAYOUT_BUILDS, type Layout, ROLES, type Role } from '../../shared/domain.ts';
import type { FieldKind, LensField, LensReading, LensView, Reason } from '../../shared/lens.ts';
import { bytesWords, fieldName, fieldValue, STANDING_WORDS, verdictWords } from '../../shared/lens-words.ts';
import { nameOnOneLine } from '../capture/export/visible.ts';
import type { SeenEvent } from './open-lens.ts';

const WORD = 4;
const HEADER_BYTES = 24;
const ROW = 16;
const GAP = '  ';

type Style = Parameters<typeof styleText>[0];
const STYLES: Readonly<Record<FieldKind, Style>> = {
  size: 'magenta',
  flag: 'cyan',
  length: 'yellow',
  padding: 'gray',
  data: 'green',
};
/** Of the bytes that prove the verdict. */
const PROVES: Style = ['bold', 'inverse'];

/** Text with its style on a terminal. */
interface Cell {
  readonly text: string;
  readonly style?: Style | undefined;
}

/** The verdict, the header as each layout reads it, and the first bytes of both slots; coloured on a terminal. */
export function lensText(section: string, view: LensView, events: readonly SeenEvent[]): string {
  const { extent, verdict, readings } = view;
  const style: Style = verdict.outcome === 'mismatch' ? ['bold', 'red'] : 'bold';
  const lines = [
    `${nameOnOneLine(section)}, ${extent.toLocaleString('en-US')} bytes`,
    ...events.map(eventLine),
    '',
    `${paint({ text: verdictWords(verdict), style })} (${verdict.certainty})`,
    verdict.sentence,
    ...ROLES.flatMap((role) => sideLine(role, verdict.layouts[role])),
    ...verdict.proof.map((reason) => `  ${reasonText(reason)}`),
    '',
    ...headerTable(view),
    '',
    ...readings.flatMap(readingLines),
    '',
    ...dataRows(view),
  ];
  return `${lines.join('\n')}\n`;
}

const eventLine = ({ lane, name, isSet }: SeenEvent) =>
  `Event ${lane === 's2c' ? 'S→C' : 'C→S'} ${nameOnOneLine(name)}: ${isSet === null ? 'state unknown' : isSet ? 'set' : 'not set'}`;

/** Which builds of the crate use a side's layout, if that is known. */
function sideLine(role: Role, layouts: readonly Layout[]): string[] {
  const [layout, ...others] = layouts;
  return layout === undefined || others.length > 0 ? [] : [`  ${role}: ${layout}, ${LAYOUT_BUILDS[layout]}`];
}

function reasonText(reason: Reason): string {
  const where = bytesWords(reason);
  return reason.text.includes(where) ? reason.text : `${reason.text} (${where})`;
}

function readingLines({ layout, standing, for: speaking, against }: LensReading): string[] {
  return [`${layout}: ${STANDING_WORDS[standing]}`, ...[...against, ...speaking].map(({ text }) => `  ${text}`)];
}

/** A line for each word of the header, with the field that it is in each layout. */
function headerTable({ readings, spans, extent, verdict }: LensView): string[] {
  const words = Array.from({ length: HEADER_BYTES / WORD }, (_, index) => index * WORD).filter((at) => at < extent);
  const header = spans[0]?.bytes ?? new Uint8Array();
  const rows = words.map((at): Cell[] => [
    { text: String(at).padStart(6) },
    {
      text: hex(header.subarray(at, at + WORD)),
      style: isProof(verdict.proof, at, at + WORD) ? PROVES : undefined,
    },
    ...readings.map(({ fields }) => fieldCell(fields, at)),
  ]);
  const head: Cell[] = ['OFFSET', 'BYTES', ...readings.map(({ layout }) => layout)].map((text) => ({ text }));
  return aligned([head, ...rows]);
}

function fieldCell(fields: readonly LensField[], at: number): Cell {
  const field = fields.find(({ from, to }) => at >= from && at < to);
  if (!field) return { text: '' };
  const style = STYLES[field.kind];
  if (at > field.from) return { text: field.kind === 'length' ? '  upper half' : '  …', style };
  return { text: [fieldName(field), fieldValue(field)].filter(Boolean).join(': '), style };
}

/** The rest of what is shown, 16 bytes a line, with the fields that begin in it. */
function dataRows({ spans, readings, verdict }: LensView): string[] {
  const told = new Set(Object.values(verdict.layouts).flat());
  const possible = readings.filter(({ layout }) => told.size === 0 || told.has(layout));
  const rows = spans.flatMap(({ from, bytes }, index): Cell[][] => {
    const first = index === 0 ? ROW : 0;
    const starts = Array.from(
      { length: Math.ceil(Math.max(0, bytes.length - first) / ROW) },
      (_, n) => first + n * ROW,
    );
    return starts.map((start) => {
      const row = bytes.subarray(start, start + ROW);
      const [begin, end] = [from + start, from + start + row.length];
      const style = isProof(verdict.proof, begin, end) ? 'bold' : undefined;
      return [
        { text: String(begin).padStart(6) },
        { text: hex(row), style },
        { text: characters(row), style },
        { text: beginsIn(possible, begin, end), style: STYLES.data },
      ];
    });
  });
  return aligned(rows);
}

const beginsIn = (readings: readonly LensReading[], begin: number, end: number): string =>
  readings
    .flatMap(({ layout, fields }) =>
      fields
        .filter(({ kind, from }) => kind === 'data' && from >= begin && from < end)
        .map((field) => `${layout} ${fieldName(field)} from ${field.from.toLocaleString('en-US')}`),
    )
    .join(', ');

const isProof = (proof: readonly Reason[], from: number, to: number) =>
  proof.some((reason) => reason.from < to && from < reason.to);

const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
const characters = (bytes: Uint8Array) =>
  [...bytes].map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');

/** Columns are as wide as their widest cell. */
function aligned(rows: readonly (readonly Cell[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.text.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => paint(cell) + ' '.repeat((widths[column] ?? 0) - cell.text.length))
      .join(GAP)
      .trimEnd(),
  );
}

/** Only on a terminal, and unless NO_COLOR forbids it. */
const paint = ({ text, style }: Cell): string =>
  style === undefined || text === '' ? text : styleText(style, text, { stream: process.stdout });
