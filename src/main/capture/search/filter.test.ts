import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Anomaly } from '../../../shared/domain.ts';
import type { FindQuery, PositionQuery } from '../../../shared/find.ts';
import { NO_TYPES } from '../../../shared/types/compiled/compiled.ts';
import { openTypes } from '../../../shared/types/compiled/open.ts';
import { predicateOf } from '../../match/record-predicate.ts';
import { Replies } from '../../match/replies.ts';
import { isExhaustive } from '../../sample.testing.ts';
import { type Capture, openCapture } from '../capture.ts';
import {
  batchOf,
  committed,
  everything,
  post,
  type Sample,
  sessionOf,
  temporaryFolder,
  workerPath,
} from '../testing.ts';
import { filterNode } from './filter-node.ts';

const latin1 = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const utf8 = (text: string) => new Uint8Array(Buffer.from(text));

interface Opened {
  readonly capture: Capture;
  close(): Promise<void>;
}

async function open(): Promise<Opened> {
  const folder = temporaryFolder();
  const capture = await openCapture({ folder: folder.path, workerPath });
  return {
    capture,
    close: async () => {
      await capture.close();
      folder.remove();
    },
  };
}

/** Appends samples to session 1, at most `perBatch` per commit. */
async function append(capture: Capture, samples: readonly Sample[], perBatch = samples.length) {
  const port = capture.connect(sessionOf(1));
  for (let from = 0; from < samples.length; from += perBatch) {
    const done = committed(port, Math.min(samples.length, from + perBatch));
    post(port, batchOf(1, from, samples.slice(from, from + perBatch)));
    await done;
  }
  return port;
}

/** All record numbers of the filter's result, requested until it is complete. */
async function seqs(capture: Capture, filter: string, session = 1): Promise<number[]> {
  for (;;) {
    const page = await capture.rows({ session, filter, from: 0, count: 1000 });
    if (!page.progress.complete) continue;
    const found = page.rows.map((row) => row.seq);
    for (let from = 1000; from < page.total; from += 1000)
      found.push(...(await capture.rows({ session, filter, from, count: 1000 })).rows.map((row) => row.seq));
    expect(found).toHaveLength(page.total);
    return found;
  }
}

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error) => error,
  );

