import { flagWords } from './discovery-words.ts';
import type { FieldKind, LensField, LensVerdict, Standing } from './lens.ts';
import { LANE_VIEW_WORDS } from './session-kind.ts';

const KIND_WORDS: Readonly<Record<FieldKind, string>> = {
  size: 'buffer size',
  flag: 'flag',
  length: 'length',
  padding: 'padding',
  data: 'data',
};

/** "flag S→C", "buffer size". */
export const fieldName = ({ kind, lane }: LensField): string =>
  lane === null ? KIND_WORDS[kind] : `${KIND_WORDS[kind]} ${LANE_VIEW_WORDS[lane]}`;

/** "1 unread", "16,384"; empty for data. */
export function fieldValue({ kind, value }: LensField): string {
  if (value === null) return '';
  const number = value.toLocaleString('en-US');
  const words = kind === 'flag' ? flagWords({ flag: value, length: 0 }) : '';
  return words === '' || words.startsWith('flag') ? number : `${number} ${words}`;
}

/** How well one layout for both sides fits the bytes. */
export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  fits: 'fits',
  doubtful: 'fits, with odd messages',
  leftovers: 'leaves bytes behind a message',
  contradicted: 'contradicted',
  impossible: 'impossible',
};

/** The outcome, in two or three words. */
export function verdictWords({ outcome, certainty, layouts }: LensVerdict): string {
  const [server = '', client = ''] = [layouts.server[0], layouts.client[0]];
  switch (outcome) {
    case 'same':
      return `${certainty === 'probable' ? 'probably ' : ''}both ${server}`;
    case 'mismatch':
      return certainty === 'certain' ? `mismatch: ${server} with ${client}` : 'mismatch';
    case 'one':
      return layouts.server.length === 1 ? `server ${server}, client unknown` : `client ${client}, server unknown`;
    case 'nothing':
      return 'no evidence yet';
    case 'several':
      return 'undecided';
    case 'foreign':
      return 'no layout fits';
  }
}

/** "bytes 12 to 15", "byte 12". */
export const bytesWords = ({ from, to }: { readonly from: number; readonly to: number }): string =>
  to - from === 1
    ? `byte ${from.toLocaleString('en-US')}`
    : `bytes ${from.toLocaleString('en-US')} to ${(to - 1).toLocaleString('en-US')}`;
