import { describe, expect, test } from 'vitest';
import {
  completeFilter,
  demanded,
  exclude,
  highlightFilter,
  only,
  parseFilter,
  printFilter,
  resolveInstant,
  type Term,
  without,
} from './filter.ts';

/** A tree without its spans. */
function bare(text: string): unknown {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return JSON.parse(JSON.stringify(parsed.filter, (key, value) => (key === 'span' ? undefined : value)));
}

function mistake(text: string) {
  const parsed = parseFilter(text);
  if (parsed.ok) throw new Error(`${text} was understood.`);
  const { span, message, expected } = parsed.error;
  return { at: text.slice(span.from, span.to), message, expected };
}

const at = (date: unknown, time: number | null, offset: number | null) => ({
  type: 'after',
  instant: { date, time, offset },
});
const text = (word: string, ignoreCase = false) => ({ type: 'text', text: word, ignoreCase });

describe('a term', () => {
  test.each<[string, unknown]>([
    ['dir:in', { type: 'dir', values: ['in'] }],
    ['lane:s2c', { type: 'lane', values: ['s2c'] }],
    ['kind:message,anomaly', { type: 'kind', values: ['message', 'anomaly'] }],
    ['KIND:Message', { type: 'kind', values: ['message'] }],
    ['kind:*', { type: 'kind', values: '*' }],
    ['code:overrun', { type: 'code', values: ['overrun'] }],
    ['size:>1k', { type: 'size', comparison: { op: '>', value: 1024 } }],
    ['size:1.5M', { type: 'size', comparison: { op: '=', value: 1_572_864 } }],
    ['size:100..', { type: 'size', comparison: { op: '..', low: 100, high: null } }],
    ['delta:>100ms', { type: 'delta', comparison: { op: '>', value: 100_000 } }],
    ['delta:<=50µs', { type: 'delta', comparison: { op: '<=', value: 50 } }],
    ['latency:>5ms', { type: 'latency', comparison: { op: '>', value: 5000 } }],
    ['delta:1s..2m', { type: 'delta', comparison: { op: '..', low: 1_000_000, high: 120_000_000 } }],
    ['count:>1000', { type: 'count', comparison: { op: '>', value: 1000 } }],
    ['seq:100..200', { type: 'seq', comparison: { op: '..', low: 100, high: 200 } }],
    ['after:10:00:02.5', { type: 'after', instant: { date: null, time: 36_002_500_000, offset: null } }],
    [
      'before:2025-01-31T23:59Z',
      { type: 'before', instant: { date: { year: 2025, month: 1, day: 31 }, time: 86_340_000_000, offset: 0 } },
    ],
    ['after:2024-02-29', at({ year: 2024, month: 2, day: 29 }, null, null)],
    ['after:2024-02-29-03:00', at({ year: 2024, month: 2, day: 29 }, null, -180)],
    ['after:"2025-01-31 1:02:03,25 +05:30"', at({ year: 2025, month: 1, day: 31 }, 3_723_250_000, 330)],
    ['after:10:00:00.1234567−0930', at(null, 36_000_123_456, -570)],
    ['after:10:00utc', at(null, 36_000_000_000, 0)],
    ['after:+100:01:02.5', { type: 'after', instant: { since: 360_062_500_000 } }],
    ['after:951782400.5', at({ year: 2000, month: 2, day: 29 }, 500_000, 0)],
    ['mark:*', { type: 'mark', text: '*' }],
    ['mark:"first try"', { type: 'mark', text: 'first try' }],
    ['detail:refused', { type: 'detail', text: 'refused' }],
    ['text:"abc"', text('abc')],
    ['text:"abc"i', text('abc', true)],
    ['"a \\"b\\" \\\\ \\n\\x41\\u{1F600}"', text('a "b" \\ \nA😀')],
    ['abc', text('abc')],
    ...['-1', '+49', '!abc', 'a-b', 'a&&b'].map((word) => [word, text(word)] as [string, Term]),
    ['10:00', text('10:00')],
    ['/a+\\/[/]b/i', { type: 'regex', source: 'a+\\/[/]b', flags: 'i' }],
    ['/\\p{L}-[\\w-]/ui', { type: 'regex', source: '\\p{L}-[\\w-]', flags: 'i' }],
    ['/[\\p{L}--[a-z]]/v', { type: 'regex', source: '[\\p{L}--[a-z]]', flags: 'v' }],
    ['hex:"de ad ?? ef"', { type: 'hex', bytes: [0xde, 0xad, null, 0xef] }],
    ...[
      'DEAD',
      '0xdead',
      'DE:AD',
      'DE-AD',
      '\\xde\\xad',
      '"\\xde\\xad"',
      '{0xDE,0xAD}',
      '"{0xDE, 0xAD}"',
      '"0000  de ad  .."',
    ].map((written): [string, unknown] => [`hex:${written}`, { type: 'hex', bytes: [0xde, 0xad] }]),
  ])('%s is read as what it says', (source, wanted) => {
    expect(bare(source)).toEqual(wanted);
  });
});

