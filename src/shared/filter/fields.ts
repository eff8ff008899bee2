import { ANOMALIES, DIRECTIONS } from '../domain.ts';
import { KINDS, type Kind, RECORD_KINDS } from '../record-kind.ts';
import { codecOf } from '../text/codecs.ts';
import { ENCODING_NAMES, ENCODINGS, type EncodingChoice, fieldOfEncoding, titleOf } from '../text/encodings.ts';
import { type AnyOf, DIRECTION_WORDS, type DirectionWord, Mistake, type Span, type Term } from './ast.ts';
import { readInstant } from './instants.ts';
import { regexTerm } from './regex.ts';
import type { Value } from './tokens.ts';
import { AMOUNTS, readComparison, readHex } from './values.ts';

/** One field of the language. */
export interface Field {
  readonly describe: string;
  /** What may stand after the colon, as examples or as the full list. */
  readonly values: readonly { readonly text: string; readonly describe: string }[];
  /** Throws {@link Mistake}. */
  readonly read: (value: Value) => Term;
  /** Offered only when it is begun. */
  readonly isRare?: boolean;
}

const listed = (words: readonly string[], describe: (word: string) => string) =>
  words.map((text) => ({ text, describe: describe(text) }));

/** Comma-separated words out of `allowed`, or `*`. */
function readWords<T extends string>(field: string, allowed: readonly T[], { text, span }: Value): AnyOf<T> {
  if (text === '*') return '*';
  let from = span.from;
  return text.split(',').map((word) => {
    const here: Span = { from, to: from + word.length };
    from += word.length + 1;
    const known = allowed.find((each) => each === word.toLowerCase());
    if (known) return known;
    const message = word ? `${quoted(word)} is no value of ${field}.` : `A value of ${field} is missing here.`;
    throw new Mistake(here, `${message} There are ${allowed.join(', ')}.`, allowed);
  });
}

/** Codes grow with the product, so any word in kebab-case is taken. */
function readCodes({ text, span }: Value): AnyOf<string> {
  if (text === '*') return '*';
  const codes = text.toLowerCase().split(',');
  if (codes.every((code) => /^[a-z][a-z0-9-]*$/.test(code))) return codes;
  throw new Mistake(span, 'After code: comes the name of an anomaly or a failure, such as overrun.', ANOMALIES);
}

function readText(field: string, { text, span }: Value): string {
  if (text !== '') return text;
  throw new Mistake(span, `After ${field}: comes a text, in quotes when it has spaces.`, ['"abc"']);
}

const comparison = (type: keyof typeof AMOUNTS, describe: string): Field => ({
  describe,
  values: AMOUNTS[type].expected.map((text) => ({ text, describe: AMOUNTS[type].what })),
  read: ({ text, span }) => ({ type, comparison: readComparison(type, text, span) }),
});

const time = (type: 'after' | 'before', describe: string): Field => ({
  describe,
  values: [
    { text: '10:00:02.5', describe: 'A time on the day of the session, by the local clock' },
    {
      text: '2025-01-31T10:00',
      describe: 'A date and time; with Z at its end in UTC, or with an offset such as +01:00',
    },
    { text: '+0:00:02.5', describe: 'So long after the session began' },
  ],
  read: ({ text, span }) => ({ type, instant: readInstant(text, span) }),
});

const DIRECTION_NAMES: Readonly<Record<DirectionWord, string>> = {
  in: 'What the peer sent',
  out: 'What we sent',
  none: 'Neither: timeouts, exits and the like',
};

