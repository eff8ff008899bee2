import { LANES } from '../../../shared/domain.ts';
import { COUNTED } from '../../../shared/record-kind.ts';
import { LANE_VIEW_WORDS } from '../../../shared/session-kind.ts';
import type { Measured } from '../../../shared/timeline.ts';
import { formatInteger, formatSize, plural } from '../../kit/format/bytes.ts';
import { formatSpan } from '../../kit/format/time.ts';
import { type Span, widthOf } from './range.ts';
import { short } from './tracks/scale.ts';

/** Below this the exact microseconds say more than a rounded span, in µs. */
const EXACT = 1_000_000;

/** "1.234 567 s": all of its microseconds, in seconds or, if short, in µs. */
const exactly = (micros: number): string =>
  micros < EXACT ? `${formatInteger(micros)} µs` : `${(micros / 1_000_000).toFixed(6)} s`;

/** "Δt 1,250 µs · 3 messages (S→C 2, C→S 1) · 2 KiB · 2.4k/s · 1 anomaly · 1/Δt 800/s". */
export function measureWords(span: Span, measured: Measured | null): string {
  const micros = widthOf(span);
  const long = micros >= 60 * EXACT ? ` (${formatSpan(micros)})` : '';
  const time = `Δt ${exactly(micros)}${long}`;
  if (!measured) return time;
  const { messages, bytes, counted } = measured;
  const [sum, size] = [messages.s2c + messages.c2s, bytes.s2c + bytes.c2s];
  const lanes = LANES.map((lane) => `${LANE_VIEW_WORDS[lane]} ${formatInteger(messages[lane])}`);
  const perSecond = (n: number) => `${short((n * 1_000_000) / micros)}/s`;
  return [
    time,
    sum === 0 ? 'no messages' : `${plural(sum, 'message')} (${lanes.join(', ')})`,
    ...(sum > 0 ? [formatSize(size), perSecond(sum)] : []),
    ...COUNTED.flatMap(({ one, counter }) => (counted[counter] > 0 ? [plural(counted[counter], one, counter)] : [])),
    `1/Δt ${perSecond(1)}`,
  ].join(' · ');
}
