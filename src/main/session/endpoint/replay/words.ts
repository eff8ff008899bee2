import type { FeedHead } from '../../../../shared/replay/feed.ts';
import type { ReplayPlan, ReplayProgress } from '../../../../shared/replay/replay.ts';
import { printTiming } from '../../../../shared/replay/timing.ts';

const n = (count: number) => count.toLocaleString('en-US');
const ms = (micros: number) => `${n(Math.round(micros / 100) / 10)} ms`;
const messages = (count: number) => `${n(count)} message${count === 1 ? '' : 's'}`;

/** What is starting, for the log. */
export function beginningOf(
  { timing, loops, filter, step }: ReplayPlan,
  { capture, session, sends }: FeedHead,
): string {
  const how = [
    step ? 'step by step' : printTiming(timing),
    ...(loops > 1 ? [`${n(loops)} times`] : []),
    ...(filter ? [`filter ${filter}`] : []),
  ];
  return `Replay of ${capture}, session ${session}: ${messages(sends)}, ${how.join(', ')}.`;
}

/** The result of a replay. `phase`: where it was. */
export function summaryOf(progress: ReplayProgress, phase: string): string {
  const { result, sent, total, differences, replies, expected, first, failure, missed } = progress;
  const done = sent === total ? messages(sent) : `${n(sent)} of ${messages(total)}`;
  const gaps = missed > 0 ? ` ${messages(missed)} are missing in the recording.` : '';
  switch (result) {
    case 'sent':
      return `Replay done: ${done} sent.${heldText(progress)}`;
    case 'same':
      return `Replay done: ${done} sent, and ${expected === 1 ? 'the reply is' : `the ${n(expected)} replies are`} the same.${heldText(progress)}`;
    case 'differs':
      return `Replay done: ${done} sent, and ${n(differences)} of ${n(Math.max(replies, expected))} replies differ. ${first?.sentence ?? ''}${gaps}`;
    case 'timeout':
      return `Replay ended after ${done}: ${timeoutText(progress, phase)}${gaps}`;
    case 'peer-left':
      return `Replay ended after ${done}: ${failure?.message ?? 'the peer sent exit.'}`;
    case 'failed':
      return `Replay ended after ${done}: ${failure?.message ?? ''}`;
    default:
      return `Replay stopped after ${done}.`;
  }
}

function timeoutText({ replies, expected }: ReplayProgress, phase: string): string {
  if (replies < expected)
    return `the peer sent ${n(replies)} of ${n(expected)} recorded replies and then nothing in time.`;
  if (phase === 'sending') return 'the peer did not read or begin in time.';
  return 'the peer did not read the last message in time.';
}

function heldText({ held: { count, longestMicros } }: ReplayProgress): string {
  return count === 0 ? '' : ` ${messages(count)} waited for a full slot, ${ms(longestMicros)} at most.`;
}
