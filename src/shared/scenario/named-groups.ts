import { compileRegex } from '../filter/regex.ts';
import type { Expected } from './schema-payload.ts';
import { fillText } from './template.ts';

/**
 * The named groups of a regular expression: their matches are captured under their names. None for one that can't be
 * compiled, which is reported elsewhere. Variables in it stand for unknown text.
 */
export function namedGroups({ regex = '', flags = '' }: Pick<Expected, 'regex' | 'flags'>): string[] {
  try {
    // With an empty alternative it matches, and the engine says which groups there are.
    const match = compileRegex({ source: `${fillText(regex, () => '')}|`, flags }).exec('');
    return Object.keys(match?.groups ?? {});
  } catch {
    return [];
  }
}
