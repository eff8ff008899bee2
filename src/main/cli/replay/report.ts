import type { ReplayProgress } from '../../../shared/replay/replay.ts';
import { nameOnOneLine } from '../../capture/export/visible.ts';

const n = (count: number) => count.toLocaleString('en-US');
const ms = (micros: number) => `${(micros / 1000).toFixed(2)} ms`;

/** The result of a replay, in readable form. */
export function reportLines(progress: ReplayProgress): string[] {
  const { summary, replies, expected, held, late, first, missed, startedAt, endedAt } = progress;
  const seconds = ((endedAt ?? startedAt) - startedAt) / 1_000_000;
  return [
    nameOnOneLine(summary ?? 'Replay stopped.'),
    `  took      ${seconds.toFixed(3)} s`,
    `  replies   ${n(replies)}, recorded ${n(expected)}`,
    ...(held.count > 0
      ? [
          `  held      ${n(held.count)} by a full slot: ${ms(held.longestMicros)} at most, ${ms(held.totalMicros)} in all`,
        ]
      : []),
    ...(late?.count
      ? [`  late      p50 ${ms(late.p50 ?? 0)}, p99 ${ms(late.p99 ?? 0)}, most ${ms(late.max ?? 0)}`]
      : []),
    ...(first ? [`  expected  ${nameOnOneLine(first.expected)}`, `  got       ${nameOnOneLine(first.actual)}`] : []),
    ...(missed > 0 ? [`  missing   the tap had missed messages in ${n(missed)} places of the recording`] : []),
  ];
}
