import { codecOf } from '../text/codecs.ts';
import { ENCODING_NAMES, ENCODINGS, type EncodingChoice, fieldOfEncoding, titleOf } from '../text/encodings.ts';
import { type BuiltInTerm, Mistake } from './ast.ts';
import type { Field, Value } from './catalogue.ts';
import { readText } from './read-words.ts';
import { regexTerm } from './regex.ts';
import { quoted } from './values.ts';

const COMMON: readonly EncodingChoice[] = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'];
const VALUES = [
  { text: '"abc"', describe: 'Match case' },
  { text: '"abc"i', describe: 'Ignore case' },
  { text: '/a+b/', describe: 'A regular expression' },
];

/** A text or a regular expression that is read in an encoding of its own. */
export const ENCODING_FIELDS: readonly Field[] = [...ENCODING_NAMES, 'auto' as const].map((encoding) => ({
  name: fieldOfEncoding(encoding),
  describe:
    encoding === 'auto'
      ? 'Payload contains this text in UTF-8 or UTF-16'
      : `Payload contains this text in ${titleOf(encoding)} (${ENCODINGS[encoding].script})`,
  values: VALUES,
  read: (value) => readIn(encoding, value),
  isRare: !COMMON.includes(encoding),
  takesCase: true,
  takesRegex: true,
}));

function readIn(encoding: EncodingChoice, value: Value): BuiltInTerm {
  if (value.regex) return { ...regexTerm(value.text, value.flags, value.span), encoding };
  const text = readText(fieldOfEncoding(encoding), value);
  const ignoreCase = value.flags === 'i';
  const lacking = encoding === 'auto' || ignoreCase ? undefined : codecOf(encoding).encode(text);
  if (!lacking || lacking.ok) return { type: 'text', text, ignoreCase, encoding };
  const character = text.slice(lacking.at, lacking.at + lacking.length);
  throw new Mistake(value.span, `${titleOf(encoding)} can't encode ${quoted(character)}, so no payload contains it.`);
}

export const writeEncoding = (encoding?: EncodingChoice) => (encoding ? `${fieldOfEncoding(encoding)}:` : '');
