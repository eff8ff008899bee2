import { ANOMALIES, DIRECTIONS } from '../domain.ts';
import { KINDS, RECORD_KINDS } from '../record-kind.ts';
import {
  type AnyOf,
  type BuiltInType,
  DIRECTION_WORDS,
  type DirectionWord,
  LANE_WORDS,
  type LaneWord,
  Mistake,
  type TermOf,
} from './ast.ts';
import { Catalogue, type TermProvider, type Value } from './catalogue.ts';
import { ENCODING_FIELDS, writeEncoding } from './encoding-fields.ts';
import { FIELD_TERM } from './field-term.ts';
import { readInstant, writeInstant } from './instants.ts';
import { listed, readText, readWords, writeWords } from './read-words.ts';
import { AMOUNTS, quote, readComparison, readHex, writeComparison, writeHex } from './values.ts';

/** Codes grow with the product, so any word in kebab-case is accepted. */
function readCodes({ text, span }: Value): AnyOf<string> {
  if (text === '*') return '*';
  const codes = text.toLowerCase().split(',');
  if (codes.every((code) => /^[a-z][a-z0-9-]*$/.test(code))) return codes;
  throw new Mistake(span, 'code: needs the name of an anomaly or failure, such as overrun.', ANOMALIES);
}

const comparison = <T extends keyof typeof AMOUNTS>(name: T, describe: string): TermProvider<TermOf<T>> => ({
  fields: [
    {
      name,
      describe,
      values: AMOUNTS[name].expected.map((text) => ({ text, describe: AMOUNTS[name].what })),
      read: ({ text, span }) => ({ type: name, comparison: readComparison(name, text, span) }),
    },
  ],
  print: (term) => `${name}:${writeComparison(name, term.comparison)}`,
});

const time = <T extends 'after' | 'before'>(name: T, describe: string): TermProvider<TermOf<T>> => ({
  fields: [
    {
      name,
      describe,
      values: [
        { text: '10:00:02.5', describe: 'A time on the day of the session, by the local clock' },
        {
          text: '2025-01-31T10:00',
          describe: 'A date and time, optionally with Z for UTC or an offset such as +01:00',
        },
        { text: '+0:00:02.5', describe: 'Time since the session began' },
      ],
      read: ({ text, span }) => ({ type: name, instant: readInstant(text, span) }),
    },
  ],
  print: ({ instant }) => `${name}:${writeInstant(instant)}`,
  instantOf: ({ instant }) => instant,
});

const DIRECTION_NAMES: Readonly<Record<DirectionWord, string>> = {
  in: 'What the peer sent',
  out: 'What we sent',
  none: 'Neither (timeouts, exits and so on)',
};

const LANE_NAMES: Readonly<Record<LaneWord, string>> = {
  s2c: 'From server to client',
  c2s: 'From client to server',
  none: 'Neither (timeouts, exits and so on)',
};

/** The language's own terms, in the order in which they are offered. */
export const TERMS: { readonly [T in BuiltInType]: TermProvider<TermOf<T>> } = {
  dir: {
    fields: [
      {
        name: 'dir',
        describe: `Direction: ${DIRECTIONS.join(' or ')}, or none`,
        values: listed(DIRECTION_WORDS, (word) => DIRECTION_NAMES[word]),
        read: (value) => ({
          type: 'dir',
          values: readWords('dir', DIRECTION_WORDS, value, { field: 'lane', words: LANE_WORDS }),
        }),
      },
    ],
    print: ({ values }) => `dir:${writeWords(values)}`,
  },
  lane: {
    fields: [
      {
        name: 'lane',
        describe: 'Lane: s2c or c2s, or none',
        values: listed(LANE_WORDS, (word) => LANE_NAMES[word]),
        read: (value) => ({
          type: 'lane',
          values: readWords('lane', LANE_WORDS, value, { field: 'dir', words: DIRECTION_WORDS }),
        }),
      },
    ],
    print: ({ values }) => `lane:${writeWords(values)}`,
  },
  kind: {
    fields: [
      {
        name: 'kind',
        describe: 'Record kinds, separated by commas',
        values: listed(KINDS, (word) => RECORD_KINDS[word].describe),
        read: (value) => ({ type: 'kind', values: readWords('kind', KINDS, value) }),
      },
    ],
    print: ({ values }) => `kind:${writeWords(values)}`,
  },
  size: comparison('size', 'Payload bytes: >1k, 100..200'),
  text: {
    fields: [
      {
        name: 'text',
        describe: 'Payload contains this text; "…"i ignores upper and lower case',
        values: [
          { text: '"abc"', describe: 'Match case' },
          { text: '"abc"i', describe: 'Ignore case' },
        ],
        read: (value) => ({ type: 'text', text: readText('text', value), ignoreCase: value.flags === 'i' }),
        takesCase: true,
      },
    ],
    print: ({ encoding, text, ignoreCase }) => `${writeEncoding(encoding)}${quote(text)}${ignoreCase ? 'i' : ''}`,
    isSearch: true,
    inEncoding: (term, encoding) => ({ encoding, ...term }),
  },
  hex: {
    fields: [
      {
        name: 'hex',
        describe: 'Payload contains these bytes; ?? is any byte',
        values: [{ text: '"de ad ?? ef"', describe: 'Bytes as hex digits' }],
        read: ({ raw, span }) => ({ type: 'hex', bytes: readHex(raw, span) }),
      },
    ],
    print: ({ bytes }) => `hex:"${writeHex(bytes)}"`,
    isSearch: true,
  },
  delta: comparison('delta', 'Time since previous record: >100ms'),
  latency: comparison('latency', 'Time from a message to its reply: >5ms'),
  after: time('after', 'At this time or later'),
  before: time('before', 'Earlier than this time'),
  code: {
    fields: [
      {
        name: 'code',
        describe: 'Which anomaly or failure',
        values: [{ text: '*', describe: 'Any anomaly or failure' }, ...listed(ANOMALIES, (word) => `Anomaly ${word}`)],
        read: (value) => ({ type: 'code', values: readCodes(value) }),
      },
    ],
    print: ({ values }) => `code:${writeWords(values)}`,
  },
  seq: comparison('seq', 'Record number: 100..200'),
  count: comparison('count', 'How often an anomaly happened: >1000'),
  mark: {
    fields: [
      {
        name: 'mark',
        describe: 'Marked records: * for any, or a part of the label',
        values: [{ text: '*', describe: 'Any mark' }],
        read: (value) => ({ type: 'mark', text: readText('mark', value) }),
      },
    ],
    print: ({ text }) => `mark:${text === '*' ? '*' : quote(text)}`,
  },
  detail: {
    fields: [
      {
        name: 'detail',
        describe: 'The sentence of an error, anomaly or timeout contains this text',
        values: [{ text: '"abc"', describe: 'Match case' }],
        read: (value) => ({ type: 'detail', text: readText('detail', value) }),
      },
    ],
    print: ({ text }) => `detail:${quote(text)}`,
    isSearch: true,
  },
  regex: {
    fields: ENCODING_FIELDS,
    print: ({ encoding, source, flags }) => `${writeEncoding(encoding)}/${source}/${flags}`,
    isSearch: true,
    inEncoding: (term, encoding) => ({ encoding, ...term }),
  },
  field: FIELD_TERM,
};

export const BUILT_IN = new Catalogue(TERMS);
