import { compileRegex } from '../filter/regex.ts';
import type { Expected } from './schema-payload.ts';
import { fillText } from './template.ts';

/**
 * The named groups of a regular expression: what they find is kept under their names. None of one that can't be
 * compiled, which is told elsewhere. Variables in it stand for text that is not known yet.
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
