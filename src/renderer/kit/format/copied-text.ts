import { plural } from './bytes.ts';
import { escapeCharacter } from './visible.ts';

/** On Windows copied text ends at the first NUL. */
export const withoutNul = (text: string): string => text.replaceAll('\0', '\\0');

/**
 * Controls, and what invisibly moves or joins others; not line breaks, tabs and the joiners of emoji and of Persian.
 */
const UNSEEN = /(?![\t\r\n\0\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** What somebody who pastes `text` must know about it; null if nothing. */
export function noteOn(text: string): string | null {
  const nuls = text.split('\0').length - 1;
  const unseen = text.match(UNSEEN) ?? [];
  const notes = [
    nuls > 0 && `${plural(nuls, 'NUL is', 'NULs are')} written as \\0, because copied text would end at the first.`,
    unseen.length > 0 &&
      `${plural(unseen.length, 'character')} can't be seen, such as ${names(unseen)}; copied unchanged.`,
  ].filter((note) => note !== false);
  return notes.length > 0 ? notes.join(' ') : null;
}

/** The first few kinds. */
const names = (characters: readonly string[]): string =>
  [...new Set(characters)].slice(0, 3).map(escapeCharacter).join(', ');
