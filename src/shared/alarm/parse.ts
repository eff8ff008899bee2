import { ANOMALIES, LANES, type Lane } from '../domain.ts';
import { Mistake, type Span } from '../filter/ast.ts';
import {
  BUILT_IN,
  type Catalogue,
  type FilterNode,
  parseFilter,
  TERMS,
  type TermProvider,
  termsOf,
} from '../filter/filter.ts';
import { quoted } from '../filter/values.ts';
import { type Alarm, MAX_ALARM_TEXT, type ParsedAlarm, RATE_SIGNS, type RateUnit } from './ast.ts';
import { CONDITION_WORDS, CONDITIONS, type Head, headOf, negated, strangeWord, tailOf, timeOf } from './words.ts';

const MAX_TIMES = 1_000_000;
const MAX_RATE = 1_000_000_000;
const DAY = 24 * 3_600_000_000;
/** What an alarm can start with. */
const STARTS = [...CONDITION_WORDS, ...LANES];

/** Parses what an alarm waits for: see docs/alarms.md. Never throws. */
export function parseAlarm(text: string, catalogue: Catalogue = BUILT_IN): ParsedAlarm {
  try {
    if (text.length > MAX_ALARM_TEXT)
      throw new Mistake(
        { from: MAX_ALARM_TEXT, to: text.length },
        `An alarm can have at most ${MAX_ALARM_TEXT.toLocaleString('en-US')} characters.`,
      );
    if (text.trim() === '')
      throw new Mistake(
        { from: text.length, to: text.length },
        'Say what the alarm waits for, such as silent 5s.',
        STARTS,
      );
    const head = headOf(text);
    return { ok: true, alarm: head ? condition(head, text) : filterAlarm(text, tailOf(text), catalogue) };
  } catch (error) {
    if (error instanceof Mistake) return { ok: false, error: error.error };
    throw error;
  }
}

function condition({ lane: written, word, end }: Head, text: string): Alarm {
  const lane = (written ?? null) as Lane | null;
  const tail = word === 'silent' ? undefined : tailOf(text);
  const rest = new Rest(tail ? text.slice(0, tail.at) : text, end);
  if (tail && (word === 'unread' || word === 'rate')) throw noRow(word, tail, text);
  switch (word) {
    case 'unread':
      rest.sign(word, ['>']);
      return { type: word, lane, micros: rest.duration(word) };
    case 'silent':
      rest.skip(/^for\s+(?=\d)/i);
      return { type: word, lane, micros: rest.duration(word) };
    case 'rate':
      return rate(lane, rest);
    case 'anomaly': {
      const codes = rest.anomalies();
      return tail ? inARow(codes, lane, times(tail, text)) : { type: word, lane, codes };
    }
    case 'missed':
      rest.end(word);
      return tail ? inARow([word], lane, times(tail, text)) : { type: word, lane };
  }
}

function rate(lane: Lane | null, rest: Rest): Alarm {
  const sign = rest.sign('rate', RATE_SIGNS);
  const { count, unit, span } = rest.frequency();
  const isAlways = sign === '>=' && count === 0;
  const isNever = sign === '<' && count === 0;
  if (isAlways || isNever)
    throw new Mistake(span, `A rate is ${isAlways ? 'always' : 'never'} ${sign} 0. Use another number.`, ['1/s']);
  return { type: 'rate', lane, sign, count, unit };
}

/** Consecutive anomalies are found by a filter. */
function inARow(codes: '*' | readonly string[], lane: Lane | null, count: number): Alarm {
  const what = codes === '*' ? 'kind:anomaly' : `code:${codes.join(',')}`;
  const found = filterAlarm(lane === null ? what : `${what} lane:${lane}`, undefined, BUILT_IN);
  return { ...found, times: count };
}

function noRow(word: string, tail: Tail, text: string): Mistake {
  const span = { from: tail.at + 1, to: text.trimEnd().length };
  return new Mistake(span, `for counts records, so it can follow a filter, anomaly or missed, but not ${word}.`);
}

/** What follows the first word, read from left to right. */
class Rest {
  readonly #text: string;
  #at: number;

  constructor(text: string, at: number) {
    this.#text = text;
    this.#at = at;
    this.#skipSpaces();
  }

