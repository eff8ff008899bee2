/** Rules for the directory on kernel32 with objects that other Windows programs created. Skipped elsewhere. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import type { Holder, NamedObject } from './directory.ts';
import { openDirectory, openKernel } from './open.ts';

const skip = process.platform !== 'win32' && 'on kernel32 only';
const rule = (name: string, work: (t: TestContext) => void | Promise<void>) => test(name, { skip }, work);

const kernel = await openKernel();
const directory = await openDirectory();
// Their libraries exist only there.
const { fileSection, foreignEvent, foreignSection, reservedSection } = skip
  ? ({} as never)
  : await import('./kernel32.testing.ts');

const folder = mkdtempSync(join(tmpdir(), 'shmscope-directory-'));
after(() => rmSync(folder, { recursive: true }));

let names = 0;
function named(t: TestContext, make: (name: string) => { close(): void }, tail = ''): NamedObject {
  const name = `Local\\Shmscope found ${process.pid}/${names++}${tail}`;
  const object = make(name);
  t.after(() => object.close());
  const found = directory.list().objects.find((each) => each.name === name);
  assert.ok(found, `${name} is not listed`);
  return found;
}

for (const tail of ['\ud800', 'a\udc00b', '\ufffe\uffff', '\u007f\u0080\u3000']) {
  rule(`a name of garbage, as the crate's early versions give, is listed as it is: ${JSON.stringify(tail)}`, (t) => {
    const section = named(t, (name) => foreignSection(name, 36_864), tail);
    assert.equal(directory.look(section, Buffer.alloc(64)).outcome, 'seen');
    assert.equal(directory.holders([section]).of[0]?.length, 1);
  });
}

rule('a section that grants nothing is listed, and a look says why it shows nothing and what helps', (t) => {
  const section = named(t, (name) => foreignSection(name, 4096, 'D:'));
  const look = directory.look(section, Buffer.alloc(64));
  assert.ok(look.outcome === 'unseen');
  assert.match(`${look.unseen.reason} ${look.unseen.cure}`, /denied.*\(5\).*FILE_MAP_READ/i);
});

rule('a section that lets itself be read and nothing else is looked at, with its size', (t) => {
  for (const [list, size] of [
    ['D:(A;;0x4;;;WD)', 4096],
    ['D:(A;;GR;;;WD)', 40_960],
  ] as const) {
    const section = named(t, (name) => foreignSection(name, size, list));
    assert.deepEqual(directory.look(section, Buffer.alloc(64)), { outcome: 'seen', extent: size, bytes: 64 });
  }
});

rule('a section that shows a file is told as such', (t) => {
  const file = join(folder, 'shown');
  writeFileSync(file, Buffer.alloc(10_000));
  const section = named(t, (name) => fileSection(name, file));
  assert.deepEqual(directory.look(section, Buffer.alloc(64)), { outcome: 'file', extent: 12_288 });
});

rule('of a section whose memory is reserved only what is committed from its start is touched', (t) => {
  const none = named(t, (name) => reservedSection(name, 65_536));
  assert.equal(directory.look(none, Buffer.alloc(64)).outcome, 'uncommitted');
  const some = named(t, (name) => reservedSection(name, 65_536, { at: 0, bytes: 4096 }));
  assert.deepEqual(directory.look(some, Buffer.alloc(8192)), { outcome: 'seen', extent: 65_536, bytes: 4096 });
});

rule('an event that may not be asked has no known state', (t) => {
  const event = named(t, (name) => foreignEvent(name, 'D:(A;;0x100000;;;WD)'));
  assert.equal(directory.isSet(event), null);
});

rule('a handle that only reads is held with that right alone', (t) => {
  const section = named(t, (name) => foreignSection(name, 4096));
  const reader = kernel.openSection(section.name, 'read');
  t.after(() => reader.close());
  const rights = directory.holders([section]).of[0]?.map((holder) => holder.rights.join());
  assert.deepEqual(rights?.sort(), ['read', 'read,write,query']);
});

rule('where Windows tells the addresses of objects, those tell who holds which', async (t) => {
  const { HandleTable } = await import('./kernel32/handle-table.ts');
  const { HolderSearch } = await import('./kernel32/processes.ts');
  const { objectPath } = await import('./kernel32/object-information.ts');
  const { openSectionObject, SECTION_QUERY } = await import('./kernel32/objects.ts');
  const [one, two] = ['a', 'b'].map((tail) => named(t, (name) => foreignSection(name, 4096), tail)) as [
    NamedObject,
    NamedObject,
  ];
  const second = kernel.openSection(two.name, 'read');
  t.after(() => second.close());
  const opened = [one, two].map(({ path }) => (openSectionObject(path, SECTION_QUERY) as { handle: number }).handle);
  const table = HandleTable.read();
  assert.ok(table instanceof HandleTable);
  const types = new Set<number>();
  for (let entry = 0; entry < table.count; entry++)
    if (table.pid(entry) === process.pid && opened.includes(table.handle(entry))) types.add(table.type(entry));
  const paths = [one.path, two.path];
  const addressed = {
    count: table.count,
    pid: (entry: number) => table.pid(entry),
    handle: (entry: number) => table.handle(entry),
    access: (entry: number) => table.access(entry),
    type: (entry: number) => table.type(entry),
    object: (entry: number) =>
      table.pid(entry) === process.pid && types.has(table.type(entry))
        ? 1 + paths.indexOf(objectPath(table.handle(entry))) || 9
        : 9,
  };
  const of: Holder[][] = [[], []];
  assert.deepEqual(new HolderSearch([one, two], opened, addressed, of).run(), []);
  assert.deepEqual(
    of.map((holders) => holders.map(({ pid }) => pid)),
    [[process.pid], [process.pid, process.pid]],
  );
});
