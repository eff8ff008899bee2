import type { ReplayProgress } from '../../../shared/replay/replay.ts';
import { formatInteger, plural } from '../../kit/format/bytes.ts';
import { formatSpan } from '../../kit/format/time.ts';

/** "120 of 400 messages sent, 118 of 400 replies, waits for a reply to #12". */
export function replayWords({ sent, total, replies, expected, waitsFor, result }: ReplayProgress): string {
  const parts = [
    `${formatInteger(sent)} of ${plural(total, 'message')} sent`,
    ...(expected > 0 ? [`${formatInteger(replies)} of ${plural(expected, 'reply', 'replies')}`] : []),
    ...(result === null && waitsFor !== null ? [`waits for ${waitsFor}`] : []),
  ];
  return parts.join(', ');
}

/** How late messages were, and which had to wait; empty if none. */
export function delayWords({ late, held }: ReplayProgress): string {
  const parts = [
    ...(late && late.p99 !== null ? [`p99 ${formatSpan(late.p99)} late, at most ${formatSpan(late.max ?? 0)}`] : []),
    ...(held.count > 0
      ? [`${formatInteger(held.count)} waited for a full slot, ${formatSpan(held.longestMicros)} at most`]
      : []),
  ];
  return parts.join(' · ');
}

type Tone = 'good' | 'bad' | 'busy' | 'calm';

export function toneOf({ result }: Pick<ReplayProgress, 'result'>): Tone {
  if (result === null) return 'busy';
  if (result === 'sent' || result === 'same') return 'good';
  return result === 'stopped' ? 'calm' : 'bad';
}
