import { RegExpParser, RegExpSyntaxError } from '@eslint-community/regexpp';
import { Mistake, type Span, type Term } from './ast.ts';

type RegexTerm = Extract<Term, { type: 'regex' }>;

const FLAGS = /^[imsuv]*$/;
const parser = new RegExpParser();

/** The regular expression that a term means: over characters, not over halves of them. */
export const compileRegex = ({ source, flags }: Pick<RegexTerm, 'source' | 'flags'>): RegExp =>
  new RegExp(source, flags.includes('v') ? flags : `${flags}u`);

/** The longest text contained in everything it matches, as far as that is easily seen; '' if it isn't. */
export function requiredText({ source, flags }: Pick<RegexTerm, 'source' | 'flags'>): string {
  if (flags.includes('i')) return '';
  const [alternative, ...others] = parsed({ source, flags })?.alternatives ?? [];
  if (!alternative || others.length > 0) return '';
  const runs = [''];
  for (const element of alternative.elements)
    if (element.type === 'Character' && isWritten(element.value))
      runs.push(runs.pop() + String.fromCodePoint(element.value));
    else runs.push('');
  return runs.reduce((longest, run) => (run.length > longest.length ? run : longest));
}

/** Whether bytes stand for this character: what can't be decoded shows as U+FFFD, and a lone surrogate as nothing. */
const isWritten = (character: number) => character !== 0xfffd && (character < 0xd800 || character > 0xdfff);

/** null if the parser can't: the engine may know more. */
function parsed(term: Pick<RegexTerm, 'source' | 'flags'>) {
  try {
    return parse(term);
  } catch {
    return null;
  }
}

/** Throws RegExpSyntaxError. */
function parse({ source, flags }: Pick<RegexTerm, 'source' | 'flags'>) {
  const sets = flags.includes('v');
  return parser.parsePattern(source, 0, source.length, { unicode: !sets, unicodeSets: sets });
}

/**
 * The term for `/source/flags`, whose first slash is at `span.from`. `u` is always implied and dropped. Throws
 * {@link Mistake} if it contains one.
 */
export function regexTerm(source: string, flags: string, span: Span): RegexTerm {
  if (!FLAGS.test(flags) || new Set(flags).size < flags.length)
    throw new Mistake(
      { from: span.to - flags.length, to: span.to },
      'A regular expression can be followed by the letters i, m, s and v, each at most once. Text with slashes needs quotes.',
      ['i', 'm', 's', 'v'],
    );
  if (source === '') throw new Mistake(span, 'This regular expression is empty.', ['/abc/']);
  const term: RegexTerm = { type: 'regex', source, flags: flags.replace('u', '') };
  try {
    compileRegex(term);
  } catch (error) {
    throw mistakeIn(term, span, (error as Error).message);
  }
  return term;
}

/** The engine says what is wrong, the parser where. */
function mistakeIn(term: RegexTerm, { from, to }: Span, reason: string): Mistake {
  const whole = new Mistake({ from, to }, `Invalid regular expression: ${withoutSource(reason)}.`);
  try {
    parse(term);
    return whole;
  } catch (error) {
    if (!(error instanceof RegExpSyntaxError)) return whole;
    if (/unterminated group/i.test(error.message))
      return new Mistake(
        { from, to },
        'A ( in this regular expression has no matching ). For the character itself, write \\(.',
      );
    const fault = faultAt(term.source, error.index, withoutSource(error.message));
    const start = from + 1 + fault.at;
    return new Mistake({ from: start, to: start + fault.length }, fault.message);
  }
}

const withoutSource = (message: string) => message.replace(/^Invalid regular expression: \/.*\/[a-z]*: /s, '');

interface Fault {
  readonly at: number;
  readonly length: number;
  readonly message: string;
}

/** @param index where the parser gave up: at the fault, or just after it */
function faultAt(source: string, index: number, reason: string): Fault {
  if (/property name/i.test(reason)) return badProperty(source, index);
  if (/escape/i.test(reason)) return badEscape(source, index);
  const at = Math.min(/nothing to repeat|incomplete quantifier/i.test(reason) ? index - 1 : index, source.length - 1);
  const char = String.fromCodePoint(source.codePointAt(at) ?? 0);
  const itself = `For the character itself, write \\${char}.`;
  if (/invalid character class/i.test(reason)) return { at, length: char.length, message: BAD_RANGE };
  const message = /nothing to repeat/i.test(reason)
    ? `There is nothing before this ${char} to repeat. ${itself}`
    : /lone quantifier|incomplete quantifier|unmatched/i.test(reason)
      ? `This ${char} is unmatched. ${itself}`
      : `Invalid regular expression: ${reason}.`;
  return { at, length: char.length, message };
}

const BAD_RANGE =
  'In brackets, a range goes from one character to another. Sets such as [\\p{L}--[a-z]] need the flag v after the expression.';

function badEscape(source: string, index: number): Fault {
  const at = source.lastIndexOf('\\', Math.min(index, source.length - 1));
  const char = String.fromCodePoint(source.codePointAt(at + 1) ?? 0x5c);
  const message = /[\dA-Za-z]/.test(char)
    ? `The escape \\${char} isn't valid here. Use \\d, \\w, \\s, \\b, \\n, \\t, \\x41, \\u{1F600}, \\p{L} and the like; a backslash itself is \\\\.`
    : `The escape \\${char} isn't valid: ${char} needs no backslash here. Write ${char === ' ' ? 'the space' : char} alone, or \\\\ for a backslash.`;
  return { at, length: 1 + char.length, message };
}

function badProperty(source: string, index: number): Fault {
  const at = Math.max(0, source.lastIndexOf('\\', index - 1));
  const end = source.indexOf('}', at);
  const written = source.slice(at, end < 0 ? source.length : end + 1);
  return {
    at,
    length: written.length,
    message: `There is no property ${written}. There are \\p{L} for letters, \\p{Lu} for capitals, \\p{N} for numbers, \\p{Script=Greek} and the like.`,
  };
}
