import { isoMicros } from '../../../shared/json-record.ts';
import { cutTo, doubled, guarded, isGuessed, type Separator } from './cells.ts';
import type { ExportFields } from './fields.ts';
import type { Format } from './format.ts';
import { hexPieces, payloadText } from './pieces.ts';
import type { WholeRecord } from './records.ts';
import { oneLine } from './visible.ts';

/**
 * What has no place in a cell: everything invisible except line breaks, tabs, and the joiners of emoji and of Persian.
 */
const UNFIT = /(?![\t\r\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Excel's limits: characters of a cell and rows of a sheet. */
const EXCEL_CELL = 32_767;
const EXCEL_ROWS = 1_048_576;
/** How many truncated rows are named. */
const NAMED_CUTS = 20;

interface Dialect {
  readonly separator: Separator;
  /** Excel rounds numbers beyond 15 digits, so `wall` is left out in favour of `time`. */
  readonly hasWall: boolean;
  /**
   * Excel turns text into a number or a date wherever it can, even within quotes, and reads fractions by the system's
   * decimal separator.
   */
  readonly guesses: boolean;
  /** The part of a cell that is written; `unit`: characters that must stay together. */
  readonly limited: (pieces: Iterable<string>, seq: number, unit?: number) => Iterable<string>;
}

/**
 * RFC 4180. A payload goes to `text` if it is text in its encoding without control or bidi characters, else to `hex`,
 * prefixed with `0x` so that no spreadsheet takes it for a number. What could run as a formula, whatever separator the
 * file is opened with, gets an apostrophe in front (see cells.ts).
 */
export const csv: Format<string> = plainCsv();

/** The same with a column for each message field. */
export const csvWith = (fields: ExportFields): Format<string> => plainCsv(fields);

function plainCsv(fields?: ExportFields): Format<string> {
  return {
    extension: 'csv',
    name: 'CSV',
    maxRecords: Number.POSITIVE_INFINITY,
    ...rows({ separator: ',', hasWall: true, guesses: false, limited: (pieces) => pieces }, fields),
    note: () => fields?.note ?? null,
  };
}

/**
 * The same as Excel opens it on a double click: a byte order mark, the system's separator, and no more in a cell than
 * Excel keeps.
 */
export function excelCsv(separator: Separator, fields?: ExportFields): Format<string> {
  const cut = new Set<number>();
  const limited = function* (pieces: Iterable<string>, seq: number, unit = 1) {
    let left = EXCEL_CELL - (EXCEL_CELL % unit);
    for (const piece of pieces) {
      const kept = cutTo(piece, left);
      yield kept;
      left -= kept.length;
      if (kept.length === piece.length) continue;
      cut.add(seq);
      return;
    }
  };
  const { head, ...rest } = rows({ separator, hasWall: false, guesses: true, limited }, fields);
  return {
    extension: 'csv',
    name: 'CSV for Excel',
    maxRecords: EXCEL_ROWS - 1,
    limit: "an Excel sheet can't have more rows",
    head: (about) => `\ufeff${head(about)}`,
    ...rest,
    note: () => [sayCut([...cut]), fields?.note].filter(Boolean).join(' ') || null,
  };
}

function sayCut(cut: readonly number[]): string | null {
  if (cut.length === 0) return null;
  const named = cut.slice(0, NAMED_CUTS).map((seq) => `#${seq.toLocaleString('en-US')}`);
  const more = cut.length > NAMED_CUTS ? ` and ${(cut.length - NAMED_CUTS).toLocaleString('en-US')} more` : '';
  return `An Excel cell holds 32,767 characters. Longer cells are truncated in ${cut.length === 1 ? 'record' : 'records'} ${named.join(', ')}${more}. Export CSV or JSON Lines for all of it.`;
}

function rows(
  { separator, hasWall, guesses, limited }: Dialect,
  fields?: ExportFields,
): Pick<Format<string>, 'head' | 'record' | 'foot'> {
  const columns = ['seq', 'time', 'kind', 'direction', 'size', 'text', 'hex', 'code', 'detail', 'wall', 'mono'];
  columns.push('unread', 'mark', 'note', 'count');
  const line = (cells: readonly (string | number | undefined)[]) => `${cells.join(separator)}\r\n`;
  const safe = (pieces: Iterable<string>) =>
    guesses ? asText(guardedPieces(pieces, separator)) : guardedPieces(pieces, separator);
  const cell = (text: string | null, seq: number) =>
    text === null ? '' : [...quoted(limited(safe([oneLine(text)]), seq))].join('');
  const number = (value: number, seq: number) => {
    if (!guesses) return String(value);
    // An integer with more digits than Excel keeps is written as text.
    if (Number.isInteger(value) && isGuessed(String(Math.abs(value)))) return cell(String(value), seq);
    return separator === ';' ? String(value).replace('.', ',') : String(value);
  };

  return {
    head: ({ readAs }) =>
      line([
        ...columns.filter((name) => hasWall || name !== 'wall'),
        ...(readAs === 'utf-8' ? [] : ['encoding']),
        ...(fields?.columns ?? []).map((name) => cell(name, 0)),
      ]),
    record: function* (r) {
      yield `${[r.seq, isoMicros(r.wall), r.kind, r.direction ?? '', r.size].join(separator)}${separator}`;
      const text = fitText(r);
      if (text) {
        yield* quoted(limited(safe(text), r.seq));
        yield separator;
      } else {
        yield separator;
        yield* limited(prefixed(hexPieces(r.bytes)), r.seq, 2);
      }
      const [detail, mark, note] = [r.detail, r.mark, r.note].map((text) => cell(text, r.seq));
      const rest = [
        r.code ?? '',
        detail,
        ...(hasWall ? [r.wall] : []),
        r.mono,
        r.unreadMicros ?? '',
        mark,
        note,
      ] as const;
      const encoding = r.readAs === 'utf-8' ? [] : [text && r.size > 0 ? r.encoding : ''];
      const read = (fields?.cells(r) ?? []).map((value) =>
        typeof value === 'number' ? number(value, r.seq) : cell(value, r.seq),
      );
      yield `${separator}${line([...rest, r.count === 1 ? '' : r.count, ...encoding, ...read])}`;
    },
    foot: () => '',
  };
}

/** The payload as text if it fits into a cell. */
function fitText(record: WholeRecord): Iterable<string> | null {
  for (const piece of payloadText(record) ?? []) if (UNFIT.test(piece)) return null;
  return payloadText(record);
}

function* guardedPieces(pieces: Iterable<string>, separator: Separator): Generator<string> {
  let before = '';
  for (const piece of pieces) {
    yield guarded(piece, separator, before);
    before = piece.slice(-1);
  }
}

/** What could be taken for a number gets an apostrophe in front. */
function* asText(pieces: Iterable<string>): Generator<string> {
  let isFirst = true;
  for (const piece of pieces) {
    yield isFirst && isGuessed(piece) ? `'${piece}` : piece;
    isFirst = false;
  }
}

/** An empty cell isn't quoted. */
function* quoted(pieces: Iterable<string>): Generator<string> {
  let mark = '"';
  for (const piece of pieces) {
    yield mark + doubled(piece);
    mark = '';
  }
  if (mark === '') yield '"';
}

function* prefixed(pieces: Iterable<string>): Generator<string> {
  let prefix = '0x';
  for (const piece of pieces) {
    yield prefix + piece;
    prefix = '';
  }
}
