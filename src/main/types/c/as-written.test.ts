/** Headers as they are really written: those of Windows, of older compilers, of C++. */
import { expect, test } from 'vitest';
import { ABI_IDS, type AbiId } from '../../../shared/types/abi.ts';
import { fieldsOf } from '../../../shared/types/fields.ts';
import { Layouts } from '../../../shared/types/layout/layouts.ts';
import { entriesOf } from '../../../shared/types/listing.ts';
import { readC } from './read.ts';

/** `s@8: a@0 b@4`, for each type that is listed. */
async function read(text: string, abi: AbiId = 'windows-x64') {
  const { library, problems } = await readC([{ name: 'a.h', text }], { abi, include: () => undefined });
  const layouts = new Layouts(library);
  return {
    types: entriesOf(layouts).map(({ name, size, ref }) =>
      [`${name}@${size}:`, ...fieldsOf(layouts, ref).map(({ path, offset }) => `${path}@${offset}`)].join(' '),
    ),
    said: problems.map(({ line, column, message }) => `${line}:${column} ${message}`),
  };
}

const PACKED = ['s@5: a@0 b@1', 't@8: a@0 b@4'];
test.each([
  ['#include <pshpack1.h>\nstruct s { char a; int b; };\n#include <poppack.h>\nstruct t { char a; int b; };'],
  ['__pragma(pack(push, 1)) struct s { char a; int b; }; __pragma(pack(pop)) struct t { char a; int b; };'],
  ['_Pragma("pack(push, 1)") struct s { char a; int b; }; _Pragma("pack(pop)") struct t { char a; int b; };'],
  [
    '#define P(d) __pragma(pack(push, 1)) d __pragma(pack(pop))\nP(struct s { char a; int b; };)\nstruct t { char a; int b; };',
  ],
  ['#pragma pack(push, one, 1)\nstruct s { char a; int b; };\n#pragma pack(pop, one)\nstruct t { char a; int b; };'],
  ['__packed struct s { char a; int b; };\r\nstruct t { char a; int b; };\r\n'],
  ['struct s { char a; int b; } __packed;\rstruct t { char a; int b; };\r'],
])('%j packs what it says, and nothing behind it', async (text) => {
  expect(await read(text)).toEqual({ types: PACKED, said: [] });
});

test.each([
  ['typedef DECLSPEC_ALIGN(16) struct _s { int a; } s;', ['_s@16: a@0', 's@16: a@0']],
  ['__declspec(align(32)) struct s { char a; };', ['s@32: a@0']],
  ['struct __declspec(align(8)) s { char a; };', ['s@8: a@0']],
  ['struct s { char a; __declspec(align(8)) char b; };', ['s@16: a@0 b@8']],
])('%j aligns as Microsoft’s compiler does', async (text, types) => {
  expect(await read(text)).toEqual({ types, said: [] });
});

test.each([
  ['long double', 'windows-x86', 12],
  ['long double', 'windows-x64', 16],
  ['time_t', 'windows-x86', 4],
] as const)('that Microsoft’s compiler has another size of %s in %s is reported', async (name, abi, size) => {
  const { types, said } = await read(`struct s { ${name} a; char b; };`, abi);
  expect(types).toEqual([expect.stringMatching(`: a@0 b@${size}$`)]);
  expect(said).toEqual([`1:12 “${name}” has ${size} bytes with MinGW, as read here, and 8 with Microsoft’s compiler.`]);
});

test.each([
  ['time_t', 'windows-x64'],
  ['__time64_t', 'windows-x86'],
  ['time_t', 'linux-x86'],
  ['long double', 'linux-x64'],
] as const)('nothing is reported of %s in %s', async (name, abi) => {
  expect((await read(`struct s { ${name} a; };`, abi)).said).toEqual([]);
});

test('words that say nothing about a layout are no mistake', async () => {
  const { types, said } = await read(`
    typedef LRESULT (CALLBACK *proc)(HWND, UINT, WPARAM, LPARAM);
    EXTERN_C __declspec(dllimport) BOOL WINAPI f(_In_ HANDLE h, _Out_writes_bytes_(n) LPVOID p, const wchar_t *&r);
    inline void g() { for (auto &x : y) { x(); } }
    struct s { union { DWORD a; struct { WORD b; WORD c; } DUMMYSTRUCTNAME; } DUMMYUNIONNAME;
      proc call; _Field_size_(4) BYTE d[ANYSIZE_ARRAY]; };`);
  expect([types.at(-1), said]).toEqual(['s@24: a@0 b@0 c@2 call@8 d@16', []]);
});