describe('over many kinds of records', () => {
  const KINDS = ['message', 'message', 'message', 'timeout', 'anomaly', 'error', 'exit'] as const;
  const CODES: Readonly<Record<string, Anomaly | 'os-error'>> = { anomaly: 'overrun', error: 'os-error' };
  const T0 = Date.UTC(2025, 0, 31, 10, 0, 0) * 1000;
  let mono = 0;
  /** Payloads of many sizes, one in ten with "needle", each with its number as text. */
  const samples: Sample[] = Array.from({ length: 5000 }, (_, seq) => {
    const kind = KINDS[seq % KINDS.length] ?? 'message';
    mono += (seq * 37) % 1000;
    const times = { mono, wall: T0 + mono };
    if (kind !== 'message')
      return { kind, direction: null, code: CODES[kind] ?? null, detail: `${kind} no ${seq}.`, ...times };
    const body = `${seq} ${seq % 10 === 0 ? 'Needle äÖ' : 'hay'} ${'x'.repeat((seq * 131) % 700)}`;
    return { direction: seq % 2 ? 'in' : 'out', bytes: utf8(body), ...times };
  });
  const deltas = samples.map((sample, seq) => (sample.mono ?? 0) - (samples[seq - 1]?.mono ?? 0));
  const textOf = (seq: number) => Buffer.from(samples[seq]?.bytes ?? []).toString();
  const sizeOf = (seq: number) => samples[seq]?.bytes?.length ?? 0;
  const kindOf = (seq: number) => samples[seq]?.kind ?? 'message';
  /** After the message before it, if that is in the other lane and no exit lies between. */
  const latencies = samples.map(({ direction, mono = 0 }, seq) => {
    const before = samples.findLastIndex((_, at) => at < seq && ['message', 'exit'].includes(kindOf(at)));
    const asked = samples[before];
    const isReply = kindOf(seq) === 'message' && kindOf(before) === 'message' && asked?.direction !== direction;
    return isReply && asked ? mono - (asked.mono ?? 0) : null;
  });
  let opened: Opened;
  beforeAll(async () => {
    opened = await open();
    await append(opened.capture, samples, 900);
  });
  afterAll(() => opened.close());

  const passing = (passes: (seq: number) => boolean) => samples.flatMap((_, seq) => (passes(seq) ? [seq] : []));

  /** Terms with their meaning. */
  const TERMS: readonly (readonly [string, (seq: number) => boolean])[] = [
    ['lane:c2s', (seq) => samples[seq]?.direction === 'in'],
    ['dir:in', (seq) => samples[seq]?.direction === 'in'],
    ['dir:none,out', (seq) => samples[seq]?.direction !== 'in'],
    ['dir:*', (seq) => samples[seq]?.direction !== null],
    ['kind:timeout,anomaly', (seq) => kindOf(seq) === 'timeout' || kindOf(seq) === 'anomaly'],
    ['code:overrun', (seq) => samples[seq]?.code === 'overrun'],
    ['code:*', (seq) => samples[seq]?.code != null],
    ['size:>0.5k', (seq) => sizeOf(seq) > 512],
    ['size:100..200', (seq) => sizeOf(seq) >= 100 && sizeOf(seq) <= 200],
    ['size:0', (seq) => sizeOf(seq) === 0],
    ['delta:>500us', (seq) => seq > 0 && (deltas[seq] ?? 0) > 500],
    ['delta:..0.1ms', (seq) => seq > 0 && (deltas[seq] ?? 0) <= 100],
    ['latency:>400us', (seq) => (latencies[seq] ?? 0) > 400],
    ['latency:..0.4ms', (seq) => (latencies[seq] ?? Number.POSITIVE_INFINITY) <= 400],
    ['seq:1000..1200', (seq) => seq >= 1000 && seq <= 1200],
    ['after:10:00:01.5Z', (seq) => (samples[seq]?.wall ?? 0) >= T0 + 1_500_000],
    ['after:+0:00:01.5', (seq) => (samples[seq]?.mono ?? 0) >= 1_500_000],
    ['before:2025-01-31T11:30:01.5+01:30', (seq) => (samples[seq]?.wall ?? 0) < T0 + 1_500_000],
    ['detail:"timeout no"', (seq) => kindOf(seq) === 'timeout'],
    ['mark:*', () => false],
    ['"Needle"', (seq) => textOf(seq).includes('Needle')],
    ['"needle äö"i', (seq) => textOf(seq).toLowerCase().includes('needle äö')],
    ['"17"', (seq) => textOf(seq).includes('17')],
    ['"needle"', () => false],
    ['x', (seq) => textOf(seq).includes('x')],
    ['hex:"4e ?? 65 64"', (seq) => textOf(seq).includes('Need')],
    ['hex:"?? ??"', (seq) => sizeOf(seq) >= 2],
    ['hex:"c3 a4"', (seq) => textOf(seq).includes('ä')],
    ['/^1\\d+ /', (seq) => /^1\d+ /.test(textOf(seq))],
    ['/NEEDLE .Ö x*$/i', (seq) => /NEEDLE .Ö x*$/i.test(textOf(seq)) && sizeOf(seq) > 0],
  ];
  // The day of a session is that of `sessionOf`, so times of day need their date here.
  const dated = (term: string) => term.replace('after:10', 'after:2025-01-31T10');

  const { records, payload } = batchOf(1, 0, samples);
  /** What matches as the records are made, one by one. */
  const judged = (filter: string): number[] => {
    const passes = predicateOf(filterNode(filter), {
      ...{ openedAt: sessionOf(1).openedAt, role: 'server', section: 'x' },
      types: () => openTypes(NO_TYPES),
    });
    const replies = new Replies();
    return records.flatMap((record, seq) => {
      const bytes = Buffer.from(payload.subarray(record.offset, record.offset + record.size));
      return passes({ ...record, delta: seq === 0 ? null : (deltas[seq] ?? 0), latency: replies.next(record) }, bytes)
        ? [seq]
        : [];
    });
  };

  test.each(TERMS)('%s finds exactly the records that it means', async (term, means) => {
    expect(await seqs(opened.capture, dated(term))).toEqual(passing(means));
    expect(judged(dated(term))).toEqual(passing(means));
  });

  test('any combination of terms finds exactly what it means', async () => {
    let seed = 7;
    const random = (n: number) => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return Math.floor((seed / 2 ** 32) * n);
    };
    const combine = (depth: number): readonly [string, (seq: number) => boolean] => {
      const shape = depth === 0 ? 0 : random(4);
      if (shape === 0) return TERMS[random(TERMS.length)] as (typeof TERMS)[number];
      const [a, b] = [combine(depth - 1), combine(depth - 1)];
      if (shape === 1) return [`not (${a[0]})`, (seq) => !a[1](seq)];
      if (shape === 2) return [`(${a[0]}) (${b[0]})`, (seq) => a[1](seq) && b[1](seq)];
      return [`(${a[0]}) or (${b[0]})`, (seq) => a[1](seq) || b[1](seq)];
    };
    for (let i = 0; i < (isExhaustive ? 60 : 15); i++) {
      const [text, means] = combine(3);
      expect(await seqs(opened.capture, dated(text)), text).toEqual(passing(means));
      expect(judged(dated(text)), text).toEqual(passing(means));
    }
  }, 30_000);

  test('the empty text matches every record', async () => {
    expect(await seqs(opened.capture, ' ')).toHaveLength(samples.length);
  });

  test('hundreds of terms are no more than SQLite can take', async () => {
    const text = Array.from({ length: 450 }, (_, i) => `seq:${i % 10}`).join(' or ');
    expect(await seqs(opened.capture, text)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await seqs(opened.capture, 'seq:5 '.repeat(680))).toEqual([5]);
    expect(await seqs(opened.capture, `${'not '.repeat(64)}seq:5`)).toEqual([5]);
  });

  test('what looks like SQL is only text', async () => {
    for (const text of [`detail:"'; DROP TABLE record; --"`, `mark:"' OR 1=1"`, `"' OR ''='"`])
      expect(await seqs(opened.capture, text)).toEqual([]);
    expect((await opened.capture.rows({ session: 1, filter: everything, from: 0, count: 0 })).total).toBe(
      samples.length,
    );
  });

  test('a mistake is a failure that says where it stands', async () => {
    expect(await failureOf(seqs(opened.capture, 'dir:in knd:x'))).toMatchObject({
      code: 'filter-invalid',
      message: expect.stringMatching(/at “knd”, its character 8: There is no field “knd”/),
    });
  });

  test('a local time is one: this host may be in another zone than the window', async () => {
    for (const text of ['dir:in (kind:exit or not after:10:00)', 'before:2025-01-31'])
      expect(await failureOf(seqs(opened.capture, text))).toMatchObject({
        code: 'filter-invalid',
        message: expect.stringMatching(/at “(after|before):.* this time needs a time zone. Append Z for UTC/),
      });
  });

  const find = async (query: Partial<FindQuery>) => {
    for (;;) {
      const answer = await opened.capture.ask('find', {
        session: 1,
        filter: '',
        needle: { type: 'text', text: 'Needle', ignoreCase: false },
        from: 0,
        direction: 'next',
        ...query,
      });
      if (answer.progress.complete) return answer;
    }
  };

  test('find walks the matches in both directions and numbers them', async () => {
    const filter = 'dir:out size:>100';
    const result = await seqs(opened.capture, filter);
    const hits = result.filter((seq) => textOf(seq).includes('Needle'));
    const walked: number[] = [];
    for (let from = 0; ; ) {
      const { hit, hits: total } = await find({ filter, from });
      expect(total).toBe(hits.length);
      if (!hit) break;
      expect(hit).toEqual({ position: result.indexOf(hit.seq), seq: hit.seq, index: walked.length });
      walked.push(hit.seq);
      from = hit.position + 1;
    }
    expect(walked).toEqual(hits);
    const last = await find({ filter, from: result.length + 5, direction: 'previous' });
    expect(last.hit?.seq).toBe(hits.at(-1));
    const before = await find({ filter, from: (last.hit?.position ?? 0) - 1, direction: 'previous' });
    expect(before.hit?.seq).toBe(hits.at(-2));
    expect((await find({ filter, from: 0, direction: 'previous' })).hit?.seq).toBe(
      hits[0] === result[0] ? hits[0] : undefined,
    );
  }, 30_000);

  test('find takes bytes, and in all records the position is the number', async () => {
    const { hit } = await find({ needle: { type: 'hex', hex: '4e 65 ?? 64' }, from: 31 });
    expect(hit?.seq).toBe(passing((seq) => seq >= 31 && textOf(seq).includes('Need'))[0]);
    expect(hit?.position).toBe(hit?.seq);
  });

  test('position is that of the first row at or after a number or a time', async () => {
    const filter = 'kind:timeout';
    const result = await seqs(opened.capture, filter);
    const position = async (at: PositionQuery['at']) => {
      const answer = await opened.capture.ask('position', { session: 1, filter, at });
      return answer.position;
    };
    const third = result[2] as number;
    expect(await position({ by: 'seq', seq: third })).toBe(2);
    expect(await position({ by: 'seq', seq: third + 1 })).toBe(3);
    expect(await position({ by: 'seq', seq: 1_000_000 })).toBe(result.length);
    expect(await position({ by: 'wall', wall: 0 })).toBe(0);
    expect(await position({ by: 'mono', mono: samples[third]?.mono ?? 0 })).toBe(2);
    expect(await position({ by: 'mono', mono: Number.MAX_SAFE_INTEGER })).toBe(result.length);
    expect(await position({ by: 'wall', wall: samples[third]?.wall ?? 0 })).toBe(2);
  });
});

