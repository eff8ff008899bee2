import type { Discovery, FoundProcess, FoundSection, FoundSlot, ObjectRight } from '../../../shared/discovery.ts';
import { flagWords, layoutWords } from '../../../shared/discovery-words.ts';
import { FLAG } from '../../../shared/domain.ts';
import { formatSize } from '../../kit/format/bytes.ts';

/**
 * "sized · S→C unread · C→S read", or what a section is that isn't a channel. `brief`: leaves room for what is wrong
 * with it.
 */
export function sectionLine({ reading, extent, note }: FoundSection, brief = false): string {
  if (brief && reading) return reading.layout === null ? '' : layoutWords(reading);
  if (!reading) return [extent === null ? null : formatSize(extent), note].filter(Boolean).join(' · ');
  const { s2c, c2s } = reading.slots;
  const slots = isUnused(s2c) && isUnused(c2s) ? ['unused'] : [`S→C ${flagWords(s2c)}`, `C→S ${flagWords(c2s)}`];
  return [layoutWords(reading), ...slots].join(' · ');
}

const isUnused = ({ flag, length }: FoundSlot) => flag === FLAG.waiting && length === 0;

/** "unread, 17 B"; "unused". */
export const slotText = (slot: FoundSlot): string =>
  isUnused(slot) ? 'unused' : `${flagWords(slot)}, ${formatSize(slot.length)}`;

/** What is wrong with a channel, in a few words; null if nothing is known to be. */
export function troubleOf(section: FoundSection, { shared }: Discovery): string | null {
  if (section.reading?.mismatch) return 'different layouts';
  if (section.reading?.certainty === 'contradicted') return 'fits no layout';
  return shared.some(({ sections }) => sections.includes(section.id)) ? 'shares events' : null;
}

const RIGHT_WORDS: Readonly<Record<ObjectRight, string>> = {
  read: 'read',
  write: 'write',
  wait: 'wait',
  set: 'set',
  query: 'ask',
};

/** "read, write"; rights that only query a size or a state are left out if there are others. */
export function rightsText(rights: readonly ObjectRight[]): string {
  const used = rights.filter((right) => right !== 'query');
  return (used.length > 0 ? used : rights).map((right) => RIGHT_WORDS[right]).join(', ') || 'none';
}

/** "0x000f0007". */
export const maskText = (access: number): string => `0x${access.toString(16).padStart(8, '0')}`;

export const bitsText = ({ bits }: Pick<FoundProcess, 'bits'>): string => (bits === null ? 'unknown' : `${bits}-bit`);
