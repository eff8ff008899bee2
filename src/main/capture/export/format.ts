import type { ExportFormat, ExportOptions } from '../../../shared/export.ts';
import type { EncodingChoice } from '../../../shared/text/encodings.ts';
import type { CapturedSession } from '../journal.ts';
import { csv, excelCsv } from './csv.ts';
import { hexDump } from './hex-dump.ts';
import { html } from './html.ts';
import { jsonl } from './jsonl.ts';
import { plainText } from './plain-text.ts';
import type { WholeRecord } from './records.ts';

/** What the head of a file can say. */
export interface ExportHead {
  readonly session: CapturedSession;
  /** How payloads are read. */
  readonly readAs: EncodingChoice;
  /** Records that were asked for. */
  readonly asked: number;
  /** Records that the file will hold. */
  readonly held: number;
}

/** How records are written. A record comes in pieces, so that no payload is too large. */
export interface Format {
  readonly extension: string;
  /** In the job's title. */
  readonly name: string;
  /** Most records of one file. */
  readonly maxRecords: number;
  /** Why no more, where there is a limit. */
  readonly limit?: string;
  readonly head: (head: ExportHead) => string;
  readonly record: (record: WholeRecord) => Iterable<string>;
  readonly foot: (head: ExportHead) => string;
  /** What the user should know of what was written, if anything. */
  readonly note?: () => string | null;
}

export const FORMATS: Readonly<Record<Exclude<ExportFormat, 'excel'>, Format>> = {
  ...{ jsonl, csv, text: plainText, hex: hexDump, html },
};

/** How one export is written. */
export const formatOf = ({ format, separator = ',' }: Pick<ExportOptions, 'format' | 'separator'>): Format =>
  format === 'excel' ? excelCsv(separator) : FORMATS[format];