describe('in a capture of its own', () => {
  let opened: Opened;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());

  test('a match across the border of two payloads is none, and hides none behind it', async () => {
    const { capture } = opened;
    await append(capture, [
      { bytes: latin1('xxab') },
      { bytes: latin1('cab') },
      { kind: 'timeout', direction: null },
      { bytes: latin1('abc') },
      { bytes: latin1('aab') },
      { bytes: latin1('abab') },
      { bytes: latin1('c abc') },
    ]);
    expect(await seqs(capture, '"abc"')).toEqual([3, 6]);
    expect(await seqs(capture, '"ABC"i')).toEqual([3, 6]);
    expect(await seqs(capture, 'hex:"61 ?? 63"')).toEqual([3, 6]);
    expect(await seqs(capture, 'hex:"?? 62 ??"')).toEqual([3, 5, 6]);
    expect(await seqs(capture, 'not "abc" dir:in')).toEqual([0, 1, 4, 5]);
  });

  test('a result grows with what is committed later', async () => {
    const { capture } = opened;
    const port = await append(capture, [{ bytes: utf8('one abc') }, { bytes: utf8('two') }]);
    expect(await seqs(capture, 'abc')).toEqual([0]);
    const done = committed(port, 4);
    post(port, batchOf(1, 2, [{ bytes: utf8('abc three') }, { bytes: utf8('four') }]));
    await done;
    expect(await seqs(capture, 'abc')).toEqual([0, 2]);
  });

  test('marks that come and go change the result', async () => {
    const { capture } = opened;
    await append(capture, [{}, {}, {}]);
    const db = new DatabaseSync(capture.file);
    const mark = db.prepare('INSERT OR REPLACE INTO mark VALUES (1, ?, ?, NULL)');
    expect(await seqs(capture, 'mark:*')).toEqual([]);
    mark.run(1, 'first try');
    mark.run(2, Buffer.from('half \ud800 try', 'utf16le'));
    expect(await seqs(capture, 'mark:*')).toEqual([1, 2]);
    expect(await seqs(capture, 'not mark:*')).toEqual([0]);
    expect(await seqs(capture, 'mark:first')).toEqual([1]);
    expect(await seqs(capture, 'mark:half')).toEqual([2]);
    db.exec('DELETE FROM mark WHERE seq = 1');
    expect(await seqs(capture, 'mark:*')).toEqual([2]);
    db.close();
  });

  test('what retention removes leaves the result, and positions count from its row', async () => {
    const { capture } = opened;
    await append(
      capture,
      Array.from({ length: 10 }, (_, seq) => ({ bytes: utf8(seq % 2 ? 'odd' : 'even') })),
    );
    expect(await seqs(capture, 'odd')).toEqual([1, 3, 5, 7, 9]);
    const db = new DatabaseSync(capture.file);
    db.exec('DELETE FROM record WHERE seq < 4; INSERT INTO removal VALUES (1, 4, 0)');
    db.close();
    const rows = async (filter: string, from: number) =>
      (await capture.rows({ session: 1, filter, from, count: 3 })).rows.map(({ kind, seq }) => `${kind} ${seq}`);
    expect(await rows('odd', 0)).toEqual(['notice 3', 'message 5', 'message 7']);
    expect(await rows('odd', 3)).toEqual(['message 9']);
    expect(await rows('', 1)).toEqual(['message 4', 'message 5', 'message 6']);
    expect(await rows('not odd', 0)).toEqual(['notice 3', 'message 4', 'message 6']);
    const needle = { type: 'text', text: 'odd', ignoreCase: false } as const;
    const query = { session: 1, filter: '', needle, from: 0, direction: 'next' } as const;
    expect(await capture.ask('find', query)).toMatchObject({ hit: { position: 2, seq: 5, index: 0 }, hits: 3 });
    const at = { by: 'seq', seq: 7 } as const;
    expect(await capture.ask('position', { session: 1, filter: 'odd', at })).toMatchObject({ position: 2, total: 4 });
  });

  test.each<[string, string, string]>([
    ['HTML', '<img src=x onerror=alert(1)>&amp;', '"<img" /alert\\(1\\)/'],
    ['ANSI', '\u001b[31mred\u001b[0m', '"\\x1b[31m" hex:"1b 5b ?? ?? 6d"'],
    ['bidi and zero width', 'a\u202eb\u200b\ufeffc', '"\\u{202e}b" /\\u200b\\ufeff/'],
    ['NUL', 'a\0b', '"a\\0b" /a\\0b/'],
    ['emoji', '👩‍👩‍👧 ✓', '"👩‍👧" /✓$/'],
    ['Greek in capitals', 'Ἡ ΟΔΟΣ', '"οδος"i "Οδος"i "ἡ οδοσ"i not "οδος"'],
    ['letters that fold to several', 'STRASSE ﬁle MAẞ', '"straße"i "FILE"i "mass"i "ẞ"i not "straße"'],
    ['a text that has very many ways to be written', 'ß'.repeat(30), `"${'s'.repeat(60)}"i not "${'s'.repeat(61)}"i`],
    ['letters of any script', 'grün', '/gr\\p{L}n$/ /^.{4}$/ /GRÜN/i'],
    ['a character beyond the first plane', 'a😀b', '/\\u{1F600}/ /^a.b$/ /a[😀😁]b/'],
    ['lines', 'one\ntwo', '/^two$/m /one.two/s not /^two/ not /one.two/'],
    ['letters whose case folds', 'ὈΔΥΣΣΕΥΣ ſ', '/οδυσσευς|ς s/i /[\\p{L}--\\p{ASCII}]/v'],
    ['quotes and backslashes', 'say "C:\\temp"', '"\\"C:\\\\temp\\""'],
  ])('a payload with %s is found by its own content', async (_, payload, filter) => {
    await append(opened.capture, [{ bytes: utf8('other') }, { bytes: utf8(payload) }]);
    expect(await seqs(opened.capture, filter)).toEqual([1]);
  });

  test("payloads that aren't UTF-8 can be searched: as bytes, and as text with U+FFFD where they are not", async () => {
    const loneSurrogate = new Uint8Array([0x61, 0xed, 0xa0, 0x80, 0x62]);
    await append(opened.capture, [{ bytes: loneSurrogate }, { bytes: new Uint8Array([0xff, 0xfe, 0]) }]);
    expect(await seqs(opened.capture, 'hex:"ed a0 80"')).toEqual([0]);
    expect(await seqs(opened.capture, '/^a\\ufffd+b$/')).toEqual([0]);
    expect(await seqs(opened.capture, 'hex:"ff ?? 00"')).toEqual([1]);
  });

  test('16 KiB of one character are searched for more of it, and for what it nearly has', async () => {
    const samples = Array.from({ length: 200 }, () => ({ bytes: new Uint8Array(16384).fill(0x61) }));
    await append(opened.capture, samples);
    expect(await seqs(opened.capture, `"${'a'.repeat(4000)}"`)).toHaveLength(200);
    expect(await seqs(opened.capture, `"${'a'.repeat(2000)}b"`)).toEqual([]);
    expect(await seqs(opened.capture, `"b${'a'.repeat(2000)}"`)).toEqual([]);
    expect(await seqs(opened.capture, `hex:"${'61 '.repeat(40)}?? 62"`)).toEqual([]);
    expect(await seqs(opened.capture, '/^a+$/')).toHaveLength(200);
  }, 30_000);

  test.runIf(isExhaustive)(
    '64 MiB of payload are searched to their last byte; a regular expression sees the first MiB',
    async () => {
      const large = new Uint8Array(64 * 1024 * 1024).fill(0x2e);
      large.set(latin1('tail!'), large.length - 5);
      large.set(latin1('seam'), 1024 * 1024 - 2);
      await append(opened.capture, [{ bytes: latin1('x') }, { bytes: large }, { bytes: latin1('after tail') }]);
      expect(await seqs(opened.capture, '"tail!"')).toEqual([1]);
      expect(await seqs(opened.capture, '"TAIL"i')).toEqual([1, 2]);
      expect(await seqs(opened.capture, 'hex:"73 ?? 61 6d"')).toEqual([1]);
      expect(await seqs(opened.capture, 'hex:"74 ?? 69 6c"')).toEqual([1, 2]);
      expect(await seqs(opened.capture, '/tail/')).toEqual([2]);
      expect(await seqs(opened.capture, '/^\\.+se/')).toEqual([1]);
    },
    60_000,
  );

  test('a regular expression that would never end is stopped and says so; nothing else waits for it', async () => {
    const { capture } = opened;
    await append(capture, [{ bytes: latin1('abc') }, { bytes: latin1(`${'a'.repeat(60)}!`) }]);
    let isOver = false;
    const slow = failureOf(seqs(capture, '/^(a+)+$/')).finally(() => {
      isOver = true;
    });
    expect((await capture.rows({ session: 1, filter: everything, from: 0, count: 10 })).total).toBe(2);
    expect(isOver).toBe(false);
    const failure = await slow;
    expect(failure).toMatchObject({ code: 'filter-too-slow', message: expect.stringContaining('more than 2 s') });
    expect(await seqs(capture, 'abc')).toEqual([0]);
    expect(await failureOf(seqs(capture, '/^(a+)+$/'))).toMatchObject({ code: 'filter-too-slow' });
  }, 30_000);

  test('a newer filter need not wait for one that never ends', async () => {
    const { capture } = opened;
    await append(capture, [{ bytes: latin1('abc') }, { bytes: latin1(`${'a'.repeat(60)}!`) }]);
    const endless = { session: 1, filter: '/^(a+)+$/', from: 0, count: 10 };
    await capture.rows(endless);
    expect(await seqs(capture, 'abc')).toEqual([0]);
    // One that had run until it was too slow would have failed for good.
    expect((await capture.rows(endless)).progress.complete).toBe(false);
  });

  test('a capture that is closed while it searches ends the search', async () => {
    const { capture } = opened;
    await append(capture, [{ bytes: latin1(`${'a'.repeat(60)}!`) }]);
    const page = capture.rows({ session: 1, filter: '/^(a+)+$/', from: 0, count: 10 });
    const closing = capture.close();
    await failureOf(page);
    await closing;
  });
});

