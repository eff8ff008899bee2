import type { LensOutcome, LensVerdict } from '../../../shared/lens.ts';

/** The verdict, for somebody who has never heard of layouts. */
const HEADLINES: Readonly<Record<LensOutcome, string>> = {
  same: 'Both sides use the same layout',
  mismatch: 'The two sides don’t understand each other: they use different layouts',
  one: 'Only one side is known so far',
  nothing: 'Nothing has been written yet that reveals a layout',
  several: 'Not clear yet',
  foreign: 'No layout explains these bytes',
};
const PROBABLY: Partial<Record<LensOutcome, string>> = {
  same: 'Both sides probably use the same layout',
  mismatch: 'The two sides probably use different layouts',
};

export const headline = ({ outcome, certainty }: LensVerdict): string =>
  (certainty === 'probable' ? PROBABLY[outcome] : undefined) ?? HEADLINES[outcome];

export type Tone = 'good' | 'bad' | 'calm';
export const toneOf = ({ outcome }: LensVerdict): Tone =>
  outcome === 'same' ? 'good' : outcome === 'mismatch' ? 'bad' : 'calm';
