import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type AddedTerm,
  Catalogue,
  completeFilter,
  type Field,
  highlightFilter,
  only,
  parseFilter,
  printFilter,
} from '../../../shared/filter/filter.ts';
import { openCapture } from '../capture.ts';
import { PayloadScan } from '../search/payload-scan.ts';
import type { ScanWorker } from '../search/scan-worker.ts';
import { type ScanQuery, Search } from '../search/search.ts';
import type { Evaluation, SearchTerm } from '../search/search-term.ts';
import { SEARCHED } from '../search/terms.ts';
import { batchOf, committed, post, sessionOf, temporaryFolder, workerPath } from '../testing.ts';
import { LogSearch } from './log-search.ts';

/** A field with a whole number as its value. */
function term(name: string, evaluation: Evaluation): SearchTerm {
  const read: Field['read'] = ({ text }) => ({ type: `+${name}`, value: Number(text) });
  const field = { name, describe: `The ${name}`, values: [{ text: '7', describe: 'Seven' }], read };
  return { fields: [field], print: (each) => `${name}:${numberOf(each)}`, evaluation };
}
const numberOf = (each: object) => (each as AddedTerm).value as number;

/** Any of the payload's bytes is a match; the payload says whether it passes. */
const anywhere = {
  find: (bytes: Buffer, from: number) => (from < bytes.length ? { start: from, end: from + 1 } : undefined),
};
let counted = 0;
const ADDED = {
  '+evens': term('evens', {
    by: 'sql',
    condition: (each) => ({ sql: 'seq % 2 = 0 AND seq >= ?', parameters: [numberOf(each)] }),
    volatile: () => [counted++],
  }),
  '+price': term('price', {
    by: 'scan',
    cost: 4,
    open: (each, place) =>
      new PayloadScan(place, [
        { finder: anywhere, confirm: (payload) => payload.readInt32LE(0) === numberOf(each) * 100 },
      ]),
  }),
} as const;
const catalogue = SEARCHED.with(ADDED);

const folder = temporaryFolder();
let search: Search;
let db: DatabaseSync;
let log: LogSearch;

/** Record n has n % 10 as its price, in hundredths. */
const samples = Array.from({ length: 50 }, (_, seq) => {
  const bytes = Buffer.alloc(8);
  bytes.writeInt32LE((seq % 10) * 100);
  return { bytes };
});

beforeAll(async () => {
  const capture = await openCapture({ folder: folder.path, workerPath });
  const port = capture.connect(sessionOf(1));
  post(port, batchOf(1, 0, samples));
  await committed(port, samples.length);
  const { file } = capture;
  await capture.close();
  search = new Search(workerPath, catalogue);
  await search.open({ file });
  db = new DatabaseSync(file, { readOnly: true });
  const scanWorker = { scan: (query: ScanQuery) => search.scan(query), close: () => search.close() };
  log = new LogSearch(db, scanWorker as unknown as ScanWorker, { catalogue });
});
afterAll(async () => {
  await log.close();
  db.close();
  folder.remove();
});

async function seqs(filter: string) {
  const view = await log.view({ session: 1, filter, from: 0, count: 50 });
  return Array.from({ length: view.total }, (_, at) => view.seqAt(at));
}

test('a term that joins at run time parses, completes, is coloured and prints back', () => {
  const text = 'price:7 or not evens:3';
  const parsed = parseFilter(text, catalogue);
  expect(parsed).toMatchObject({
    ok: true,
    filter: { type: 'or', terms: [{ type: '+price', value: 7 }, { type: 'not' }] },
  });
  if (parsed.ok) expect(printFilter(parsed.filter, catalogue)).toBe(text);
  expect(completeFilter('pri', 3, catalogue)).toMatchObject([{ text: 'price:', describe: 'The price' }]);
  expect(completeFilter('PRICE:', 6, catalogue)).toMatchObject([{ text: '7', describe: 'Seven' }]);
  expect(highlightFilter('price:7', catalogue)[0]).toMatchObject({ kind: 'field' });
  expect(only('dir:in price:7', { type: '+price', value: 8 }, catalogue)).toBe('dir:in price:8');
});

test('elsewhere the language stays as it is', () => {
  expect(parseFilter('price:7')).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('no field “price”') },
  });
  expect(completeFilter('pri', 3)).toEqual([]);
});

test.each([
  ['evens:40', [40, 42, 44, 46, 48]],
  ['price:7', [7, 17, 27, 37, 47]],
  ['price:8 evens:20', [28, 38, 48]],
  ['seq:..9 not price:7 not (evens:0 or seq:9)', [1, 3, 5]],
  ['price:3 hex:"2c 01"', [3, 13, 23, 33, 43]],
])('%s finds what the added terms mean, in the table and in payloads', async (filter, found) => {
  expect(await seqs(filter)).toEqual(found);
});

test('a result that depends on more than the records is computed again when that changes', async () => {
  const before = counted;
  await seqs('evens:40');
  await seqs('price:7');
  expect(counted).toBe(before + 1);
});

test('two fields of one name are a mistake of whoever adds the second', () => {
  expect(() => catalogue.with({ '+cost': ADDED['+price'] })).toThrow('same name');
  expect(() => new Catalogue({}).of({ type: '+x', value: 0 })).toThrow('no term +x');
});