describe('over a long log', () => {
  const RECORDS = 150_000;
  let opened: Opened;
  beforeAll(async () => {
    opened = await open();
    const bytes = latin1('x'.repeat(300));
    const port = opened.capture.connect(sessionOf(1));
    for (let from = 0; from < RECORDS; from += 5000) {
      const done = committed(port, from + 5000);
      post(port, batchOf(1, from, Array(5000).fill({ bytes })));
      await done;
    }
    // Until the search thread runs.
    await seqs(opened.capture, 'seq:0');
  });
  afterAll(() => opened.close());
  const ask = (filter: string, from = 0, count = 100) => opened.capture.rows({ session: 1, filter, from, count });

  /** The first answer that has rows: on a busy machine one may come without. */
  const firstRows = async (filter: string) => {
    for (;;) {
      const page = await ask(filter);
      if (page.rows.length > 0) return page;
    }
  };

  test('the first matches come before the search is complete, and the rest with progress', async () => {
    const first = await firstRows('/x+$/');
    expect(first.rows.map((row) => row.seq)).toEqual(Array.from({ length: 100 }, (_, seq) => seq));
    expect(first.progress.complete).toBe(false);
    expect(first.progress.scanned).toBeLessThan(RECORDS);
    expect(first.records).toBe(RECORDS);
    let { progress } = first;
    while (!progress.complete) {
      const page = await ask('/x+$/', RECORDS, 1);
      expect(page.progress.scanned).toBeGreaterThanOrEqual(progress.scanned);
      progress = page.progress;
    }
    expect((await ask('/x+$/', 0, 0)).total).toBe(RECORDS);
  });

  test('a newer filter stops the older one, which goes on when it is asked for again', async () => {
    const older = ask('/xx+$/', RECORDS);
    const newer = await firstRows('"x"');
    const { scanned, complete } = (await older).progress;
    expect(complete).toBe(false);
    expect(newer.rows).toHaveLength(100);
    expect(await seqs(opened.capture, '"x"i')).toHaveLength(RECORDS);
    const again = await ask('/xx+$/');
    expect(again.progress.scanned).toBeGreaterThanOrEqual(scanned);
    expect(again.progress.complete).toBe(false);
  });

  test('a cancel stops the search and keeps what was found', async () => {
    const pending = ask('/xxx+$/', RECORDS);
    await opened.capture.ask('cancelSearch', { session: 1 });
    const page = await pending;
    expect(page.progress.complete).toBe(false);
    expect(page.total).toBe(page.progress.scanned);
  });
});
