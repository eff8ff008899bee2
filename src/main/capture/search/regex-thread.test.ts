import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { workerPath } from '../testing.ts';
import type { RegexTask } from './regex-matcher.ts';
import { RegexThread } from './regex-thread.ts';

let thread: RegexThread;
beforeEach(() => {
  thread = new RegexThread(workerPath);
});
afterEach(() => thread.close());

const wanted = new AbortController().signal;

/** Payloads one after another, of records numbered from 5. */
function task(source: string, ...texts: readonly string[]): RegexTask {
  let bytesSoFar = 0;
  const ends = texts.map((text) => (bytesSoFar += Buffer.byteLength(text)));
  const places = ends.flatMap((end, i) => [5 + i, ends[i - 1] ?? 0, end]);
  const bytes = new Uint8Array(Buffer.from(texts.join('')));
  const needle = { type: 'regex', source, flags: '', span: { from: 0, to: 0 } } as const;
  return { needle, payloads: [{ bytes, places: Uint32Array.from(places) }] };
}
const endless = () => task('^(a+)+$', `${'a'.repeat(60)}!`);

test('answers the numbers of the records whose payload matches, each looked at by itself', async () => {
  expect([...(await thread.match(task('^b.$', 'ab', 'bc', 'd', 'bé'), 5, wanted))]).toEqual([6, 8]);
});

test('sees payloads of plain ASCII by themselves too, however many and long they are', async () => {
  const texts = Array.from({ length: 3000 }, (_, n) => `<${n}${n % 1000 === 7 ? 'x'.repeat(50_000) : ''}>`);
  expect([...(await thread.match(task('^<7|7x+>$', ...texts), 5, wanted))]).toEqual(
    texts.flatMap((text, n) => (/^<7|7x+>$/.test(text) ? [5 + n] : [])),
  );
});

test('answers tasks in their order', async () => {
  const matches = ['a', 'b', 'c'].map((each) => thread.match(task(each, 'a', 'b', 'c'), 5, wanted));
  expect(await Promise.all(matches)).toEqual([5, 6, 7].map((seq) => Uint32Array.of(seq)));
});

describe('a regular expression that never ends', () => {
  test('is ended and told with its place; the next one is answered', async () => {
    const failure = { code: 'filter-too-slow', message: expect.stringContaining('near record 5') };
    await expect(thread.match(endless(), 5, wanted)).rejects.toMatchObject(failure);
    expect([...(await thread.match(task('x', 'x'), 5, wanted))]).toEqual([5]);
  });

  test('ends what waits for it with it, and nothing else', async () => {
    const matches = [endless(), task('x', 'x')].map((each) => thread.match(each, 5, wanted));
    for (const match of matches) await expect(match).rejects.toMatchObject({ code: 'filter-too-slow' });
    expect([...(await thread.match(task('x', 'x'), 5, wanted))]).toEqual([5]);
  });

  test('is ended when nobody wants it any more', async () => {
    const unwanted = new AbortController();
    const match = thread.match(endless(), 5, unwanted.signal);
    unwanted.abort();
    await expect(match).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('is ended with the thread', async () => {
    const match = thread.match(endless(), 5, wanted);
    const ended = expect(match).rejects.toMatchObject({ code: 'closed' });
    await thread.close();
    await ended;
    await expect(thread.match(task('x', 'x'), 5, wanted)).rejects.toMatchObject({ code: 'closed' });
  });
});
