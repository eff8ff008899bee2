import type { ExportFormat } from '../../../shared/export.ts';
import type { JobSnapshot } from '../../../shared/job.ts';
import type { LogRow } from '../../../shared/log.ts';
import { formatInteger, formatSize, percentOf } from '../../kit/format/bytes.ts';
import { runName } from '../../kit/format/run-words.ts';

export const FORMAT_WORDS: Readonly<Record<ExportFormat, { readonly label: string; readonly hint: string }>> = {
  jsonl: { label: 'JSON Lines', hint: 'Every field and every byte, one record a line. Can be imported again.' },
  csv: { label: 'CSV', hint: 'A table for scripts and most programs.' },
  excel: { label: 'CSV for Excel', hint: 'Opens by a double click. Longer cells than Excel keeps are cut, and said.' },
  text: { label: 'Plain text', hint: 'To be read, one record after another, as text.' },
  hex: { label: 'Hex dump', hint: 'To be read, every payload byte by byte.' },
  html: { label: 'HTML', hint: 'One page for a browser, with nothing beside it.' },
};

/** What Excel separates cells by: a semicolon where a comma is what fractions begin with. */
export function excelSeparator(locale?: string): ',' | ';' {
  const parts = new Intl.NumberFormat(locale).formatToParts(0.5);
  return parts.find(({ type }) => type === 'decimal')?.value === ',' ? ';' : ',';
}

/** The last part of a path of either system. */
export const baseName = (file: string): string => file.split(/[\\/]/).at(-1) ?? file;

/** How far a job is, 0 to 1; undefined while its end is not known. */
export const jobShare = ({ done, total }: Pick<JobSnapshot, 'done' | 'total'>): number | undefined =>
  total > 0 ? Math.min(1, done / total) : undefined;

/** "42 %, 420,000 of 1,000,000 records". */
export function progressWords({ done, total, unit }: Pick<JobSnapshot, 'done' | 'total' | 'unit'>): string {
  const amount = (n: number) => (unit === 'bytes' ? formatSize(n) : formatInteger(n));
  const noun = unit === 'bytes' ? '' : ' records';
  if (total === 0) return 'starting';
  return `${percentOf(done, total)} %, ${amount(done)} of ${amount(total)}${noun}`;
}

/** What is selected in the log: `count` rows; `row`: the one that has the keyboard, where it is known. */
export function selectionWords(count: number, row: LogRow | null): string {
  if (count === 0) return 'The selected rows (none is)';
  if (count > 1) return `The ${formatInteger(count)} selected rows`;
  if (row === null) return 'The selected row';
  const { run, seq } = row;
  if (!run?.until) return `The selected record, #${formatInteger(seq)}`;
  const [first, last] = [run.first, run.last].map(formatInteger);
  return `The ${runName(row, run)} that are selected, #${first}–#${last}`;
}
