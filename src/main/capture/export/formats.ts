import type { ExportFormat, ExportOptions } from '../../../shared/export.ts';
import { csv, csvWith, excelCsv } from './csv.ts';
import type { ExportFields } from './fields.ts';
import type { Format } from './format.ts';
import { hexDump } from './hex-dump.ts';
import { html } from './html.ts';
import { jsonl, jsonlWith } from './jsonl.ts';
import { plainText } from './plain-text.ts';
import { scenario } from './scenario.ts';

export const FORMATS = {
  ...{ jsonl, csv, text: plainText, hex: hexDump, html },
} as const satisfies Readonly<Record<Exclude<ExportFormat, 'excel' | 'scenario'>, Format>>;

/** Creates the writer of one export. `fields`: also write the messages' fields. */
export const formatOf = (
  { format, separator = ',' }: Pick<ExportOptions, 'format' | 'separator'>,
  fields?: ExportFields,
): Format => {
  if (format === 'scenario') return scenario();
  if (format === 'excel') return excelCsv(separator, fields);
  if (format === 'csv' && fields) return csvWith(fields);
  return format === 'jsonl' && fields ? jsonlWith(fields) : FORMATS[format];
};
