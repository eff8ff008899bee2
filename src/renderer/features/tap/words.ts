import type { TapMode, TapSnapshot } from '../../../shared/session.ts';
import { laneList } from '../../../shared/session-kind.ts';
import { plural } from '../../kit/format/bytes.ts';

/** How often a tap looks, and what that costs. */
export const MODE_WORDS: Readonly<Record<TapMode, { readonly label: string; readonly hint: string }>> = {
  gentle: { label: 'gentle', hint: 'Looks every millisecond. Quick exchanges may go unseen.' },
  adaptive: { label: 'adaptive', hint: 'Looks more often with traffic, less often without.' },
  full: { label: 'full speed', hint: 'Looks without a pause. Uses one processor core.' },
};

/** What a tap promises, for somebody about to open one. */
export const PROMISE =
  'A tap only observes. It opens the section read-only, never writes, never waits on or sets an event, and releases the channel when the programs have left.';

/** An event as of the last look. */
export function signalWords(signalled: boolean | null): string {
  if (signalled === null) return 'event unknown';
  return signalled ? 'event set' : 'event clear';
}

/** Messages that are known to have passed unseen; null if none. */
export const missedWords = (missed: number): string | null =>
  missed > 0 ? `${plural(missed, 'message')} passed unseen.` : null;

/** The lanes whose log is a sample; null if none. */
export function sampledWords(sampled: TapSnapshot['sampled']): string | null {
  const lanes = laneList(sampled);
  return lanes && `${lanes} sampled: between two looks a message may pass without a trace.`;
}
