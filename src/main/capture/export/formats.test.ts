import { describe, expect, test } from 'vitest';
import type { ExportFormat } from '../../../shared/export.ts';
import { parseHex } from '../../../shared/hex/hex.ts';
import { type ImportedRecord, parseLine } from '../import/record-line.ts';
import { sessionOf } from '../testing.ts';
import { FORMATS, formatOf } from './formats.ts';
import { HTML_PAYLOAD } from './html.ts';
import { PIECE_BYTES } from './pieces.ts';
import type { WholeRecord } from './records.ts';

const times = { wall: 1_700_000_000_000_001, mono: 7 };
const marks = { unreadMicros: null, mark: null, note: null };

function recordOf(bytes: Uint8Array, more: Partial<WholeRecord> = {}): WholeRecord {
  const size = bytes.byteLength;
  return {
    seq: 3,
    kind: 'message',
    lane: 'c2s',
    direction: 'in',
    ...times,
    size,
    code: null,
    detail: null,
    count: 1,
    ...marks,
    bytes,
    encoding: 'utf-8',
    readAs: 'utf-8',
    ...more,
  };
}

const written = (format: ExportFormat, record: WholeRecord) => [...formatOf({ format }).record(record)].join('');
const writtenText = (format: ExportFormat, text: string) => written(format, recordOf(Buffer.from(text)));
const parseRecord = (line: Buffer) => parseLine(line, false).record as ImportedRecord;
const line = (text: string) => Buffer.from(text.trimEnd());

/** Characters that turn a terminal, a page or a sheet against its reader. */
const TRICKS = ['\u202e', '\u2066', '\u200b', '\u0085', '\u001b[2J', '\ufeff', '\u2028'];

describe('JSON Lines', () => {
  test.each([
    ['text', Buffer.from('hällo\n"\\\u202e\0')],
    ['a BOM', Buffer.from('\ufeffx')],
    ['bytes that are no UTF-8', Buffer.from([0, 255, 128, 10])],
    ['half a surrogate in UTF-8', Buffer.from([0xed, 0xa0, 0x80])],
    ['nothing', Buffer.alloc(0)],
    ['more than a piece of text, cut within a character', Buffer.from(`x${'💾é"\n'.repeat(PIECE_BYTES / 4)}`)],
    ['more than a piece of control characters', Buffer.alloc(PIECE_BYTES + 1)],
    ['more than a piece of bytes', Buffer.alloc(PIECE_BYTES * 2 + 1, 255)],
  ])('a record with %s is read back as it was', (_, bytes) => {
    const back = parseRecord(line(written('jsonl', recordOf(bytes))));
    expect(Buffer.compare(back.bytes, bytes)).toBe(0);
    expect(back.head).toEqual({
      ...{ seq: 3, kind: 'message', direction: 'in', ...times, size: bytes.length, code: null, detail: null },
      count: 1,
      unreadMicros: null,
    });
  });

  test('says how often an anomaly happened, where that is more than once', () => {
    const repeated = recordOf(Buffer.alloc(0), {
      kind: 'anomaly',
      code: 'spurious-wake',
      detail: 'No message.',
      count: 427_650,
    });
    expect(parseRecord(line(written('jsonl', repeated))).head.count).toBe(427_650);
    expect(JSON.parse(written('jsonl', recordOf(Buffer.alloc(0))))).not.toHaveProperty('count');
    expect(written('csv', repeated)).toMatch(/,427650\r\n$/);
    expect(written('text', repeated)).toContain('spurious-wake: ×427650: No message.');
    expect(written('hex', repeated)).toContain('×427650');
    expect(written('html', repeated)).toContain('×427,650');
  });

  test('a large payload stands in the same line as a small one would', () => {
    const bytes = Buffer.from('a"\n\u202e'.repeat(PIECE_BYTES / 4));
    const { text, ...rest } = JSON.parse(written('jsonl', recordOf(bytes, { code: 'overrun', detail: '' })));
    expect(text === bytes.toString()).toBe(true);
    expect(Object.keys(rest)).toEqual('seq time kind direction size code detail wall mono'.split(' '));
  });

  test('half surrogates and NUL in a detail, a mark and a note are read back as they were', () => {
    const says = { detail: 'a\ud800\0b', mark: '\udfff', note: '', unreadMicros: 12 };
    const back = parseRecord(line(written('jsonl', recordOf(Buffer.from('x'), { kind: 'anomaly', ...says }))));
    expect(back).toMatchObject({ head: { detail: says.detail, unreadMicros: 12 }, mark: says.mark, note: '' });
  });

  test.each(TRICKS)('%j is escaped and never stands in the file', (trick) => {
    const text = written('jsonl', recordOf(Buffer.from(`a${trick}b`), { detail: `c${trick}d` }));
    expect(text).not.toContain(trick);
    expect(text.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});

/** The cells of one record, read by RFC 4180. */
function cells(text: string): string[] {
  const found = [...text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",\r\n]*))(?=,|\r\n$)/g)];
  return found.map(([, quoted, plain]) => (quoted ?? plain ?? '').replaceAll('""', '"'));
}

const TEXT = 5;
const HEX = 6;
const DETAIL = 8;

/** A cell of a comma-separated file without our apostrophes. */
const unguarded = (cell: string) =>
  cell.replace(/(^)'(?=[\t\r\n=+\-@'＝＋－＠])|([;\t|\r\n])'(?=[=+\-@'＝＋－＠])/g, '$1$2');

