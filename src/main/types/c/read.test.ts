import { expect, test } from 'vitest';
import { ABI_IDS, type AbiId } from '../../../shared/types/abi.ts';
import { fieldsOf } from '../../../shared/types/fields.ts';
import { Layouts } from '../../../shared/types/layout/layouts.ts';
import { entriesOf, entryNamed } from '../../../shared/types/listing.ts';
import { readC } from './read.ts';

async function read(text: string, abi: AbiId = 'linux-x64', files: Record<string, string> = {}) {
  const include = (name: string) => (name in files ? { name, text: files[name] as string } : undefined);
  const { library, problems } = await readC([{ name: 'a.h', text }], { abi, include });
  const layouts = new Layouts(library);
  return {
    layouts,
    problems,
    names: entriesOf(layouts).map(({ name }) => name),
    sizes: Object.fromEntries(entriesOf(layouts).map(({ name, size }) => [name, size])),
    said: [
      ...problems.map(({ line, column, message }) => `${line}:${column} ${message}`),
      ...entriesOf(layouts).flatMap(({ fault }) => fault ?? []),
    ],
    fields: (name: string) => fieldsOf(layouts, entryNamed(layouts, name)?.ref ?? { kind: 'scalar', name: 'int' }),
  };
}

/** Sizes of what is declared, in the order of `ABI_IDS`. */
const sizes = async (text: string, name: string) => {
  const all = await Promise.all(ABI_IDS.map((abi) => read(text, abi)));
  return all.map((one) => one.sizes[name]);
};

test.each([
  ['long', [4, 4, 4, 8]],
  ['size_t', [4, 8, 4, 8]],
  ['void *', [4, 8, 4, 8]],
  ['wchar_t', [2, 2, 4, 4]],
  ['unsigned __int64', [8, 8, 8, 8]],
  ['DWORD', [4, 4, 4, 4]],
  ['DWORD_PTR', [4, 8, 4, 8]],
  ['GUID', [16, 16, 16, 16]],
  ['long unsigned int', [4, 4, 4, 8]],
])('%s has its own size under every ABI', async (type, expected) => {
  expect(await sizes(`struct s { ${type} x; };`, 's')).toEqual(expected);
});

test('members of 8 bytes are aligned to 4 on 32-bit Linux alone', async () => {
  expect(await sizes('struct s { char a; double b; };', 's')).toEqual([16, 16, 12, 16]);
});

test('arrays are listed by their first element and members of members by their path', async () => {
  const { fields } = await read(
    'struct p { int x, y; }; struct s { char n; struct p at[2][3]; union { int u; float f; }; };',
  );
  expect(fields('s').map(({ ref: _, ...field }) => field)).toEqual([
    { path: 'n', type: 'char', offset: 0, size: 1 },
    { path: 'at', type: 'struct p', offset: 4, size: 8, count: 6 },
    { path: 'at.x', type: 'int', offset: 4, size: 4 },
    { path: 'at.y', type: 'int', offset: 8, size: 4 },
    { path: 'u', type: 'int', offset: 52, size: 4 },
    { path: 'f', type: 'float', offset: 52, size: 4 },
  ]);
});

test('macros, conditions and sizeof count as they do for the compiler', async () => {
  const text = `
    #define COUNT (1 << 2)
    #define LEN(x) ((x) + sizeof(struct h) * COUNT)
    #define PACKED __attribute__((packed))
    #ifdef _WIN32
    #define PLATFORM 1
    #elif defined(__linux__) && __SIZEOF_POINTER__ >= 8
    #define PLATFORM 2
    #else
    #define PLATFORM 3
    #endif
    struct h { int a; char b; } PACKED;
    struct s { char a[LEN(2)]; char b[PLATFORM]; char c[sizeof(((struct h *)0)->b)]; char d['\\n']; char e[(unsigned char)-1]; };`;
  expect((await read(text)).said).toEqual([]);
  expect(await sizes(text, 's')).toEqual([22 + 1 + 1 + 10 + 255, 289, 22 + 3 + 1 + 10 + 255, 22 + 2 + 1 + 10 + 255]);
});

