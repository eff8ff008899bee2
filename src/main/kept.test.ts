import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MAX_KEPT_BYTES } from '../shared/kept.ts';
import { KeptStore } from './kept.ts';

let folder: string;
const stores: KeptStore[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shmscope-kept-'));
});
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(onChange = () => {}): KeptStore {
  const store = new KeptStore(folder, onChange);
  stores.push(store);
  return store;
}
const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const fileOf = (name: string) => join(folder, 'kept', `${name}.json`);

test('a value is there after a restart, under another version, and in a file of its own', async () => {
  const first = open();
  const version = await first.keep('theme', json('dark'));
  expect(first.get('theme')).toEqual({ text: '"dark"', version });
  expect(readdirSync(join(folder, 'kept'))).toEqual(['theme.json']);
  await first.close();
  const { theme, columns } = await open().all();
  expect(theme?.text).toBe('"dark"');
  expect(columns).toBeUndefined();
});

test('nothing is kept at first', async () => {
  const store = open();
  expect(await store.all()).toEqual({});
  expect(store.get('sent')).toEqual({ text: null, version: 0 });
});

test('the last of several writes counts, and each has a version of its own', async () => {
  const changed = vi.fn();
  const store = open(changed);
  const versions = await Promise.all([1, 2, 3].map((n) => store.keep('split.log', json(n))));
  expect(new Set(versions).size).toBe(3);
  expect(store.versions).toEqual({ 'split.log': versions[2] });
  expect(readFileSync(fileOf('split.log'), 'utf8')).toBe('3');
  expect(changed).toHaveBeenCalledTimes(3);
});

test('two processes on one folder keep different values side by side, and each hears of the other', async () => {
  const heard = vi.fn();
  const [ours, theirs] = [open(heard), open()];
  await Promise.all([ours.keep('theme', json('light')), theirs.keep('columns', json({ a: 1 }))]);
  await vi.waitFor(() => expect(ours.get('columns').text).toBe('{"a":1}'));
  expect((await theirs.all()).theme?.text).toBe('"light"');
  const before = ours.versions.theme;
  await theirs.keep('theme', json('dark'));
  await vi.waitFor(() => expect(ours.get('theme').text).toBe('"dark"'));
  expect(ours.versions.theme).not.toBe(before);
});

test('what is removed from the folder is gone', async () => {
  const store = open();
  await store.keep('theme', json('dark'));
  rmSync(fileOf('theme'));
  expect(await store.all()).toEqual({});
  expect(store.versions).toEqual({});
});

test.each([
  ['no JSON', '{"half'],
  ['nothing', ''],
  ['bytes that are no UTF-8', new Uint8Array([0x22, 0xff, 0x22])],
  ['more than a value can have', ' '.repeat(MAX_KEPT_BYTES + 1)],
])('a file with %s is no JSON to the window, which has it put aside; the others stay', async (_what, content) => {
  const store = open();
  await store.keep('columns', json({}));
  writeFileSync(fileOf('filters'), content);
  const { filters, columns } = await store.all();
  expect(() => JSON.parse(filters?.text as string)).toThrow();
  expect(columns?.text).toBe('{}');
  const aside = await store.setAside('filters', filters?.version as number);
  expect(aside).toMatch(/[\\/]kept[\\/]filters\.damaged-\d{8}T\d+Z\.json$/);
  expect(readFileSync(aside as string).equals(Buffer.from(content))).toBe(true);
  expect(store.get('filters').text).toBeNull();
});

test('a value is set aside once, and never a newer one', async () => {
  const store = open();
  const old = await store.keep('theme', json('purple'));
  await store.keep('theme', json('dark'));
  expect(await store.setAside('theme', old)).toBeNull();
  expect(await store.setAside('sent', 0)).toBeNull();
  expect(store.get('theme').text).toBe('"dark"');
});

test('what is no JSON is not kept', () => {
  const store = open();
  for (const bytes of ['', '{', new Uint8Array([0x22, 0xff, 0x22])])
    expect(() => store.keep('theme', Buffer.from(bytes))).toThrow(/JSON in UTF-8/);
});

test("a folder that can't be written is reported with its file, and nothing is taken for kept", async () => {
  writeFileSync(join(folder, 'kept'), 'a file');
  const store = open();
  await expect(store.keep('theme', json('dark'))).rejects.toMatchObject({
    code: 'settings-failed',
    message: expect.stringContaining('theme.json'),
  });
  expect(store.get('theme').text).toBeNull();
});

test('what a killed process was just writing is removed; what a living one writes stays', () => {
  mkdirSync(join(folder, 'kept'));
  writeFileSync(`${fileOf('theme')}.999999999.new`, '');
  writeFileSync(`${fileOf('theme')}.${process.pid}.new`, '');
  open();
  expect(readdirSync(join(folder, 'kept'))).toEqual([`theme.json.${process.pid}.new`]);
});
