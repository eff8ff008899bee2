import type { ChannelReading, FoundSlot } from './discovery.ts';
import { FLAG } from './domain.ts';

/** "sized", "probably fixed", "fixed64 or fixed", "fixed64 with fixed", "unclear". */
export function layoutWords({ certainty, layout, likely, mismatch }: ChannelReading): string {
  if (mismatch) return `${mismatch.server} with ${mismatch.client}`;
  if (layout !== null) return certainty === 'certain' ? layout : `probably ${layout}`;
  return certainty === 'undecided' ? likely.join(' or ') : 'unclear';
}

/** Why the layout isn't certain, as a sentence; null if it is. */
export function layoutDoubt({ certainty, likely, mismatch }: ChannelReading): string | null {
  switch (certainty) {
    case 'certain':
      return null;
    case 'probable':
      return 'Its bytes fit this layout best, but do not prove it.';
    case 'undecided':
      return likely.length > 1
        ? 'Its bytes fit each of these layouts: the first message will show which.'
        : 'Its bytes fit this layout, but do not prove it.';
    case 'contradicted':
      return (
        mismatch?.sentence ??
        'It has the size of a channel, but its bytes fit no layout: its two ends may use different ones.'
      );
  }
}

const FLAG_WORDS: Readonly<Record<number, string>> = {
  [FLAG.waiting]: 'unused',
  [FLAG.sent]: 'unread',
  [FLAG.read]: 'read',
  [FLAG.exit]: 'exit',
};

/** "unused", "unread", "flag 7". */
export const flagWords = ({ flag }: FoundSlot): string => FLAG_WORDS[flag] ?? `flag ${flag}`;
