import type { ExportFormat, ExportOptions } from '../../../shared/export.ts';
import { csv, excelCsv } from './csv.ts';
import type { Format } from './format.ts';
import { hexDump } from './hex-dump.ts';
import { html } from './html.ts';
import { jsonl } from './jsonl.ts';
import { plainText } from './plain-text.ts';

export const FORMATS = {
  ...{ jsonl, csv, text: plainText, hex: hexDump, html },
} as const satisfies Readonly<Record<Exclude<ExportFormat, 'excel'>, Format>>;

/** How one export is written. */
export const formatOf = ({ format, separator = ',' }: Pick<ExportOptions, 'format' | 'separator'>): Format =>
  format === 'excel' ? excelCsv(separator) : FORMATS[format];
