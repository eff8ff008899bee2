import type { LogRow, Silence } from '../../shared/log.ts';
import { formatInteger } from '../format/bytes.ts';
import { formatSpan } from '../format/time.ts';

export const timeoutsIn = ({ first, last }: Silence): number => last - first + 1;

/** Counts below it are written out. */
const EXACT = 10_000;

/** "×37"; from ten thousand on rounded down, so that it fits its column. */
export function timesWords(count: number): string {
  if (count < EXACT) return `×${formatInteger(count)}`;
  const [unit, letter] = count < 1_000_000 ? [1000, 'k'] : [1_000_000, 'M'];
  return `×${Math.floor(count / unit)}${letter}`;
}

/** How long nothing came: from the record before the first timeout to the last one. */
export const silentMicros = ({ mono, delta, silence }: LogRow): number =>
  silence?.until ? silence.until.mono - mono + (delta ?? 0) : 0;

/** With the count where {@link timesWords} has rounded it. */
export function silenceWords(row: LogRow): string {
  const count = row.silence ? timeoutsIn(row.silence) : 1;
  const exact = count < EXACT ? '' : ` · ${formatInteger(count)} timeouts`;
  return `No message for ${formatSpan(silentMicros(row))}${exact}`;
}

/** What can be done with it. */
export const silenceAction = (silence: Silence): string =>
  `${silence.until ? 'Unfold' : 'Fold'} ${formatInteger(timeoutsIn(silence))} timeouts`;
