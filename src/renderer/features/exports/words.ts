import type { ExportFormat } from '../../../shared/export.ts';
import type { JobSnapshot } from '../../../shared/job.ts';
import type { LogRow } from '../../../shared/log.ts';
import { formatInteger, formatSize, percentOf } from '../../kit/format/bytes.ts';
import { runName } from '../../kit/format/run-words.ts';

interface FormatWords {
  readonly label: string;
  readonly hint: string;
  /** Whether it can show the fields of declared types. */
  readonly hasFields?: true;
}

export const FORMAT_WORDS: Readonly<Record<ExportFormat, FormatWords>> = {
  jsonl: {
    label: 'JSON Lines',
    hint: 'Every field and byte, one record per line. Can be imported again.',
    hasFields: true,
  },
  csv: { label: 'CSV', hint: 'A table for scripts and most programs.', hasFields: true },
  excel: {
    label: 'CSV for Excel',
    hint: 'Opens with a double-click. Cells too long for Excel are truncated and marked.',
    hasFields: true,
  },
  text: { label: 'Plain text', hint: 'Readable text, one record after another.' },
  hex: { label: 'Hex dump', hint: 'Readable text, with a hex dump of every payload.' },
  scenario: { label: 'Scenario', hint: 'A test that sends and expects the same again (shmscope run, or the Lab).' },
  html: { label: 'HTML', hint: 'One self-contained page for a browser.' },
};

/** Excel's list separator: a semicolon if the comma is the decimal separator. */
export function excelSeparator(locale?: string): ',' | ';' {
  const parts = new Intl.NumberFormat(locale).formatToParts(0.5);
  return parts.find(({ type }) => type === 'decimal')?.value === ',' ? ';' : ',';
}

/** The last part of a path of either system. */
export const baseName = (file: string): string => file.split(/[\\/]/).at(-1) ?? file;

/** A job's progress, 0 to 1; undefined while the total is unknown. */
export const jobShare = ({ done, total }: Pick<JobSnapshot, 'done' | 'total'>): number | undefined =>
  total > 0 ? Math.min(1, done / total) : undefined;

/** "42 %, 420,000 of 1,000,000 records". */
export function progressWords({ done, total, unit }: Pick<JobSnapshot, 'done' | 'total' | 'unit'>): string {
  const amount = (n: number) => (unit === 'bytes' ? formatSize(n) : formatInteger(n));
  const noun = unit === 'bytes' ? '' : ' records';
  if (total === 0) return 'starting';
  return `${percentOf(done, total)} %, ${amount(done)} of ${amount(total)}${noun}`;
}

/** The selection in the log: `count` rows; `row`: the focused one, if known. */
export function selectionWords(count: number, row: LogRow | null): string {
  if (count === 0) return 'Selected rows (none)';
  if (count > 1) return `${formatInteger(count)} selected rows`;
  if (row === null) return 'Selected row';
  const { run, seq } = row;
  if (!run?.until) return `Selected record, #${formatInteger(seq)}`;
  const [first, last] = [run.first, run.last].map(formatInteger);
  return `Selected ${runName(row, run)}, #${first}–#${last}`;
}