function inEncoding(encoding: EncodingChoice): readonly [name: string, Field] {
  const name = fieldOfEncoding(encoding);
  const describe =
    encoding === 'auto'
      ? 'Payload contains this text in UTF-8, or in UTF-16 where it is that'
      : `Payload contains this text in ${titleOf(encoding)} (${ENCODINGS[encoding].script})`;
  const values = [
    { text: '"abc"', describe: 'Exactly these letters' },
    { text: '"abc"i', describe: 'Upper or lower case' },
    { text: '/a+b/', describe: 'A regular expression' },
  ];
  const read = (value: Value): Term => {
    if (value.regex) return { ...regexTerm(value.text, value.flags, value.span), encoding };
    const text = readText(name, value);
    const ignoreCase = value.flags === 'i';
    const lacking = encoding === 'auto' || ignoreCase ? undefined : codecOf(encoding).encode(text);
    if (!lacking || lacking.ok) return { type: 'text', text, ignoreCase, encoding };
    const character = text.slice(lacking.at, lacking.at + lacking.length);
    throw new Mistake(value.span, `${titleOf(encoding)} has no ${quoted(character)}, so no payload has it.`);
  };
  return [name, { describe, values, read, isRare: !COMMON_ENCODINGS.includes(encoding) }];
}

const COMMON_ENCODINGS: readonly EncodingChoice[] = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'];

/** By name, in the order in which they are offered. */
export const FIELDS: Readonly<Record<string, Field>> = {
  dir: {
    describe: `Direction: ${DIRECTIONS.join(' or ')}, or none`,
    values: listed(DIRECTION_WORDS, (word) => DIRECTION_NAMES[word as DirectionWord]),
    read: (value) => ({ type: 'dir', values: readWords('dir', DIRECTION_WORDS, value) }),
  },
  kind: {
    describe: 'Kind of record, several with commas',
    values: listed(KINDS, (word) => RECORD_KINDS[word as Kind].describe),
    read: (value) => ({ type: 'kind', values: readWords('kind', KINDS, value) }),
  },
  size: comparison('size', 'Payload bytes: >1k, 100..200'),
  text: {
    describe: 'Payload contains this text; "…"i ignores upper and lower case',
    values: [
      { text: '"abc"', describe: 'Exactly these letters' },
      { text: '"abc"i', describe: 'Upper or lower case' },
    ],
    read: (value) => ({ type: 'text', text: readText('text', value), ignoreCase: value.flags === 'i' }),
  },
  hex: {
    describe: 'Payload contains these bytes; ?? is any byte',
    values: [{ text: '"de ad ?? ef"', describe: 'Bytes as hex digits' }],
    read: ({ raw, span }) => ({ type: 'hex', bytes: readHex(raw, span) }),
  },
  delta: comparison('delta', 'Time since the record before: >100ms'),
  after: time('after', 'At this time or later'),
  before: time('before', 'Earlier than this time'),
  code: {
    describe: 'Which anomaly or failure',
    values: [{ text: '*', describe: 'Any anomaly or failure' }, ...listed(ANOMALIES, (word) => `Anomaly ${word}`)],
    read: (value) => ({ type: 'code', values: readCodes(value) }),
  },
  seq: comparison('seq', 'Record number: 100..200'),
  count: comparison('count', 'How often an anomaly happened: >1000'),
  mark: {
    describe: 'Marked records: * for any, or a part of the label',
    values: [{ text: '*', describe: 'Any mark' }],
    read: (value) => ({ type: 'mark', text: readText('mark', value) }),
  },
  detail: {
    describe: 'The sentence of an error, anomaly or timeout contains this text',
    values: [{ text: '"abc"', describe: 'Exactly these letters' }],
    read: (value) => ({ type: 'detail', text: readText('detail', value) }),
  },
  ...Object.fromEntries([...ENCODING_NAMES, 'auto' as const].map(inEncoding)),
};

/** Only text takes a letter after its quotes. */
export function checkFlags(flags: string, span: Span, allowed: boolean): void {
  if (flags === '' || (allowed && flags === 'i')) return;
  const here = { from: span.to - flags.length, to: span.to };
  if (!allowed) throw new Mistake(here, 'Nothing may follow the quotes here.', [' ']);
  throw new Mistake(here, `The only letter after the quotes is i, which ignores upper and lower case.`, ['i']);
}

export const quoted = (word: string): string => `“${word.length > 40 ? `${word.slice(0, 40)}…` : word}”`;
