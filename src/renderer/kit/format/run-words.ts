import type { LogRow, Run } from '../../../shared/log.ts';
import { formatInteger } from './bytes.ts';
import { formatSpan } from './time.ts';

/** How many records a run has; they may have happened more often, see {@link LogRow.count}. */
export const runLength = ({ first, last }: Run): number => last - first + 1;

/** Counts below it are written out. */
const EXACT = 10_000;

/** "×37"; rounded down from ten thousand on, so that it fits its column. */
export function timesWords(count: number): string {
  if (count < EXACT) return `×${formatInteger(count)}`;
  const [unit, letter] = count < 1_000_000 ? [1000, 'k'] : [1_000_000, 'M'];
  return `×${Math.floor(count / unit)}${letter}`;
}

/** How long nothing came: from the record before the first timeout to the last one. */
export const idleMicros = (row: LogRow): number => runMicros(row) + (row.run?.until ? (row.delta ?? 0) : 0);

/** From the first record of a folded run to its last one. */
export const runMicros = ({ mono, run }: LogRow): number => (run?.until ? run.until.mono - mono : 0);

/** The text of a folded run, with the count if {@link timesWords} has rounded it. */
export function runWords(row: LogRow): string {
  if (row.kind !== 'timeout') return `${formatInteger(row.count)} times in ${formatSpan(runMicros(row))}`;
  const exact = row.count < EXACT ? '' : ` · ${formatInteger(row.count)} timeouts`;
  return `No message for ${formatSpan(idleMicros(row))}${exact}`;
}

/** What a run's records are called, with their number. */
export function runName({ kind, code }: Pick<LogRow, 'kind' | 'code'>, run: Run): string {
  const records = formatInteger(runLength(run));
  return kind === 'timeout' ? `${records} timeouts` : `${records} records of ${code ?? kind}`;
}

/** What can be done with the run that a row stands for, or is part of. */
export const runAction = (row: LogRow, run: Run): string => `${run.until ? 'Unfold' : 'Fold'} ${runName(row, run)}`;