test.each([
  ['#pragma pack(push, 1)\nstruct s { char a; int b; };\n#pragma pack(pop)\nstruct t { char a; int b; };', [5, 8]],
  [
    '#pragma pack(push)\n#pragma pack(2)\nstruct s { char a; int b; };\n#pragma pack(pop)\nstruct t { char a; int b; };',
    [6, 8],
  ],
  ['struct __attribute__((packed)) s { char a; int b; };\nstruct t { char a; __declspec(align(8)) int b; };', [5, 16]],
  ['typedef struct { char a; int b; } __attribute__((packed)) s;\nstruct t { alignas(16) char a; };', [5, 16]],
])('%j packs and aligns', async (text, expected) => {
  const { sizes, said } = await read(text);
  expect([said, sizes.s, sizes.t]).toEqual([[], ...expected]);
});

test('what is C of C++ is read', async () => {
  const { names, said } = await read(
    'namespace wire { enum class side : unsigned char { buy, sell }; static constexpr int N = 3; struct s { side a; char b[N]; }; }\nextern "C" { typedef s alias; }\ninline int f(int x) { return x; }\nstruct after { int a; };',
  );
  expect([names, said]).toEqual([['side', 's', 'alias', 'after'], []]);
});

test.each([
  ['struct s { int x y; };', '1:18'],
  ['struct s {\n  int a;\n  other_t b;\n};', '3:3'],
  ['struct s { struct s inner; };', '1:21'],
  ['struct s { int a : 33; };', '1:20'],
  ['struct s { int a; int a; };', '1:10'],
  ['struct s { int a[-1]; };', '1:18'],
  ['struct s { int a[0x40000000]; };', '1:18'],
  ['struct s { struct unseen a; };', '1:26'],
  ['_Static_assert(sizeof(int) == 2, "int");', '1:1'],
  ['struct s { int a; };\nstruct s { char a; };', '2:1'],
  ['struct s { int a[] ; int b; };', '1:10'],
  ['struct s { void f(); };', '1:17'],
  ['struct s { int a = ', '1:10'],
  ['#if 1 / 0\n#endif', '1:5'],
  ['#error no\nstruct s { int a; };', '1:1'],
  ['struct s { _Atomic int a; };', '1:12'],
  ['#include "missing.h"', '1:1'],
])('%j is told with its place, and the rest is read', async (text, place) => {
  const { said, names } = await read(`${text}\nstruct rest { int a; };`);
  expect(said).toEqual([expect.stringMatching(new RegExp(`^${place} `))]);
  expect(names).toContain('rest');
});

test('included files are read once each, and the places of mistakes in them are theirs', async () => {
  const files = { 'b.h': '#pragma once\nstruct b { int a; };\nstruct bad { nothing x; };' };
  const { problems, names } = await read(
    '#include "b.h"\n#include "b.h"\nstruct s { struct b b; };',
    'linux-x64',
    files,
  );
  expect(names).toEqual(['b', 's']);
  expect(problems).toMatchObject([{ file: 'b.h', line: 3, column: 14 }]);
});

test.each([
  ['a billion elements', 'struct s { char a[1000000000]; };'],
  ['elements multiplied', 'struct s { int a[65536][65536][65536]; };'],
  [
    'structs doubled',
    `struct s0 { long long a[64]; };\n${Array.from({ length: 60 }, (_, i) => `struct s${i + 1} { struct s${i} a, b; };`).join('\n')}`,
  ],
  ['structs within structs', `${'struct { '.repeat(5000)}int a;${' } x;'.repeat(5000)}`],
  ['brackets', `struct s { int a[${'('.repeat(20000)}1${')'.repeat(20000)}]; };`],
  [
    'a macro bomb',
    `#define A0 x x\n${Array.from({ length: 40 }, (_, i) => `#define A${i + 1} A${i} A${i}`).join('\n')}\nstruct s { int A40; };`,
  ],
  [
    'a macro bomb of arguments',
    `#define A0(x) x x\n${Array.from({ length: 40 }, (_, i) => `#define A${i + 1}(x) A${i}(x x)`).join('\n')}\nstruct s { int A40(a); };`,
  ],
  ['a file that includes itself', '#include "self.h"'],
  ['no declarations at all', '{([)}] '.repeat(50_000)],
  ['names without an end', 'a '.repeat(300_000)],
])('%s: told within a second', async (_, text) => {
  await read('struct warm { int a; };');
  const start = process.threadCpuUsage();
  const { said } = await read(text, 'linux-x64', { 'self.h': '#include "self.h"' });
  expect(said.length).toBeGreaterThan(0);
  const { user, system } = process.threadCpuUsage(start);
  expect((user + system) / 1000).toBeLessThan(1000);
});