test('structs of the system and pointers to them are known without its headers', async () => {
  const { types, said } = await read(
    'struct s { POINT at; LPRECT r; PGUID id; LPCTSTR name; struct timeval tv; struct timespec *ts; OVERLAPPED o; };',
  );
  expect(types.at(-1)).toMatch(/^s@80: at@0 at.x@0 at.y@4 r@8 id@16 name@24 tv@32 .*ts@40 o@48/);
  expect(said).toEqual([]);
});

test('a struct that the header declares itself is the header’s', async () => {
  const text = `struct timespec *f(void); typedef struct { short x, y; } POINT; struct timespec { int a; };
    struct s { POINT p; struct timespec t; };`;
  expect(await read(text)).toMatchObject({
    types: ['POINT@4: x@0 y@2', 'timespec@4: a@0', 's@8: p@0 p.x@0 p.y@2 t@4 t.a@4'],
    said: [],
  });
});

test('a type whose members are elsewhere is not listed, and can be pointed at', async () => {
  const text = 'typedef struct opaque handle; struct s { handle *h; int a; };';
  expect(await read(text)).toEqual({ types: ['s@16: h@0 a@8'], said: [] });
});

test('what C++ adds to plain data is read', async () => {
  const text = `
    using id_t = std::uint32_t; using four = int[4]; using call = void (*)(int); using namespace std;
    enum struct side : ::std::uint8_t { buy = 1 };
    struct s final { id_t a = 5, b{7}; side c = wire::side::buy; four d = {};
      call e{nullptr}; static int count; bool ok = f(1, 2); };`;
  expect(await read(text)).toMatchObject({
    types: expect.arrayContaining(['side@1:', 's@48: a@0 b@4 c@8 d@12 e@32 ok@40']),
    said: [],
  });
});

test.each([
  ['class s { int a; };', '1:1 “class”'],
  ['struct s : base { int a; };', '1:10 A base class'],
  ['struct s : public base { int a; };', '1:10 A base class'],
  ['struct s { int a; virtual void f(); };', '1:19 “virtual”'],
  ['struct s { int a; int f() const { return a; } };', '1:23 A method'],
  ['struct s { int a; s(); };', '1:19 A method'],
  ['struct s { int a; ~s(); };', '1:19 A method'],
  ['struct s { int a; s() = default; };', '1:19 A method'],
  ['struct s { int &a; };', '1:16 A reference'],
  ['struct s { std::array<int, 4> a; };', '1:17 The template “array”'],
  ['template <typename T> struct s { T a; };', '1:1 “template”'],
  ['struct s { private: int a; };', '1:12 “private”'],
])('%j is C++, which is reported in place', async (text, said) => {
  const result = await read(`${text}\nstruct rest { int a; };`);
  expect(result.said).toEqual([expect.stringMatching(new RegExp(`^${said} is C\\+\\+`))]);
  expect(result.types).toEqual(['rest@4: a@0']);
});

test.each([
  ['struct s { char a; int b; } PACKED;', '“PACKED”'],
  ['struct PACKED { char a; int b; };', '“PACKED”'],
  ['struct PACKED s { char a; int b; };', '“PACKED”'],
  ['struct API s { char a; int b; };', '“API”'],
  ['PACKED struct s { char a; int b; };', "can’t|can't"],
  ['__attribute__((packed)) struct s { char a; int b; };', 'ignore'],
  ['struct s { TCHAR a; };', 'UNICODE'],
  ['struct s { int a[3][]; };', 'first dimension'],
  ['struct s { struct { int a; }; union { int a; }; };', 'two members'],
])('%j may mean another layout, and is refused', async (text, said) => {
  const { types, said: problems } = await read(text);
  expect([types, problems]).toEqual([[], [expect.stringMatching(said)]]);
});

test('an array of 0 at the end holds what is left, as one without a size does', async () => {
  for (const size of ['0', '']) {
    const { library } = await readC([{ name: 'a.h', text: `struct s { int n; short a[${size}]; };` }], {
      abi: 'linux-x64',
      include: () => undefined,
    });
    const [, data] = fieldsOf(new Layouts(library), { kind: 'named', name: 'struct s' });
    expect(data).toMatchObject({ offset: 4, count: null });
  }
});

test.each(ABI_IDS)('later conditions of C are read for %s', async (abi) => {
  const { types } = await read(
    '#if 0\n#elifdef _WIN32\nstruct w { int a; };\n#elifndef none\nstruct l { int a; };\n#endif',
    abi,
  );
  expect(types).toEqual([abi.startsWith('windows') ? 'w@4: a@0' : 'l@4: a@0']);
});