  sign<S extends string>(word: keyof typeof CONDITIONS, signs: readonly S[]): S {
    const sign = signs.find((each) => this.#text.startsWith(each, this.#at));
    if (sign === undefined || this.#text[this.#at + sign.length] === '=')
      throw this.#mistake(`${word} needs ${signs.join(', ')}`, word, signs);
    this.#at += sign.length;
    this.#skipSpaces();
    return sign;
  }

  /** `pattern` starts with ^. */
  skip(pattern: RegExp): void {
    this.#at += pattern.exec(this.#text.slice(this.#at))?.[0].length ?? 0;
  }

  /** µs, to the end. */
  duration(word: 'unread' | 'silent'): number {
    const span = this.#rest();
    const micros = timeOf(this.#text.slice(span.from, span.to));
    if (micros === undefined || micros === 0 || micros > DAY)
      throw this.#mistake(`${word} needs a time with its unit, us, ms, s, m or h, of at most a day`, word, ['5s']);
    return micros;
  }

  /** `10/s`, to the end. */
  frequency(): { count: number; unit: RateUnit; span: Span } {
    const span = this.#rest();
    const [, number, unit] =
      /^(\d+)\s*\/\s*([smh])(?:ec|econd|in|inute|our)?$/i.exec(this.#text.slice(span.from, span.to)) ?? [];
    const count = Number(number);
    if (unit === undefined || count > MAX_RATE)
      throw this.#mistake('rate needs a whole number of messages per second, minute or hour', 'rate', ['10/s', '30/m']);
    return { count, unit: unit.toLowerCase() as RateUnit, span };
  }

  /** Names separated by commas or spaces; none means any. */
  anomalies(): '*' | readonly string[] {
    const { from } = this.#rest();
    const names = [...this.#text.slice(from).matchAll(/[^\s,]+/g)];
    if (names.length === 0) return '*';
    return names.map(({ 0: name, index }) => {
      const known = ANOMALIES.find((each) => each === name.toLowerCase());
      if (known) return known;
      const span = { from: from + index, to: from + index + name.length };
      throw new Mistake(span, `There is no anomaly ${quoted(name)}. There are ${ANOMALIES.join(', ')}.`, ANOMALIES);
    });
  }

  end(word: keyof typeof CONDITIONS): void {
    if (this.#at < this.#text.length)
      throw new Mistake(this.#rest(), `Nothing can follow ${word}. To look for it as text, put it in quotes.`);
  }

  #mistake(what: string, word: keyof typeof CONDITIONS, expected: readonly string[]): Mistake {
    const asText = `To look for the word as text, write "${word}".`;
    return new Mistake(this.#rest(), `${what}, such as ${CONDITIONS[word].example}. ${asText}`, expected);
  }

  #rest(): Span {
    return { from: this.#at, to: Math.max(this.#at, this.#text.trimEnd().length) };
  }

  #skipSpaces(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++;
  }
}

type Tail = NonNullable<ReturnType<typeof tailOf>>;
type FilterAlarm = Extract<Alarm, { type: 'filter' }>;

function filterAlarm(text: string, tail: Tail | undefined, catalogue: Catalogue): FilterAlarm {
  const written = tail ? text.slice(0, tail.at) : text;
  refuseNegated(written);
  refuseStrange(written, catalogue);
  refuseLane(written);
  const parsed = parseFilter(written, catalogue);
  if (!parsed.ok) {
    const { span, message, expected, isChoice } = parsed.error;
    throw new Mistake(span, message, expected, isChoice);
  }
  if (parsed.filter.type === 'all')
    throw new Mistake({ from: 0, to: text.length }, 'A filter is missing before for.', ['kind:', '"abc"']);
  refuseLater(parsed.filter);
  return { type: 'filter', filter: parsed.filter, times: tail ? times(tail, text) : 1 };
}

function times({ at, times: written }: Tail, text: string): number {
  const count = Number(written);
  if (written !== undefined && count >= 1 && count <= MAX_TIMES) return count;
  const span = { from: at + 1, to: text.trimEnd().length };
  throw new Mistake(
    span,
    `for needs a number from 1 to ${MAX_TIMES.toLocaleString('en-US')}: how many records in a row.`,
    ['for 3'],
  );
}

/** A misspelt condition would be a text to search for, and never fire. */
function refuseStrange(text: string, catalogue: Catalogue): void {
  const strange = strangeWord(text);
  // What a field lacks is its colon, which the filter reports.
  if (!strange || catalogue.field(strange.word)) return;
  const { word, from } = strange;
  const message = `There is no condition ${quoted(word)}. Conditions are ${CONDITION_WORDS.join(', ')}. To look for the words as text, put them in quotes.`;
  throw new Mistake({ from, to: from + word.length }, message, CONDITION_WORDS);
}

/** `not missed` would be a filter for all records without that word. */
function refuseNegated(text: string): void {
  const found = negated(text);
  if (!found) return;
  const { word, sign, from } = found;
  const message = `${quoted(sign)} can't stand before ${word}: only a filter can be negated. To look for the word as text, put it in quotes.`;
  throw new Mistake({ from, to: from + sign.length }, message, CONDITION_WORDS);
}

/** A lane before a filter is a word to search for, which nobody means. */
function refuseLane(text: string): void {
  const [, spaces = '', lane] = /^(\s*)(s2c|c2s)(?:\s|$)/i.exec(text) ?? [];
  if (lane === undefined) return;
  const span = { from: spaces.length, to: spaces.length + lane.length };
  const message = `${quoted(lane)} goes before ${CONDITION_WORDS.join(', ')}. In a filter, write lane:${lane.toLowerCase()}.`;
  throw new Mistake(span, message, [`lane:${lane.toLowerCase()}`, ...CONDITION_WORDS]);
}

/** What can't be known when a record is made. */
function refuseLater(filter: FilterNode): void {
  for (const term of termsOf(filter)) {
    if (term.type === 'mark')
      throw new Mistake(term.span, "A mark is set after its record was made, so an alarm can't wait for it.");
    const { instantOf } = (TERMS as Readonly<Record<string, TermProvider>>)[term.type] ?? {};
    const instant = instantOf?.(term);
    if (instant && 'offset' in instant && instant.offset === null)
      throw new Mistake(term.span, 'An alarm needs this time with its zone. Append Z for UTC or an offset as +02:00.');
  }
}
