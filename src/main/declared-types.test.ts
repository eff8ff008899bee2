import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TypesSnapshot } from '../shared/type-files.ts';
import { openTypes } from '../shared/types/compiled/open.ts';
import { fieldsJson } from '../shared/types/field-json.ts';
import { builtWorker } from './built-worker.testing.ts';
import { DeclaredTypes } from './declared-types.ts';

const HEADER = `enum side { BUY = 1, SELL = 2, BIG = 0x7fffffff };
struct order { unsigned long id; enum side side; double price; };
`;
const BINDINGS = `abi: windows-x86
bindings:
  - channel: Local\\Orders*
    lane: s2c
    when: side == SELL
    type: order
  - type: json
`;

let dataDir: string;
let types: DeclaredTypes;
let changes = 0;
let changed = () => {};

beforeAll(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'shmscope-types-'));
  types = new DeclaredTypes(dataDir, fileURLToPath(builtWorker('types')), () => {
    changes++;
    changed();
  });
});

afterAll(async () => {
  await types.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const at = (name: string) => path.join(dataDir, 'types', name);
const versionIn = ({ files, bindings }: TypesSnapshot, name: string) =>
  [...files, ...(bindings ? [bindings] : [])].find((file) => file.name === name)?.version ?? '';

beforeEach(async () => {
  for (const name of readdirSync(at('.'))) rmSync(at(name));
  writeFileSync(at('order.h'), HEADER);
  writeFileSync(at('bindings.yaml'), BINDINGS);
});

/** 16 bytes on Windows x86: id, side, price. */
function orderBytes(id: number, side: number, price: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(16));
  view.setUint32(0, id, true);
  view.setUint32(4, side, true);
  view.setFloat64(8, price, true);
  return new Uint8Array(view.buffer);
}

test('what the files declare is read for every ABI, and crosses as JSON', async () => {
  const { compiled, problems, files, bindings } = await types.snapshot();
  expect({ problems, names: files.map(({ name }) => name), bindings: bindings?.text }).toEqual({
    problems: [],
    names: ['order.h'],
    bindings: BINDINGS,
  });
  const open = openTypes(JSON.parse(JSON.stringify(compiled)));
  const sizes = compiled.libraries.map(({ abi }) => open.layouts(abi)?.sizeOf({ kind: 'named', name: 'struct order' }));
  expect(sizes).toEqual([16, 16, 16, 24]);
  const match = open.match('local\\orders7', 's2c', orderBytes(7, 2, 1.5));
  expect(match?.decoder.id).toBe('order@windows-x86');
  expect(fieldsJson(match?.decoder.decode(orderBytes(7, 2, 1.5)).fields ?? [])).toEqual({
    id: 7,
    side: 'SELL',
    price: 1.5,
  });
  expect(match?.verdict(orderBytes(7, 2, 1.5))).toBeUndefined();
});

test('the first binding that holds counts', async () => {
  const open = openTypes((await types.snapshot()).compiled);
  expect(open.match('Local\\Orders', 's2c', orderBytes(7, 1, 1.5))?.decoder.id).toBe('json');
  expect(open.match('Local\\Orders', 'c2s', orderBytes(7, 2, 1.5))?.binding.line).toBe(7);
});

test('a file that was changed elsewhere is not overwritten', async () => {
  const before = await types.snapshot();
  writeFileSync(at('order.h'), `${HEADER}\n`);
  const save = types.save('order.h', 'struct mine { int a; };', versionIn(before, 'order.h'));
  await expect(save).rejects.toMatchObject({ code: 'types-changed' });
  await expect(types.save('order.h', '', null)).rejects.toMatchObject({ code: 'types-changed' });
  const now = await types.snapshot();
  expect(now.files[0]?.text).toBe(`${HEADER}\n`);
  const saved = await types.save('order.h', 'struct mine { int a; };', versionIn(now, 'order.h'));
  expect(saved.files[0]?.text).toBe('struct mine { int a; };');
});

test('a file is made, renamed and removed', async () => {
  const made = await types.save('trade.rs', '#[repr(C)] pub struct Trade { pub id: u64 }', null);
  expect(openTypes(made.compiled).reader('Trade', 'linux-x86')?.decoder.id).toBe('Trade@linux-x86');
  const version = versionIn(made, 'trade.rs');
  await expect(types.rename('trade.rs', 'order.h', version)).rejects.toMatchObject({ code: 'types-changed' });
  const renamed = await types.rename('trade.rs', 'deal.rs', version);
  expect(renamed.files.map(({ name }) => name)).toEqual(['deal.rs', 'order.h']);
  const removed = await types.remove('deal.rs', version);
  expect(removed.files.map(({ name }) => name)).toEqual(['order.h']);
});

test('what another program changes is reported', async () => {
  const { version } = await types.snapshot();
  const told = new Promise<void>((resolve) => {
    changed = resolve;
  });
  writeFileSync(at('more.h'), 'struct more { int a; };');
  await told;
  expect(types.version).toBeGreaterThan(version);
  expect(openTypes(types.compiled).reader('more', 'linux-x64')).toBeDefined();
});

// A file system that takes both names for one doesn't have both.
const isCaseBlind = process.platform === 'win32' || process.platform === 'darwin';

test.skipIf(isCaseBlind)('a file is renamed over no other, and one that is not UTF-8 is told', async () => {
  writeFileSync(at('Order.h'), Buffer.from('// f\xfcr\nstruct old { int a; };', 'latin1'));
  const before = await types.snapshot();
  expect(before.problems).toContainEqual(expect.objectContaining({ file: 'Order.h', severity: 'warning' }));
  const version = versionIn(before, 'order.h');
  await expect(types.rename('order.h', 'Order.h', version)).rejects.toMatchObject({ code: 'types-changed' });
  rmSync(at('Order.h'));
  const renamed = await types.rename('order.h', 'Order.h', version);
  expect(renamed.files.map(({ name }) => name)).toEqual(['Order.h']);
});

test('a folder that takes the place of another is followed', async () => {
  const told = () =>
    new Promise<void>((resolve) => {
      changed = resolve;
    });
  await types.snapshot();
  const gone = told();
  rmSync(at('.'), { recursive: true });
  await gone;
  mkdirSync(at('.'), { recursive: true });
  await types.snapshot();
  const there = told();
  writeFileSync(at('order.h'), HEADER);
  await there;
  expect(openTypes(types.compiled).reader('order', 'linux-x64')).toBeDefined();
});

test('a file that another one includes is read once', async () => {
  writeFileSync(at('a.h'), '#include "order.h"\nstruct pair { struct order a, b; };');
  const { problems, compiled } = await types.snapshot();
  expect(problems).toEqual([]);
  expect(openTypes(compiled).reader('pair', 'windows-x86')?.struct?.fit.size).toBe(32);
});

test('problems have their place, and say under which ABI', async () => {
  const tried = await types.try({ name: 'order.h', text: `${HEADER}\n_Static_assert(sizeof(long) == 4, "no");\n` });
  expect(tried.problems).toEqual([
    expect.objectContaining({ file: 'order.h', line: 4, message: expect.stringMatching(/^Linux x64: /) }),
  ]);
  const unbound = await types.try({ name: 'bindings.yaml', text: 'bindings:\n  - type: json\n  - type: ordre\n' });
  expect(unbound.problems).toEqual([expect.objectContaining({ file: 'bindings.yaml', line: 3, column: 11 })]);
  expect(unbound.compiled.bindings).toHaveLength(1);
});

test('hostile declarations are an error soon, on a busy machine too', async () => {
  await types.snapshot();
  const bomb = Array.from({ length: 40 }, (_, i) => `#define X${i + 1} X${i} X${i}`).join('\n');
  const begun = performance.now();
  const tried = await types.try({ name: 'order.h', text: `#define X0 int a;\n${bomb}\nstruct bomb { X40 };` });
  expect(tried.problems.length).toBeGreaterThan(0);
  writeFileSync(at('long.h'), Buffer.alloc(10 * 1024 * 1024, 'a'));
  expect((await types.snapshot()).problems).toEqual([expect.objectContaining({ file: 'long.h' })]);
  expect(performance.now() - begun).toBeLessThan(4000);
});

test('what is no file of types is left alone', async () => {
  writeFileSync(at('README.md'), 'ours');
  expect((await types.snapshot()).files.map(({ name }) => name)).toEqual(['order.h']);
  expect(changes).toBeGreaterThan(0);
});