describe('in another encoding', () => {
  const utf16 = { encoding: 'utf-16le', readAs: 'auto' } as const;
  const bytes = Buffer.from('für\n€', 'utf16le');

  test('a payload is text in each format, and the encoding is named', () => {
    const record = recordOf(bytes, utf16);
    expect(JSON.parse(written('jsonl', record))).toMatchObject({ text: 'für\n€', encoding: 'utf-16le' });
    expect(written('text', record)).toMatch(/ {2}text \(utf-16le\) für\\n€\n$/);
    expect(written('csv', record)).toMatch(/,10,"für\n€",,.*,utf-16le\r\n$/s);
    expect(written('html', record)).toContain('<i>[utf-16le]</i> für\n€');
  });

  test.each([
    ['UTF-16', bytes, utf16],
    ['UTF-16 with a byte order mark and NULs', Buffer.from('\ufeffa\0\0', 'utf16le'), utf16],
    ['a code page', Buffer.from([0x66, 0xfc, 0x81, 0x80]), { encoding: 'windows-1252', readAs: 'windows-1252' }],
    ['Japanese', Buffer.from([0x93, 0xfa, 0x5c]), { encoding: 'shift_jis', readAs: 'shift_jis' }],
    ['half a pair of UTF-16', Buffer.from([0x61, 0, 0, 0xd8]), utf16],
    ['much text', Buffer.from('ü'.repeat(PIECE_BYTES / 2), 'utf16le'), utf16],
    ['more than a piece of text', Buffer.from('ü'.repeat(PIECE_BYTES), 'utf16le'), utf16],
    ['nothing', Buffer.alloc(0), utf16],
  ] as const)('a record with %s is read back as it was', (_, bytes, encoding) => {
    const back = parseRecord(line(written('jsonl', recordOf(bytes, encoding))));
    expect(Buffer.compare(back.bytes, bytes)).toBe(0);
    expect(back.head).not.toHaveProperty('encoding');
  });

  test('an import refuses text that its encoding lacks', () => {
    const wrong = JSON.stringify({ ...JSON.parse(writtenText('jsonl', '€')), encoding: 'koi8-r' });
    expect(() => parseRecord(Buffer.from(wrong))).toThrow(/a character that koi8-r can't encode/);
  });
});

describe('CSV', () => {
  test('every record has as many cells as the head', () => {
    const head = FORMATS.csv.head({ session: sessionOf(1), readAs: 'utf-8', asked: 1, held: 1 });
    expect(head).toMatch(/^[a-z,]+\r\n$/);
    for (const text of ['', 'a,b', '"', 'a\r\nb', '=1'])
      expect(cells(writtenText('csv', text))).toHaveLength(cells(head).length);
    const named = FORMATS.csv.head({ session: sessionOf(1), readAs: 'auto', asked: 1, held: 1 });
    for (const bytes of [Buffer.from('a'), Buffer.from([255]), Buffer.alloc(0)])
      expect(cells(written('csv', recordOf(bytes, { readAs: 'auto' })))).toHaveLength(cells(named).length);
  });

  test.each(['a,b', 'say "hi"', 'two\r\nlines', 'ünïcode 💾', ' spaces ', 'می‌خواهم', '👨‍👩‍👧'])(
    '%j is read back as it was',
    (text) => {
      expect(cells(writtenText('csv', text))[TEXT]).toBe(text);
    },
  );

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', "=cmd|' /C calc'!A0", "'quoted"])(
    '%j is no formula, and gives itself back without the apostrophe',
    (text) => {
      expect(cells(writtenText('csv', text))[TEXT]).toMatch(/^'/);
      expect(unguarded(cells(writtenText('csv', text))[TEXT] ?? '')).toBe(text);
      expect(cells(written('csv', recordOf(Buffer.alloc(0), { detail: text })))[DETAIL]).toMatch(/^(?:'|\\)/);
    },
  );

  test.each([...TRICKS, '\0'])('a payload with %j stands in hex', (trick) => {
    const bytes = Buffer.from(`a${trick}`);
    const record = cells(written('csv', recordOf(bytes, { detail: `x${trick}` })));
    expect(record[TEXT]).toBe('');
    expect(record[HEX]).toBe(`0x${bytes.toString('hex')}`);
    expect(record[DETAIL]).not.toContain(trick);
  });

  test("bytes that aren't UTF-8 stand in hex", () => {
    expect(cells(written('csv', recordOf(Buffer.from([255, 0]))))[HEX]).toBe('0xff00');
  });

  test.each([
    ['a;=1+1;b', "a;'=1+1;b"],
    ['a\t=1+1', "a\t'=1+1"],
    ['a|@x', "a|'@x"],
    ['a\r\n-1', "a\r\n'-1"],
    ["a;'=1", "a;''=1"],
    [';;+1', ";;'+1"],
    ['a,=1;b', 'a,=1;b'],
    ['a; =1', 'a; =1'],
    ['1-1=0', '1-1=0'],
  ])('%j begins no formula where the file is opened with another separator', (text, safe) => {
    expect(cells(writtenText('csv', text))[TEXT]).toBe(safe);
    expect(unguarded(safe)).toBe(text);
  });

  test('a formula that a piece of a large text begins with is none', () => {
    const text = `${'x'.repeat(PIECE_BYTES - 1)};=1${'y'.repeat(PIECE_BYTES - 2)}\n-1`;
    for (const cut of ['', 'x', 'xx']) {
      const cell = cells(writtenText('csv', cut + text))[TEXT] ?? '';
      expect(cell.length).toBe(cut.length + text.length + 2);
      expect(unguarded(cell) === cut + text).toBe(true);
    }
  });

  test('a large text is quoted once, and only its beginning can be a formula', () => {
    const text = '="'.repeat(PIECE_BYTES);
    const record = writtenText('csv', text);
    expect(record.length).toBe(cells(record).join(',').length + PIECE_BYTES + 2 + 2);
    expect(cells(record)[TEXT] === `'${text}`).toBe(true);
  });
});

describe('CSV for Excel', () => {
  const excel = (separator: ',' | ';' = ',') => formatOf({ format: 'excel', separator });
  const head = { session: sessionOf(1), readAs: 'utf-8', asked: 1, held: 1 } as const;
  const row = (format: ReturnType<typeof excel>, record: WholeRecord) => [...format.record(record)].join('');

  test('begins with a byte order mark, and has a column less than CSV: a number that Excel would round', () => {
    expect(excel().head(head)).toMatch(/^\ufeffseq,time,.*,detail,mono,/);
    expect(excel(';').head(head)).toMatch(/^\ufeffseq;time;/);
    expect(row(excel(';'), recordOf(Buffer.from('ü')))).toMatch(/^3;[^;]*;message;in;2;"ü";;;;7;;;;\r\n$/);
  });

  test.each([
    [',', 'a;=1;b,=2', "a;'=1;b,=2"],
    [';', 'a;=1;b,=2', "a;=1;b,'=2"],
  ] as const)('with %s as its separator a formula is none with any other', (separator, text, safe) => {
    expect(row(excel(separator), recordOf(Buffer.from(text)))).toContain(`"${safe}"`);
  });

  test.each(['007', '1-2', '12:30 pm', '1e5', '18446744073709551615', '1.50', 'MAR1', '1 Sept 2026', '5%', '(5)'])(
    '%j stays text, which Excel would make a number or a date of, and gives itself back',
    (text) => {
      for (const separator of [',', ';'] as const) {
        const record = recordOf(Buffer.from(text), { detail: text, mark: text, note: text });
        expect(row(excel(separator), record).split(`"'${text}"`)).toHaveLength(5);
      }
      expect(writtenText('csv', text)).toContain(`"${text}"`);
    },
  );

  test.each(['42', '0', '123456789012345', 'true', 'order 7', 'may', '2026-11-27T10:00:00Z', 'a1'])(
    '%j is left as it is: Excel keeps it',
    (text) => {
      expect(row(excel(), recordOf(Buffer.from(text)))).toContain(`"${text}"`);
    },
  );

  test("cuts what a cell can't hold between characters and bytes, and says in which records", () => {
    const format = excel();
    const cell = (bytes: Buffer, seq: number, more: Partial<WholeRecord> = {}) =>
      cells(row(format, recordOf(bytes, { seq, ...more })));
    expect(cell(Buffer.from('x'.repeat(32_767)), 1)[TEXT]).toHaveLength(32_767);
    expect(format.note?.()).toBeNull();
    expect(cell(Buffer.from(`=${'x'.repeat(32_766)}`), 2)[TEXT]).toHaveLength(32_767);
    expect(cell(Buffer.from(`${'x'.repeat(32_766)}💾`), 3)[TEXT]).toHaveLength(32_766);
    expect(cell(Buffer.from(`"${'x'.repeat(40_000)}`), 4)[TEXT]).toHaveLength(32_767);
    expect(cell(Buffer.alloc(40_000, 255), 5)[HEX]).toMatch(/^0x(?:ff){16382}$/);
    expect(cell(Buffer.alloc(0), 6, { detail: 'd'.repeat(40_000) })[DETAIL]).toHaveLength(32_767);
    expect(format.note?.()).toContain('in records #2, #3, #4, #5, #6.');
  });
});

describe('text', () => {
  test.each([...TRICKS, '\n', '\r\n', '\0', '\ud800'])('a record stays one line with %j in it', (trick) => {
    const text = written(
      'text',
      recordOf(Buffer.from(`a${trick}b`), { detail: `c${trick}d`, mark: trick, note: trick }),
    );
    expect(text.endsWith('\n')).toBe(true);
    expect(text.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}]/u);
  });

  test('a backslash in a payload is told from an escape of ours', () => {
    expect(writtenText('text', '\\n\n')).toMatch(/ {2}text \\\\n\\n\n$/);
  });

  test("bytes that aren't UTF-8 stand in hex", () => {
    expect(written('text', recordOf(Buffer.from([255, 10])))).toMatch(/ {2}hex ff0a\n$/);
  });
});

describe('a hex dump', () => {
  test('shows bytes as hexdump -C does', () => {
    const bytes = Buffer.from([...Buffer.from('Hello, <world>!\n'), 0, 127, 255]);
    expect(written('hex', recordOf(bytes)).split('\n').slice(1)).toEqual([
      '00000000  48 65 6c 6c 6f 2c 20 3c  77 6f 72 6c 64 3e 21 0a  |Hello, <world>!.|',
      '00000010  00 7f ff                                          |...|',
      '',
    ]);
  });

  test('is read back where hex is pasted, with the line of its record or without', () => {
    for (const length of [1, 15, 16, 17, 300]) {
      const bytes = Buffer.from(Array.from({ length }, (_, i) => (i * 37) & 0xff));
      const dump = written('hex', recordOf(bytes));
      for (const text of [dump, dump.slice(dump.indexOf('\n') + 1)]) {
        const parsed = parseHex(text);
        expect(parsed.ok && Buffer.from(parsed.bytes).toString('hex')).toBe(bytes.toString('hex'));
      }
      expect(parseHex(dump + dump).ok).toBe(false);
    }
  });

  test('holds every byte of a large payload', () => {
    const bytes = Buffer.from(Uint8Array.from({ length: 300_001 }, (_, i) => i * 7));
    const rows = written('hex', recordOf(bytes)).split('\n').slice(1, -1);
    const hex = rows.map((row) => row.slice(10, 59).replaceAll(' ', '')).join('');
    expect(hex === bytes.toString('hex')).toBe(true);
  });
});

describe('a web page', () => {
  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '</td></tr></table><b>',
    '"\'&lt;',
    '<!--',
    ']]>',
  ])('%s is text in it, in payload, detail, mark and note', (hostile) => {
    const record = recordOf(Buffer.from(hostile), { detail: hostile, mark: hostile, note: hostile });
    const content = written('html', record).replace(/<\/?(?:tr|td|i)(?: class="[a-z]+")?>/g, '');
    expect(content).not.toMatch(/[<>"']/);
    expect(content).not.toMatch(/&(?!(?:amp|lt|gt|quot|#39);)/);
  });

  test('a name of a section can neither end the title nor begin a tag', () => {
    const section = '</title><script>x</script>\u202e"';
    const head = FORMATS.html.head({
      session: { ...sessionOf(1), section, eventS2c: section },
      readAs: 'utf-8',
      asked: 1,
      held: 1,
    });
    expect(head).not.toContain('<script');
    expect(head).not.toContain('\u202e');
    expect(head.match(/<\/title>/g)).toHaveLength(1);
  });

  test.each(TRICKS)('%j is shown by its code', (trick) => {
    expect(writtenText('html', `a${trick}b`)).toMatch(/a<i>\[U\+[0-9A-F]{4,6}\]<\/i>/);
    expect(writtenText('html', trick)).not.toContain(trick);
  });

  test('allows no script and nothing from elsewhere', () => {
    const head = FORMATS.html.head({ session: sessionOf(1), readAs: 'utf-8', asked: 1, held: 1 });
    expect(head).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(head).not.toMatch(/https?:|<script|<link/);
  });

  test('says how much of a long payload it shows, and cuts no character', () => {
    const content = writtenText('html', `x${'é'.repeat(HTML_PAYLOAD)}`);
    expect(content).toContain(`é <i>[the first 2,048 of ${(HTML_PAYLOAD * 2 + 1).toLocaleString('en-US')} bytes]</i>`);
    expect(content).not.toContain('\ufffd');
  });

  test('says when it holds the first records alone', () => {
    const head = FORMATS.html.head({ session: sessionOf(1), readAs: 'utf-8', asked: 1_000_000, held: 100_000 });
    expect(head).toContain('These are the first 100,000 records of 1,000,000.');
  });
});
