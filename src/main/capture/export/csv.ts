import { isoMicros } from '../../../shared/json-record.ts';
import type { Format } from './format.ts';
import { hexPieces, payloadText } from './pieces.ts';
import type { WholeRecord } from './records.ts';
import { oneLine } from './visible.ts';

const COLUMNS = 'seq,time,kind,direction,size,text,hex,code,detail,wall,mono,unread,mark,note,count';

/** What a spreadsheet takes for the beginning of a formula, and our own mark for it. */
const FORMULA = /^[=+\-@\t\r\n'＝＋－＠]/;
/** What has no place in a cell: all that is invisible but line breaks, tabs, and the joiners of emoji and of Persian. */
const UNFIT = /(?![\t\r\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/**
 * RFC 4180. A payload stands in `text` where it is text of its encoding without control or bidi characters, else in `hex`. Text that a
 * spreadsheet could run as a formula has an apostrophe before it, and so has text that begins with one: taking off one
 * apostrophe gives the text back.
 */
export const csv: Format = {
  extension: 'csv',
  name: 'CSV',
  maxRecords: Number.POSITIVE_INFINITY,
  head: ({ readAs }) => `${COLUMNS}${readAs === 'utf-8' ? '' : ',encoding'}\r\n`,
  record,
  foot: () => '',
};

function* record(r: WholeRecord): Generator<string> {
  const text = fitText(r);
  yield `${r.seq},${isoMicros(r.wall)},${r.kind},${r.direction ?? ''},${r.size},`;
  if (text) {
    yield* quotedText(text);
    yield ',';
  } else {
    yield ',';
    yield* hexPieces(r.bytes);
  }
  yield `,${r.code ?? ''},${cell(r.detail)},${r.wall},${r.mono},${r.unread ?? ''},${cell(r.mark)},${cell(r.note)},${r.count === 1 ? '' : r.count}`;
  yield r.readAs === 'utf-8' ? '\r\n' : `,${text && r.size > 0 ? r.encoding : ''}\r\n`;
}

/** The payload as text where that fits into a cell. */
function fitText(record: WholeRecord): Iterable<string> | null {
  for (const piece of payloadText(record) ?? []) if (UNFIT.test(piece)) return null;
  return payloadText(record);
}

function* quotedText(pieces: Iterable<string>): Generator<string> {
  let mark = '"';
  for (const piece of pieces) {
    if (mark && FORMULA.test(piece)) mark += "'";
    yield mark + doubled(piece);
    mark = '';
  }
  if (mark === '') yield '"';
}

function cell(text: string | null): string {
  if (text === null) return '';
  const line = oneLine(text);
  return `"${FORMULA.test(line) ? "'" : ''}${doubled(line)}"`;
}

const doubled = (text: string) => text.replaceAll('"', '""');