describe('terms', () => {
  const [a, b, c] = [text('a'), text('b'), text('c')];
  test.each<[string, unknown]>([
    ['', { type: 'all' }],
    ['  ', { type: 'all' }],
    ['a b', { type: 'and', terms: [a, b] }],
    ['a and b AND c', { type: 'and', terms: [a, b, c] }],
    ['a b or c', { type: 'or', terms: [{ type: 'and', terms: [a, b] }, c] }],
    ['a (b or c)', { type: 'and', terms: [a, { type: 'or', terms: [b, c] }] }],
    ['not a b', { type: 'and', terms: [{ type: 'not', term: a }, b] }],
    ['not(a b)', { type: 'not', term: { type: 'and', terms: [a, b] } }],
    ['not not a', { type: 'not', term: { type: 'not', term: a } }],
    ['((a))', a],
    ['"and"', text('and')],
  ])('%s bind as documented', (source, wanted) => {
    expect(bare(source)).toEqual(wanted);
  });

  test('know where they stand', () => {
    const parsed = parseFilter('a  not (size:1 b)');
    expect(parsed).toMatchObject({
      filter: {
        span: { from: 0, to: 17 },
        terms: [{ span: { from: 0, to: 1 } }, { span: { from: 3, to: 17 }, term: { span: { from: 7, to: 17 } } }],
      },
    });
  });
});

test.each<[string, string, RegExp, string | undefined]>([
  ['knd:message', 'knd', /no field “knd”/, 'kind'],
  ['type:message', 'type', /Use kind: instead\./, 'kind'],
  ['size > 100', 'size >', /needs a colon: size:>100\. /, 'size:'],
  ['size ≥ 100', 'size ≥', /needs a colon: size:>=100\. /, 'size:'],
  ['kind=anomaly', 'kind=anomaly', /needs a colon: kind:anomaly\. /, 'kind:'],
  ['dir == in', 'dir ==', /needs a colon: dir:in\. /, 'dir:'],
  ['dir:in Size>=100', 'Size>=100', /needs a colon: size:>=100\. /, 'size:'],
  ['kind : message', 'kind :', /The colon stands right after the name: kind:message\. /, 'kind:'],
  ['size :>100', 'size :>100', /right after the name: size:>100\. /, 'size:'],
  ['-dir:in', '-', /Write “not” and a space instead of -\. /, 'not '],
  ['kind:message !DIR:in', '!', /Write “not” and a space instead of !\. /, 'not '],
  ['!hex:"de ad"', '!', /Write “not” and a space instead of !\. /, 'not '],
  ['-"abc"', '-', /Write “not” and a space instead of -\. /, 'not '],
  ['!(a b)', '!', /Write “not” and a space instead of !\. /, 'not '],
  ['!/a+/i', '!', /Write “not” and a space instead of !\. /, 'not '],
  ['+dir:in +size:>1k', '+', /Leave out the \+/, undefined],
  ['dir:in && size:>1k', '&&', /Write “and” instead of &&\. /, 'and'],
  ['dir:in || size:>1k', '||', /Write “or” instead of \|\|\. /, 'or'],
  ['dir:in | size:>1k', '|', /Write “or” instead of \|\. /, 'or'],
  ['"a"||"b"', '||', /Write “or” instead of/, 'or'],
  ['"a" &&hex:"de"', '&&', /Write “and” instead of/, 'and'],
  ['-type:message', '-', /Write “not” and a space instead of -\. /, 'not '],
  ['!order.price:>10', '!', /Write “not” and a space instead of !\. /, 'not '],
  ['! dir:in', '!', /Write “not” instead of !\. /, 'not'],
  ['constructor:x', 'constructor', /no field “constructor”/, 'kind'],
  ['dir:in kind:mesage,exit', 'mesage', /“mesage” is not a value of kind/, 'message'],
  ['dir:in,s2c', 's2c', /Allowed: in, out, none\. Or write lane:s2c\./, 'in'],
  ['lane:out', 'out', /Allowed: s2c, c2s, none\. Or write dir:out\./, 's2c'],
  ['kind:message,', '', /missing/, 'timeout'],
  ['size:big', 'big', /number of bytes/, '>1k'],
  ['size:', '', /number of bytes/, '>1k'],
  ['size:9..1', '9..1', /ends before it starts/, undefined],
  ['size:>99999999999999999999', '>99999999999999999999', /number of bytes/, undefined],
  ['delta:>100', '>100', /with its unit/, '>100ms'],
  ['latency:>5', '>5', /latency: needs a time with its unit/, '>5ms'],
  ['after:25:00', '25:00', /time of day/, '10:00'],
  ['after:+0.5', '+0.5', /time of day/, '+0:00:02.5'],
  ['after:10:00+24:00', '10:00+24:00', /time of day/, undefined],
  ['after:1600-01-01', '1600-01-01', /time of day/, undefined],
  ['after:2025-0131', '2025-0131', /time of day/, undefined],
  ['after:2023-02-29', '2023-02-29', /time of day/, undefined],
  ['after:2025-02-30', '2025-02-30', /time of day/, undefined],
  ['hex:"de a"', '"de a"', /two hex digits/, undefined],
  ['"abc', '"abc', /closing "/, '"'],
  ['a /b', '/b', /closing \//, '/'],
  ['"a\\q"', '\\q', /backslash/, '\\\\'],
  ['/(/', '/(/', /no matching/, undefined],
  ['x /order\\-4/', '\\-', /Write - alone/, undefined],
  ['/a\\ b/', '\\ ', /Write the space alone/, undefined],
  ['/[\\_]/i', '\\_', /Write _ alone/, undefined],
  ['/\\e\\[31m/', '\\e', /isn't valid here/, undefined],
  ['/a{/', '{', /write \\\{/, undefined],
  ['/x]/', ']', /write \\\]/, undefined],
  ['/a/ /b**/', '*', /nothing before this \*/, undefined],
  ['/\\p{Lettre}/', '\\p{Lettre}', /no property/, undefined],
  ['/\\u{110000}/', '\\u', /isn't valid here/, undefined],
  ['/[\\p{L}--[a-z]]/', '[', /need the flag v/, undefined],
  ['/usr/bin', 'bin', /needs quotes/, 'i'],
  ['(a', '(', /no matching \)/, ')'],
  ['a)', ')', /no matching \(/, undefined],
  ['()', ')', /missing/, 'kind:'],
  ['a or', '', /missing/, 'kind:'],
  ['and a', 'and', /missing/, undefined],
  ['not', '', /missing/, undefined],
  ['""', '""', /nothing between/, undefined],
  ['text:"a"x', 'x', /only letter/, 'i'],
  ['kind:"exit"i', 'i', /Nothing can follow/, undefined],
])('a mistake is found where it stands, with a sentence: %s', (source, at, message, expected) => {
  const found = mistake(source);
  expect(found.at).toBe(at);
  expect(found.message).toMatch(message);
  if (expected) expect(found.expected).toContain(expected);
});

test('a filter that is too long or too deep is a mistake, not a crash', () => {
  expect(mistake('a'.repeat(4097)).message).toMatch(/at most 4,096/);
  expect(mistake('('.repeat(4096)).message).toMatch(/nested/);
  expect(mistake(`${'not '.repeat(1000)}a`).message).toMatch(/nested/);
  expect(bare(`${'('.repeat(64)}a${')'.repeat(64)}`)).toEqual(text('a'));
  expect(bare('a '.repeat(2048))).toMatchObject({ type: 'and' });
});

describe('a printed filter', () => {
  const SAMPLES = [
    'dir:in kind:message,anomaly size:>1k text:"abc" /regex/i hex:"de ad ?? ef" delta:>100ms latency:..5ms after:10:00:02.5',
    'before:2025-01-31T10:00:02.000001Z mark:* code:overrun seq:100..200 count:>=2 not (a or b)',
    'a (b or c d) not (e f) or not not g',
    '"x\\u{202e}\\u{d800}\\0\\"\\\\" "abc"i size:..1M delta:0 mark:"*x" detail:"no \\n"',
    '',
  ];
  test.each(SAMPLES)('parses to the same filter: %s', (source) => {
    const parsed = parseFilter(source);
    expect(parsed.ok).toBe(true);
    if (parsed.ok) expect(bare(printFilter(parsed.filter))).toEqual(bare(source));
  });
});

describe('any text at all', () => {
  /** Numbers from 0 to below `n`, the same in every run. */
  const generator = (seed: number) => (n: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * n);
  };
  const PIECES = [
    ...[
      '(',
      ')',
      ' ',
      '"',
      '/',
      '\\',
      ':',
      ',',
      '..',
      '>',
      '*',
      '??',
      'not',
      'and',
      'or',
      'dir:',
      'kind:in',
      'size:>1k',
    ],
    ...[
      'hex:',
      'de',
      '"ad"',
      'after:',
      '10:00',
      '/a(/',
      '[',
      ']',
      'i',
      '\ud800',
      '\u202e',
      '\0',
      'é',
      '😀',
      "'; DROP TABLE",
    ],
    ...['delta:', '1ms', 'text:', '"x"i', 'mark:*', 'code:overrun', '__proto__:', '{x}', '\n', '\u2028', 'a', '{', '+'],
  ];
  const check = (source: string) => {
    const parsed = parseFilter(source);
    if (parsed.ok) {
      const printed = printFilter(parsed.filter);
      expect(bare(printed), source).toEqual(bare(source));
    } else {
      const { span, message } = parsed.error;
      expect(span.from <= span.to && span.from >= 0 && span.to <= source.length, source).toBe(true);
      expect(message).toMatch(/[.:)]$/);
    }
    const parts = highlightFilter(source);
    for (const [i, { span }] of parts.entries())
      expect(span.from >= (parts[i - 1]?.span.to ?? 0) && span.to <= source.length && span.from < span.to, source).toBe(
        true,
      );
    for (const caret of [0, source.length >> 1, source.length]) completeFilter(source, caret);
  };

  test('is understood or refused with a place inside it, and never throws', () => {
    const random = generator(1);
    for (let i = 0; i < 20_000; i++)
      check(Array.from({ length: random(12) }, () => PIECES[random(PIECES.length)]).join(''));
    for (let i = 0; i < 5000; i++)
      check(String.fromCharCode(...Array.from({ length: random(40) }, () => random(i % 2 ? 128 : 65536))));
  });

  test('made from a good filter by changing a few characters neither', () => {
    const good = 'dir:in kind:message size:>1k text:"abc" /re[g]ex/i hex:"de ad ?? ef" not (after:10:00 or mark:*)';
    const random = generator(2);
    for (let i = 0; i < 10_000; i++) {
      const characters = [...good];
      for (let n = random(4); n >= 0; n--)
        characters.splice(random(characters.length), random(3), PIECES[random(PIECES.length)] ?? '');
      check(characters.join(''));
    }
  });
});

describe('what is offered', () => {
  const offered = (source: string) => completeFilter(source, source.length).map((each) => each.text);

  test('at the beginning are fields, and operators only after a term', () => {
    expect(offered('')).toEqual(expect.arrayContaining(['dir:', 'kind:', 'not ']));
    expect(offered('')).not.toContain('or ');
    expect(offered('dir:in ')).toContain('or ');
    expect(offered('dir:in or ')).not.toContain('or ');
    expect(offered('(')).not.toContain('and ');
  });

  test('continues what is begun, in its place', () => {
    expect(completeFilter('dir:in ki', 9)).toEqual([
      { text: 'kind:', span: { from: 7, to: 9 }, describe: expect.any(String) },
    ]);
    expect(completeFilter('kind:message,an', 15)).toMatchObject([{ text: 'anomaly', span: { from: 13, to: 15 } }]);
    expect(offered('kind:message,')).not.toContain('message');
    expect(offered('code:')).toEqual(expect.arrayContaining(['*', 'overrun']));
    expect(offered('nofield:')).toEqual([]);
  });

  test('is nothing within quotes or a regular expression', () => {
    expect(offered('"di')).toEqual([]);
    expect(offered('text:"a" /ki')).toEqual([]);
    expect(offered('"a" ki')).toEqual(['kind:']);
  });
});

describe('a value clicked on', () => {
  const dirIn: Term = { type: 'dir', values: ['in'] };
  const abc: Term = { type: 'text', text: 'abc', ignoreCase: false };

  test('is demanded in place of what was demanded of its field', () => {
    expect(only('', dirIn)).toBe('dir:in');
    expect(only('dir:out size:>1k', dirIn)).toBe('size:>1k dir:in');
    expect(only('a or b', dirIn)).toBe('("a" or "b") dir:in');
    expect(only('"x"', abc)).toBe('"x" "abc"');
    expect(only('"abc"', abc)).toBe('"abc"');
  });

  test('is found again as what is demanded of its field, and taken away', () => {
    expect(demanded('size:>1 dir:in', 'dir')).toMatchObject(dirIn);
    expect(demanded('not dir:in', 'dir')).toBeUndefined();
    expect(demanded('dir:in or a', 'dir')).toBeUndefined();
    expect(without('size:>1 dir:in', 'dir')).toBe('size:>1');
    expect(without('dir:in', 'dir')).toBe('');
    expect(without('(a or b) not dir:in dir:in', 'dir')).toBe('("a" or "b") not dir:in');
    expect(without('knd:x dir:in', 'dir')).toBe('knd:x dir:in');
  });

  test('is excluded beside what was demanded', () => {
    expect(exclude('dir:in', { type: 'kind', values: ['timeout'] })).toBe('dir:in not kind:timeout');
    expect(exclude('not dir:in', dirIn)).toBe('not dir:in');
    expect(exclude('a or b', dirIn)).toBe('("a" or "b") not dir:in');
  });

  test('never costs the user a text with a mistake', () => {
    expect(only('knd:x', dirIn)).toBe('knd:x dir:in');
    expect(exclude('knd:x', dirIn)).toBe('knd:x not dir:in');
  });
});

test("colours follow the tokens, and what can't be read is the rest", () => {
  const kinds = (source: string) =>
    highlightFilter(source).map(({ span, kind }) => [source.slice(span.from, span.to), kind]);
  expect(kinds('dir:in and not (/a/ "b")')).toEqual([
    ['dir:', 'field'],
    ['in', 'value'],
    ['and', 'operator'],
    ['not', 'operator'],
    ['(', 'parenthesis'],
    ['/a/', 'regex'],
    ['"b"', 'text'],
    [')', 'parenthesis'],
  ]);
  expect(kinds('a "b')).toEqual([
    ['a', 'text'],
    [' "b', 'rest'],
  ]);
});

test('a time without a date is on the day that the session was opened, by the clock that its offset names', () => {
  const openedAt = Date.UTC(2025, 0, 31, 12, 0, 0) * 1000;
  const time = (10 * 3600 + 2.5) * 1_000_000;
  const at = Date.UTC(2025, 0, 31, 10, 0, 2, 500) * 1000;
  expect(resolveInstant({ date: null, time, offset: 0 }, openedAt)).toBe(at);
  expect(resolveInstant({ date: null, time, offset: 720 }, openedAt)).toBe(at + 12 * 3_600_000_000);
  expect(resolveInstant({ date: null, time, offset: -330 }, openedAt)).toBe(at + 5.5 * 3_600_000_000);
  const date = { year: 2024, month: 2, day: 29 };
  expect(resolveInstant({ date, time: 1, offset: 0 }, openedAt)).toBe(Date.UTC(2024, 1, 29) * 1000 + 1);
  expect(resolveInstant({ date, time: null, offset: 60 }, openedAt)).toBe(Date.UTC(2024, 1, 28, 23) * 1000);
  expect(() => resolveInstant({ date, time, offset: null }, openedAt)).toThrow(RangeError);
});
